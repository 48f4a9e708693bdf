package io.github.spawnproof.java;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.github.javaparser.ast.Node;
import com.github.javaparser.ast.body.FieldDeclaration;
import com.github.javaparser.ast.body.MethodDeclaration;
import com.github.javaparser.ast.expr.LiteralExpr;
import com.github.javaparser.ast.expr.SimpleName;
import com.github.javaparser.ast.stmt.ExpressionStmt;
import io.github.spawnproof.analysis.Analyzer;
import io.github.spawnproof.source.CancelToken;
import io.github.spawnproof.source.Cancelled;
import io.github.spawnproof.source.SourceText;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.FutureTask;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class JavaReaderTest {

    /** A class around the statements of a method; its neighbours have to survive whatever those are. */
    private static String around(String statements) {
        return """
                package a.b;

                import java.util.List;

                class Job {
                    private final List<String> words = List.of();

                    void before(int x) {
                        x++;
                        go(x);
                    }

                    void middle() {
                        first();
                %s
                    }

                    int after(String a, int... b) {
                        return 1;
                    }
                }

                record Other(int x) {}
                """.formatted(statements.indent(8).stripTrailing());
    }

    static List<String> half_typed() {
        return List.of(
                "words.map(w -> w",
                "words.",
                "go(1)",
                "words.map(w -> );",
                "if (k",
                "new ",
                "String s = \"abc",
                "String s = \"abc);",
                "char c = '",
                "don't",
                "go(\"it's\", 'x);",
                "String s = \"\"\"",
                "String s = \"\"\"\n    text { (",
                "/* never closed {",
                "/** never closed {",
                "}",
                "go(); }",
                "{",
                ")",
                "go(1));",
                "int[] a = {1, 2",
                "int[] a = {1, 2}",
                "a[1",
                "for (int i = 0; i < ",
                "for (int i = 0; i < 3; i++) {",
                "try {",
                "try (var in = open(\"x\") {\n    in.read();\n}",
                "} catch (",
                "else {",
                "switch (x) {\n    case 1:\n        go(\n        break;\n}",
                "switch (x) {\n    case A -> \n    case B -> go();\n}",
                "while ",
                "return",
                "words.forEach(w -> {",
                "words.forEach(w -> {\n    go(w);",
                "words.forEach(w -> {\n    go(w;\n});",
                "new Thread(new Runnable() {\n    public void run() {\n        go(",
                "@Override(",
                "x = #;",
                "x = \\;",
                "x = “quoted”;",
                "String s = \"\\d\";",
                "char c = 'abc';",
                "import java.util.",
                "public",
                "int x = 0x;",
                "if (words.isEmpty() {\n    go();\n}",
                "if (words.isEmpty( {\n    go();\n}");
    }

    @ParameterizedTest
    @MethodSource("half_typed")
    void a_half_typed_statement_takes_nothing_else_along(String statements) {
        String text = around(statements);

        JavaTree tree = read(text);

        assertThat(shape(tree, text))
                .containsSubsequence("before:2 " + body(text, "before"), "after:1 " + body(text, "after"));
        assertThat(tree.unit().getImports()).hasSize(1);
        assertThat(tree.unit().getPackageDeclaration()).isPresent();
        assertThat(tree.unit().getTypes())
                .extracting(type -> type.getNameAsString())
                .containsExactly("Job", "Other");
        assertThat(tree.unit().findAll(FieldDeclaration.class)).isNotEmpty();
    }

    @ParameterizedTest
    @MethodSource("half_typed")
    void what_comes_before_a_half_typed_statement_stays(String statements) {
        String text = around(statements);

        List<ExpressionStmt> found = read(text).unit().findAll(ExpressionStmt.class);

        assertThat(found).extracting(Node::toString).contains("first();");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "private",
                "private ",
                "private String",
                "String na",
                "void added(",
                "void added()",
                "void added(int a, ",
                "void added(int a) {",
                "void added(int a) {\n    go(",
                "@",
                "@Overr",
                "@Override(",
                "@SuppressWarnings(\"",
                "@SuppressWarnings({\"a\", ",
                "int[] numbers = {",
                "int[] numbers = {1, 2}",
                "Runnable r = () -> {",
                "Runnable r = () -> {\n    go();\n}",
                "static {",
                "enum",
                "enum Kind { A, B",
                "class Inner {",
                "class Inner extends {",
                "class",
                "class {}",
                "record P(int x",
                "/** a doc",
                "return 1;",
                "if (x) {\n    go();\n}",
                "}",
                "<T extends ",
                "Map<String, ",
                "String s = \"abc",
                "import java.util.",
                "import java.util.List;",
                "package x;"
            })
    void a_half_typed_member_takes_nothing_else_along(String member) {
        String text = """
                import java.util.List;
                class Job {
                    int kept;

                    void before(int x) {
                        x++;
                    }

                %s

                    public int after(String a, int... b) {
                        return 1;
                    }

                    void last() {
                    }
                }
                """.formatted(member.indent(4).stripTrailing());

        JavaTree tree = read(text);

        assertThat(shape(tree, text))
                .containsSubsequence(
                        "before:1 " + body(text, "before"),
                        "after:1 " + body(text, "after"),
                        "last:0 " + body(text, "last"));
        assertThat(tree.unit().findAll(FieldDeclaration.class)).isNotEmpty();
        assertThat(tree.unit().getImports()).isNotEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "import java.util.",
                "import",
                "impo",
                "import static ",
                "import java.util.List",
                "@",
                "@Deprecated(",
                "/* open",
                "public",
                "final clas",
                "class Other {",
                "enum Kind { A(",
                "}",
                "\"",
                "record P(",
                "sealed interface I permits "
            })
    void a_half_typed_line_at_the_top_takes_nothing_else_along(String line) {
        String text = """
                package a;
                import java.util.Map;
                %s
                import java.util.Set;
                class Job {
                    void method() {
                        go();
                    }
                }
                """.formatted(line);

        assertThat(shape(read(text), text)).contains("method:1 " + body(text, "method"));
    }

    @Test
    void a_missing_last_brace_is_put_behind_the_end() {
        String text = "class A {\n    void f() {\n        go();\n    }\n";

        assertThat(shape(read(text), text)).containsExactly("f:1 {\n        go();\n    }");
    }

    @Test
    void a_method_that_does_not_end_ends_before_the_next() {
        String text = "class A {\n    void f() {\n        go();\n\n    void g() {\n        go();\n    }\n}\n";

        assertThat(shape(read(text), text))
                .containsExactly("f:1 {\n        go();\n\n   " + " ", "g:1 {\n        go();\n    }");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " ",
                "\n",
                "// only\n",
                "/* a comment */",
                "/** doc */\n// x",
                "\uFEFF",
                "\u001a",
                "#!/usr/bin/java --source 25\n"
            })
    void a_text_without_code_is_an_empty_unit(String text) {
        JavaTree tree = read(text);

        assertThat(tree.unit().getTypes()).isEmpty();
        assertThat(tree.firstStatement()).isEqualTo(text.length());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "@Deprecated open module a.b { requires transitive x; exports y to z, w; provides A with B; }",
                "/** doc */ @Foo package a.b;",
                "void main() { go(); } int x; record R(int a) {}",
                "import module java.base; class A { A() { go(); super(); } }",
                "sealed interface S permits A, B {} non-sealed class A implements S {} record B(int x) implements S {}",
                "class A { int f(Object o) { return switch (o) { case R(var x, _) when x > 1 -> { yield x; } case null, default -> 0; }; } }",
                "class A { String s = \"\"\"\n  a \\\"\"\" \\s b\\\n  \"\"\" + \"\\u0041\\7\\377\"; char c = '\\u0041', d = '\\'', e = '\\\\', f = '\\12'; }",
                "class A { int \\u0041b = 0x1.8p+1 > 1e-3 ? 1_000 : 'x'; }",
                "class A<T extends B & C> { @X int @Y [] f; <U> A<? super U>[] g() throws E { return A::<U>new; } }",
                "enum E { A, B(1) { void f() {} }, ; int x; E(int... y) {} }",
                "@interface A { int[] x() default {1, 2}; Class<?> y() default int.class; }",
            })
    void what_is_valid_is_read_as_it_is(String text) {
        assertThat(read(text).repaired()).isFalse();
        assertThat(read(text).parses()).isEqualTo(1);
    }

    @Test
    void a_script_line_and_a_byte_order_mark_are_no_damage_to_what_follows() {
        assertThat(shape(
                        read("#!/usr/bin/java\nclass A { void f() { go(); } }"),
                        "#!/usr/bin/java\nclass A { void f() { go(); } }"))
                .containsExactly("f:1 { go(); }");
        assertThat(shape(read("\uFEFFclass A { void f() { go(); } }"), "\uFEFFclass A { void f() { go(); } }"))
                .containsExactly("f:1 { go(); }");
    }

    /** JavaParser counts a tab as one column, and ends lines as {@code LineIndex} does. */
    @Test
    void positions_become_offsets() {
        String text = "\tclass A {\r\n\t\tint tabs;\r int cr;\n String s = \"\uD83D\uDE00\"; int pair;"
                + " String t = \"\\u0041\"; int \\u0041\\u0042, escape; String b = \"\"\"\r\n x\r y \"\"\"; int block; /* \r */ int comment;\f"
                + " int \u00e4\uD835\uDC00; int last; }";

        JavaTree tree = read(text);

        assertThat(tree.repaired()).isFalse();
        List<SimpleName> names = tree.unit().findAll(SimpleName.class);
        assertThat(names)
                .hasSizeGreaterThan(12)
                .allSatisfy(name -> assertThat(slice(tree, text, name)).isEqualTo(name.getIdentifier()));
        List<LiteralExpr> literals = tree.unit().findAll(LiteralExpr.class);
        assertThat(literals)
                .extracting(literal -> slice(tree, text, literal))
                .containsExactly("\"\uD83D\uDE00\"", "\"\\u0041\"", "\"\"\"\r\n x\r y \"\"\"");
    }

    @Test
    void positions_are_right_behind_repairs() {
        String text =
                "\uFEFF\tclass A {\r\n\tvoid f() {\r\n\t\tgo(\"\uD83D\uDE00\r\n\t\tx.\r\n\t}\r\n\tint last() { return 1; }\r\n}";

        assertThat(shape(read(text), text)).contains("last:1 { return 1; }");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "fun main(args: Array<String>) {\n    println(\"Hello ${args[0]}\")\n    val x = listOf(1, 2).map { it + 1 }\n}\nclass A(val b: Int) : C() {\n    override fun f() = 'x'\n}\n",
                "class Job {\n  def words = ['a', 'b']\n  def run() { words.each { println \"$it\" } }\n}\nnew Job().run()\n",
                "<html><body onload='x()'>{{ template }}</body></html>",
                "\u0000\u0001\uD800 \uDFFF ”’ ` # \\ \\u12 $ € \u2028",
                "class class class { void void void( ) ) ) { { { ; ; ; } } } } } }",
                ")]}>([{<",
            })
    void what_is_no_java_is_read_nevertheless(String text) {
        JavaTree tree = read(text);

        assertThat(tree.unit()).isNotNull();
        tree.unit().walk(node -> assertThat(tree.range(node).end()).isLessThanOrEqualTo(text.length()));
    }

    @Test
    void a_range_never_leaves_the_text() {
        String text = "class A { void f() { go(";

        JavaTree tree = read(text);

        tree.unit().walk(node -> assertThat(tree.range(node).end()).isLessThanOrEqualTo(text.length()));
        assertThat(tree.unit().findAll(MethodDeclaration.class)).hasSize(1);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "(",
                "[",
                "{",
                "((",
                "f(",
                "x[",
                "{(",
                "if (x) {",
                "class A {",
                "<",
                "B<",
                "!",
                "-",
                "x ? y : ",
                "x -> ",
                "x = ",
                "(A) ",
                "if (x) y(); else ",
                "@A(",
                "new A() { int x = ",
                "\"",
                "/*",
                "\"\"\"\n",
                "x + ",
                ".f()",
                "case ",
                "switch (x) { default -> "
            })
    void deep_nesting_ends_nothing_but_itself(String unit) {
        String deep = unit.repeat(100_000 / unit.length());
        String text = "class A { void f() { go(); }\n void g() {\n x = " + deep + " }\n }\n";

        JavaTree tree = onLargeStack(text);

        assertThat(tree.unit()).isNotNull();
    }

    @Test
    void brackets_nested_deep_leave_other_methods_alone() {
        String text = "class A {\n    void f() {\n        go();\n    }\n\n    void g() {\n        x = "
                + "(".repeat(100_000) + ")".repeat(100_000) + ";\n    }\n\n    void h() {\n        go();\n    }\n}\n";

        assertThat(shape(onLargeStack(text), text))
                .contains("f:1 {\n        go();\n    }", "h:1 {\n        go();\n    }");
    }

    @Test
    void a_large_file_is_read() {
        StringBuilder text = new StringBuilder("class A {\n");
        for (int i = 0; text.length() < 2_000_000; i++) {
            text.append("    int method%d(int x) {\n        return x + %d;\n    }\n".formatted(i, i));
        }
        int half = text.indexOf("    int method20000");
        text.insert(half, "    void half() {\n        go(\n    }\n").append("}\n");

        JavaTree tree = onLargeStack(text.toString());

        assertThat(tree.unit().findAll(MethodDeclaration.class)).hasSizeGreaterThan(30_000);
        assertThat(tree.parses()).isLessThanOrEqualTo(3);
    }

    @Test
    void cancelled_work_stops_between_two_tries() {
        List<Integer> polls = new ArrayList<>();
        CancelToken second = new CancelToken(() -> {
            polls.add(1);
            return polls.size() > 1;
        });

        assertThatThrownBy(() -> JavaReader.read(around("go(1)"), second)).isInstanceOf(Cancelled.class);
    }

    @Test
    void comments_are_found_whole_and_the_first_statement_behind_them() {
        String text = "// a\n/* b\n c */ /** \"d */ class A { String s = \"// no\"; /// e\n char c = '\"'; // f";

        JavaTree tree = read(text);

        SourceText source = new SourceText(text);
        assertThat(tree.comments())
                .extracting(source::slice)
                .containsExactly("// a", "/* b\n c */", "/** \"d */", "/// e", "// f");
        assertThat(tree.firstStatement()).isEqualTo(text.indexOf("class"));
    }

    private static JavaTree read(String text) {
        return JavaReader.read(text, CancelToken.NEVER);
    }

    private static JavaTree onLargeStack(String text) {
        FutureTask<JavaTree> task = new FutureTask<>(() -> read(text));
        new Thread(null, task, "reader", Analyzer.STACK_BYTES).start();
        try {
            return task.get();
        } catch (Exception e) {
            throw new AssertionError(e);
        }
    }

    private static String slice(JavaTree tree, String text, Node node) {
        return new SourceText(text).slice(tree.range(node));
    }

    /** Returns the methods with their numbers of statements and the texts of their bodies. */
    private static List<String> shape(JavaTree tree, String text) {
        return tree.unit().findAll(MethodDeclaration.class).stream()
                .map(method -> method.getNameAsString() + ":"
                        + method.getBody().orElseThrow().getStatements().size() + " "
                        + slice(tree, text, method.getBody().orElseThrow()))
                .toList();
    }

    /** Returns the body of a method that is closed by the first brace in its line. */
    private static String body(String text, String method) {
        int start = text.indexOf('{', text.indexOf(" " + method + "("));
        return text.substring(start, text.indexOf('}', start) + 1);
    }
}
