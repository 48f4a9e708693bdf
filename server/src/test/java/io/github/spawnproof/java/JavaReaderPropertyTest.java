package io.github.spawnproof.java;

import static org.assertj.core.api.Assertions.assertThat;

import com.github.javaparser.ast.Node;
import com.github.javaparser.ast.NodeList;
import com.github.javaparser.ast.body.BodyDeclaration;
import com.github.javaparser.ast.body.CallableDeclaration;
import com.github.javaparser.ast.body.CompactConstructorDeclaration;
import com.github.javaparser.ast.body.ConstructorDeclaration;
import com.github.javaparser.ast.body.MethodDeclaration;
import com.github.javaparser.ast.body.TypeDeclaration;
import com.github.javaparser.ast.stmt.BlockStmt;
import com.github.javaparser.ast.stmt.Statement;
import io.github.spawnproof.source.CancelToken;
import io.github.spawnproof.source.TextRange;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Whatever is typed into one method, or deleted from it, the others stay as they are. */
class JavaReaderPropertyTest {

    private static final long SEED = 20_261_123L;
    private static final int ROUNDS = Integer.getInteger("reader.rounds", 1);
    private static final boolean SHOW = Boolean.getBoolean("reader.show");

    static final List<String> SOURCES = List.of(
            "WordCounts",
            "Allman",
            "Tabbed",
            "TwoSpaces",
            "Compact",
            "Dense",
            "FlinkJob",
            "Children",
            "Gnu",
            "Windows");

    private static final List<String> STATEMENTS = List.of(
            "List<String> names = users.stream().map(u -> u.name()).toList();",
            "if (count > 3) {\n    log(\"a \" + count);\n} else {\n    return;\n}",
            "for (int i = 0; i < n; i++) {\n    sum += values[i];\n}",
            "try (var in = open(\"x\")) {\n    in.read();\n} catch (IOException e) {\n    throw new E(e);\n} finally {\n    close();\n}",
            "rdd.map(x -> {\n    int y = x + 1;\n    return y;\n}).collect();",
            "Runnable r = new Runnable() {\n    @Override\n    public void run() {\n        go();\n    }\n};",
            "String text = \"\"\"\n    hello {\n    \"\"\";",
            "switch (kind) {\n    case A -> go();\n    case B -> {\n        stop();\n    }\n    default -> throw new X();\n}",
            "char c = '\\''; String s = \"a\\\"b\";",
            "// it's a comment (with { brackets",
            "/* a block { comment */",
            "/* of two\n   lines } */",
            "while (true) { break; }",
            "do {\n    x++;\n} while (x < 3);",
            "int[] a = {1, 2, 3};",
            "synchronized (lock) {\n    lock.notifyAll();\n}",
            "assert x != null : \"no\";",
            "var m = new HashMap<String, List<Integer>>();",
            "label: for (;;) { continue label; }",
            "Object o = (Object & Serializable) () -> 1;",
            "x = y > 0 ? a[1] : b::c;",
            "pool.submit(() -> client.send(message, 1));",
            "new ProcessBuilder(\"sh\", \"-c\", \"echo it's\").start().waitFor();",
            "switch (x) {\n    case 1:\n        a();\n        break;\n    default:\n        b();\n}",
            "class Local { int f() { return 1; } }",
            "if (o instanceof Point(int x, var y) && x > 1) return y;");

    private static final List<String> MEMBERS = List.of(
            "private final Map<String, Integer> counts = new HashMap<>();",
            "@Override\npublic String toString() {\n    return \"x\";\n}",
            "@SuppressWarnings({\"a\", \"b\"})\nprivate static <T extends C<T>> T most(List<? extends T> list) throws X {\n    return list.get(0);\n}",
            "/** A doc with {@code x}. */\nint size;",
            "static {\n    init();\n}",
            "record Point(int x, int y) {}",
            "enum Kind { A, B(1) { }; }",
            "public static class Inner implements Serializable {\n    int x;\n}",
            "protected int[] numbers = {1, 2};",
            "public void added(String name, int... numbers) {\n    if (name == null) {\n        return;\n    }\n}",
            "String shown = \"a\" + 'b';",
            "interface Listener { void heard(Object event); }",
            "private static final Comparator<String> ORDER = (a, b) -> {\n    return a.compareTo(b);\n};");

