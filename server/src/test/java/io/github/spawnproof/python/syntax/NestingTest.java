package io.github.spawnproof.python.syntax;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Deep nesting and long chains: the stack never overflows, neither here nor in whoever walks the tree. */
class NestingTest {

    /** The bound that {@link PythonParser} promises. */
    private static final int DEEPEST = 2_000;

    private static int depth(PythonTree tree) {
        int depth = 0;
        for (TopLevel statement : tree.statements()) {
            depth = Math.max(depth, depth(statement.statement()));
        }
        return depth;
    }

    private static int depth(Node node) {
        List<Integer> children = new ArrayList<>();
        node.forEachChild(child -> children.add(depth(child)));
        return 1 + children.stream().mapToInt(Integer::intValue).max().orElse(0);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "(",
                "[",
                "{",
                "f(",
                "f[",
                "{1:",
                "{**",
                "not ",
                "-",
                "await ",
                "lambda: ",
                "lambda x=",
                "a if b else ",
                "a ** ",
                "(yield ",
                "[x for x in ",
                "f'{",
                "f'''{x:{",
                "if a: ",
                "for x in (",
                "with (",
                "def f(a=(",
                "@(",
                "match (",
                "*",
                "(lambda: ",
                "type X[",
                "a or b and not c < d | e ^ f & g << h + i * -j ** ("
            })
    void deep_nesting_is_damage(String opening) {
        PythonTree tree = TreeChecks.parse(opening.repeat(100_000 / opening.length()) + "\nafter = 1\n");

        assertThat(tree.errors()).isNotEmpty();
        assertThat(depth(tree)).isLessThan(DEEPEST);
        assertThat(Sketch.of(tree)).endsWith("(Assign (Name after) (Constant int 1))");
    }

    @Test
    void closed_brackets_are_skipped_whole() {
        PythonTree tree = TreeChecks.parse("x = " + "([{".repeat(50_000) + "}])".repeat(50_000) + "\nafter = 1\n");

        assertThat(tree.errors()).hasSize(1);
        assertThat(tree.errors().get(0).message()).isEqualTo("nested too deeply");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {"a | .b", "a | ()", "a | [b]", "x = a | ' + a'", "x = a | ' @ a'"})
    void long_chains_are_damage_and_shorter_ones_are_not(String start, String link) {
        PythonTree tooLong = TreeChecks.parse(start + link.repeat(100_000) + "\nafter = 1\n");
        PythonTree fine = TreeChecks.parse(start + link.repeat(TokenReader.MAX_CHAIN - 1) + "\nafter = 1\n");

        assertThat(tooLong.errors()).hasSize(1);
        assertThat(tooLong.statements().get(1).damaged()).isFalse();
        assertThat(depth(tooLong)).isLessThan(DEEPEST);
        assertThat(fine.errors()).isEmpty();
    }

    @Test
    void chains_of_elif_are_cut() {
        PythonTree tooLong = TreeChecks.parse("if a: b\n" + "elif a: b\n".repeat(10_000) + "after = 1\n");
        PythonTree fine = TreeChecks.parse("if a: b\n" + "elif a: b\n".repeat(900));

        assertThat(tooLong.statements()).hasSize(2);
        assertThat(depth(tooLong)).isLessThan(DEEPEST);
        assertThat(fine.errors()).isEmpty();
    }

    @Test
    void flat_operators_have_no_limit() {
        assertThat(TreeChecks.parse("x = a" + " or a".repeat(100_000)).errors()).isEmpty();
        assertThat(TreeChecks.parse("x = a" + " < a".repeat(100_000)).errors()).isEmpty();
        assertThat(TreeChecks.parse("x = [" + "1,".repeat(100_000) + "]").errors())
                .isEmpty();
    }

    @Test
    void what_cpython_allows_is_allowed() {
        // Parser/lexer/state.h: MAXLEVEL is 200, MAXINDENT 100.
        StringBuilder blocks = new StringBuilder();
        for (int i = 0; i < 99; i++) {
            blocks.append(" ".repeat(i)).append("if a:\n");
        }
        blocks.append(" ".repeat(99)).append("b\n");

        assertThat(TreeChecks.parse("x = " + "(".repeat(199) + ")".repeat(199)).errors())
                .isEmpty();
        assertThat(TreeChecks.parse(blocks.toString()).errors()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "(\n",
                " (\n",
                "f(a,\ng(b,\n",
                "f'{a\n",
                "x = {\n  'a'\n",
                ")",
                "([",
                "@a\n",
                "a;",
                "if x:\n  y\n z\n",
                "match (a,\n"
            })
    void repeated_damage_costs_linear_time(String piece) {
        PythonTree tree = TreeChecks.parse(piece.repeat(20_000));

        assertThat(tree.statements()).isNotEmpty();
    }
}
