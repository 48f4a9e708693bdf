package io.github.spawnproof.python.syntax;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.spawnproof.source.TextRange;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Lines, indentation, comments and what else is between the tokens. */
class LayoutTest {

    private static List<String> slices(PythonTree tree, List<TextRange> ranges) {
        return ranges.stream().map(tree.source()::slice).toList();
    }

    @Test
    void comments_are_found_everywhere() {
        PythonTree tree = Sketch.parse("#!a\nx = 1 # b\n  # c\nf(y, # d\n  z)\nw = f'''{v # e\n}''' '#'\n# f");

        assertThat(slices(tree, tree.comments())).containsExactly("#!a", "# b", "# c", "# d", "# e", "# f");
        assertThat(tree.errors()).isEmpty();
    }

    @Test
    void strings_with_line_ends_are_found() {
        PythonTree tree = Sketch.parse("'a'\n'''b'''\n'''c\n'''\n'd\\\ne'\nf'''{g}\n{'''h\n'''}'''\nf'''i'''\n");

        assertThat(slices(tree, tree.multilineStrings()))
                .containsExactly("'''c\n'''", "'d\\\ne'", "f'''{g}\n{'''h\n'''}'''", "'''h\n'''");
    }

    @Test
    void all_line_ends_are_equal() {
        String expected = Sketch.of("if a:\n  b\n\n  c\nd = (e,\nf)\n");

        assertThat(Sketch.of("if a:\r\n  b\r\n\r\n  c\r\nd = (e,\r\nf)\r\n")).isEqualTo(expected);
        assertThat(Sketch.of("if a:\r  b\r\r  c\rd = (e,\rf)\r")).isEqualTo(expected);
        assertThat(Sketch.of("if a:\n  b\n\n  c\nd = (e,\nf)")).isEqualTo(expected);
    }

    @Test
    void a_byte_order_mark_is_no_token() {
        PythonTree tree = Sketch.parse("\uFEFFa = 1");

        assertThat(tree.errors()).isEmpty();
        assertThat(tree.statements().get(0).offset()).isEqualTo(1);
    }

    @Test
    void tabs_go_to_multiples_of_eight() {
        assertThat(Sketch.of("if a:\n        b\n\n  \t# c\nd"))
                .isEqualTo("(If (Name a) (Expr (Name b))) (Expr (Name d))");
        assertThat(Sketch.parse("if a:\n\tif b:\n\t\tc\n\td\n").errors()).isEmpty();
        assertThat(Sketch.parse("if a:\n\tb\n        c\n").errors()).hasSize(1);
    }

    @Test
    void a_form_feed_starts_the_column_again() {
        assertThat(Sketch.of("if a:\n    b\n  \f    c\n\fd")).isEqualTo(Sketch.of("if a:\n    b\n    c\nd"));
    }

    @Test
    void a_backslash_joins_lines() {
        assertThat(Sketch.of("a = b + \\\n  c\nif d \\\n  and e: f"))
                .isEqualTo("(Assign (Name a) (BinOp + (Name b) (Name c)))"
                        + " (If (BoolOp and (Name d) (Name e)) (Expr (Name f)))");
        assertThat(Sketch.of("if a:\n    b\n\\\n    c\nd")).isEqualTo(Sketch.of("if a:\n    b\n    c\nd"));
        assertThat(Sketch.of("if a:\n    b\n    \\\n  c\nd")).isEqualTo(Sketch.of("if a:\n    b\n    c\nd"));
    }

    @Test
    void positions_count_from_the_top_level_statement() {
        PythonTree first = Sketch.parse("a = 1\nb = f(c)\n");
        PythonTree second = Sketch.parse("# longer than before\na = 12\n\nb = f(c)\n");

        assertThat(first.statements().get(1).statement())
                .isEqualTo(second.statements().get(1).statement());
    }

    @Test
    void an_empty_text_has_no_statements() {
        assertThat(Sketch.parse("").statements()).isEmpty();
        assertThat(Sketch.parse(" \t\n\f\n# a\n\\\n\n").statements()).isEmpty();
    }
}