    /** A method or constructor, by where its name and its body are. */
    private record Method(String name, List<String> parameters, int statements, TextRange from, TextRange body) {}

    /** What was counted. */
    private static final class Count {
        int keystrokes;
        int kept;
        int damaged;
        long parses;
        int most;

        void show(String name) {
            System.out.println(String.format(
                    Locale.ROOT,
                    "%-10s %6d states, %.2f %% kept, %d damaged, %.2f parses each, at most %d",
                    name,
                    keystrokes,
                    share() * 100,
                    damaged,
                    damaged == 0 ? 0 : (double) parses / damaged,
                    most));
        }

        double share() {
            return (double) kept / keystrokes;
        }

        double parsesEach() {
            return (double) parses / Math.max(1, damaged);
        }
    }

    @Test
    void statements_typed_into_a_method_leave_the_others_alone() {
        Count count = new Count();
        Random random = new Random(SEED);
        for (int round = 0; round < ROUNDS; round++) {
            for (String name : SOURCES) {
                Text text = new Text(source(name));
                List<Integer> places = text.statementStarts();
                for (String statement : chosen(STATEMENTS, random)) {
                    int place = places.get(random.nextInt(places.size()));
                    type(text, place, Typing.lines(text.text, place, statement, random.nextBoolean()), count, name);
                }
            }
        }
        count.show("statements");
        assertThat(count.share()).isGreaterThan(0.995);
        assertThat(count.parsesEach()).isLessThan(2.5);
    }

    @Test
    void words_typed_into_a_line_leave_other_methods_alone() {
        Count count = new Count();
        Random random = new Random(SEED);
        List<String> words =
                List.of("foo.", "x", "(", ")", "{", "}", "\"", "'", ", b", "new ", "= 1", ";", "->", "/*", "[", "@");
        for (int round = 0; round < ROUNDS; round++) {
            for (String name : SOURCES) {
                Text text = new Text(source(name));
                for (String word : words) {
                    Method method = text.methods.get(random.nextInt(text.methods.size()));
                    int place = method.body.start() + 1 + random.nextInt(Math.max(1, method.body.length() - 2));
                    type(text, place, Typing.words(text.text, place, word, random.nextInt(4) == 0), count, name);
                }
            }
        }
        count.show("words");
        assertThat(count.share()).isGreaterThan(0.97);
    }

    @Test
    void members_typed_into_a_type_leave_its_methods_alone() {
        Count count = new Count();
        Random random = new Random(SEED);
        for (int round = 0; round < ROUNDS; round++) {
            for (String name : SOURCES) {
                Text text = new Text(source(name));
                List<Integer> places = text.memberStarts();
                for (String member : chosen(MEMBERS, random)) {
                    int place = places.get(random.nextInt(places.size()));
                    type(text, place, Typing.lines(text.text, place, member, random.nextBoolean()), count, name);
                }
            }
        }
        count.show("members");
        assertThat(count.share()).isGreaterThan(0.99);
        assertThat(count.parsesEach()).isLessThan(2.5);
    }

    @Test
    void what_is_deleted_from_a_method_takes_nothing_of_others_along() {
        Count count = new Count();
        Random random = new Random(SEED);
        for (int round = 0; round < ROUNDS; round++) {
            for (String name : SOURCES) {
                Text text = new Text(source(name));
                for (int i = 0; i < 30; i++) {
                    Method method = text.methods.get(random.nextInt(text.methods.size()));
                    int length = 1 + random.nextInt(Math.min(40, method.body.length() - 1));
                    int start = method.body.start() + random.nextInt(method.body.length() - length + 1);
                    String rest = text.text.substring(0, start) + text.text.substring(start + length);
                    check(text, new TextRange(start, start + length), rest, -length, count, name);
                }
            }
        }
        count.show("deletions");
        assertThat(count.share()).isGreaterThan(0.97);
    }

    private static List<String> chosen(List<String> all, Random random) {
        List<String> chosen = new ArrayList<>();
        for (String one : all) {
            if (ROUNDS > 1 || random.nextInt(3) == 0) {
                chosen.add(one);
            }
        }
        return chosen;
    }

