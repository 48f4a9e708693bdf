package crlf;

import java.util.List;

public class Windows {
    private final List<String> names;

    public Windows(List<String> names) {
        this.names = names;
    }

    public String joined() {
        StringBuilder all = new StringBuilder();
        names.forEach(name -> {
            if (all.length() > 0) {
                all.append(", ");
            }
            all.append(name);
        });
        return all.toString();
    }

    public boolean has(String name) {
        try {
            return names.contains(name);
        } catch (ClassCastException | NullPointerException e) {
            return false;
        }
    }

    public static void main(String[] args) {
        System.out.println(new Windows(List.of(args)).joined());
    }
}
