import module java.base;

int limit = 3;

void main() {
    var names = List.of("a", "b");
    for (var name : names) {
        IO.println(greeting(name));
    }
}

String greeting(String name) {
    return "Hello " + name;
}

record Pair<A, B>(A first, B second) {
    static <T> Pair<T, T> twice(T one) {
        return new Pair<>(one, one);
    }
}

int twice(int number) {
    return number * 2;
}