    private static void type(Text text, int place, List<Typing.Keystroke> typed, Count count, String name) {
        for (Typing.Keystroke keystroke : typed) {
            check(text, new TextRange(place, place), keystroke.text(), keystroke.length(), count, name);
        }
    }

    /** Counts whether the methods around an edit are still there, moved by what came before them. */
    private static void check(Text before, TextRange edit, String after, int growth, Count count, String name) {
        JavaTree tree = JavaReader.read(after, CancelToken.NEVER);
        count.keystrokes++;
        if (tree.repaired()) {
            count.damaged++;
            count.parses += tree.parses();
            count.most = Math.max(count.most, tree.parses());
        }
        Set<Method> found = new HashSet<>(methods(tree));
        boolean kept = true;
        for (Method method : before.methods) {
            boolean behind = method.from.start() >= edit.end();
            boolean touched = !behind && method.body.end() > edit.start();
            int moved = behind ? growth : 0;
            Method expected = new Method(
                    method.name,
                    method.parameters,
                    method.statements,
                    new TextRange(method.from.start() + moved, method.from.end() + moved),
                    new TextRange(method.body.start() + moved, method.body.end() + moved));
            if (!touched && !found.contains(expected)) {
                kept = false;
                if (SHOW) {
                    int from = Math.max(0, after.lastIndexOf('\n', Math.max(0, edit.start() - 60)));
                    int to = Math.min(after.length(), edit.start() + Math.max(0, growth) + 60);
                    System.out.println("--- " + name + " lost " + method.name + " parses " + tree.parses() + "\n"
                            + after.substring(from, edit.start()) + "«"
                            + after.substring(edit.start(), edit.start() + Math.max(0, growth)) + "»"
                            + after.substring(edit.start() + Math.max(0, growth), to));
                    break;
                }
            }
        }
        count.kept += kept ? 1 : 0;
    }

    private static List<Method> methods(JavaTree tree) {
        List<Method> methods = new ArrayList<>();
        tree.unit().walk(node -> {
            if (node instanceof MethodDeclaration method && method.getBody().isPresent()) {
                add(methods, tree, method, method.getBody().get());
            } else if (node instanceof ConstructorDeclaration constructor) {
                add(methods, tree, constructor, constructor.getBody());
            } else if (node instanceof CompactConstructorDeclaration constructor) {
                methods.add(new Method(
                        constructor.getNameAsString(),
                        List.of(),
                        constructor.getBody().getStatements().size(),
                        tree.range(constructor.getName()),
                        tree.range(constructor.getBody())));
            }
        });
        return methods;
    }

    private static void add(List<Method> methods, JavaTree tree, CallableDeclaration<?> method, BlockStmt body) {
        methods.add(new Method(
                method.getNameAsString(),
                method.getParameters().stream().map(Node::toString).toList(),
                body.getStatements().size(),
                tree.range(method.getName()),
                tree.range(body)));
    }

    /** A text without damage. */
    private static final class Text {
        final String text;
        final JavaTree tree;
        /** Those of named types: what is anonymous goes with the method around it. */
        final List<Method> methods;

        Text(String text) {
            this.text = text;
            this.tree = JavaReader.read(text, CancelToken.NEVER);
            assertThat(tree.repaired()).isFalse();
            List<Method> all = methods(tree);
            this.methods = all.stream()
                    .filter(method ->
                            all.stream().noneMatch(other -> other.body.contains(method.body) && !other.equals(method)))
                    .toList();
        }

        List<Integer> statementStarts() {
            List<Integer> starts = new ArrayList<>();
            tree.unit().walk(BlockStmt.class, block -> {
                for (Statement statement : block.getStatements()) {
                    starts.add(tree.range(statement).start());
                }
                starts.add(tree.range(block).end() - 1);
            });
            return starts;
        }

        List<Integer> memberStarts() {
            List<Integer> starts = new ArrayList<>();
            tree.unit().walk(TypeDeclaration.class, type -> {
                NodeList<? extends BodyDeclaration<?>> members = ((TypeDeclaration<?>) type).getMembers();
                members.forEach(member -> starts.add(tree.range(member).start()));
            });
            return starts;
        }
    }

    static String source(String name) {
        try (InputStream stream = JavaReaderPropertyTest.class.getResourceAsStream("/java/reader/" + name + ".java")) {
            return new String(stream.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new IllegalStateException(name, e);
        }
    }
}
