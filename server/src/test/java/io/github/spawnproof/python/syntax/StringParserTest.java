package io.github.spawnproof.python.syntax;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class StringParserTest {

    private static String value(String literal) {
        Statement statement = Sketch.parse(literal).statements().get(0).statement();
        return ((Expression.Constant) ((Statement.ExpressionStatement) statement).value()).value();
    }

    @Test
    void escapes_are_decoded() {
        assertThat(value("'\\a\\b\\f\\n\\r\\t\\v\\\\\\'\\\"'")).isEqualTo("\u0007\b\f\n\r\t\u000B\\'\"");
        assertThat(value("'\\0\\101\\x41\\u0041\\U0001F600'")).isEqualTo("\0AAA\uD83D\uDE00");
        assertThat(value("'\\N{BULLET}\\N{latin small letter a}'")).isEqualTo("\u2022a");
        assertThat(value("'\\N{BYTE ORDER MARK}\\N{nbsp}\\N{VS17}'")).isEqualTo("\uFEFF\u00A0\uDB40\uDD00");
        assertThat(value("'a\\\nb'")).isEqualTo("ab");
        assertThat(value("'\\q\\ud800'")).isEqualTo("\\q\uD800");
    }

    @Test
    void raw_strings_and_bytes_keep_what_is_no_escape_there() {
        assertThat(value("r'\\n\\''")).isEqualTo("\\n\\'");
        assertThat(value("b'\\xff\\400\\u0041\\N{x}'")).isEqualTo("\u00FF\0\\u0041\\N{x}");
    }

    @Test
    void line_ends_are_line_feeds() {
        assertThat(value("'''a\r\nb\rc\nd\\\r\ne'''")).isEqualTo("a\nb\nc\nde");
    }

    @Test
    void invalid_escapes_are_damage() {
        assertThat(Sketch.parse("'\\x4'").errors()).hasSize(1);
        assertThat(Sketch.parse("'\\N{no such character}'").errors()).hasSize(1);
        assertThat(Sketch.parse("'\\U00110000'").errors()).hasSize(1);
        assertThat(Sketch.parse("b'é'").errors()).hasSize(1);
        assertThat(Sketch.parse("b'a' 'b'").errors()).hasSize(1);
    }

    @Test
    void adjacent_literals_are_one_constant() {
        assertThat(Sketch.of("('a' \"b\"  # c\n r'\\d' u'''e''')")).isEqualTo("(Expr (Constant str \"ab\\\\de\"))");
        assertThat(TreeDump.of(Sketch.parse("'a'  'b'"))).contains("2 value Constant 1:0-1:8 str \"ab\"");
    }

    @Test
    void replacement_fields_are_expressions_in_place() {
        assertThat(TreeDump.of(Sketch.parse("f'a{b!r:>{c}}d' 'e'")))
                .containsExactly(
                        "0 module Module - ",
                        "1 body Expr 1:0-1:19 ",
                        "2 value JoinedStr 1:0-1:19 ",
                        "3 values Constant 1:2-1:3 str \"a\"",
                        "3 values FormattedValue 1:3-1:13 114",
                        "4 value Name 1:4-1:5 b",
                        "4 format_spec JoinedStr 1:7-1:12 ",
                        "5 values Constant 1:8-1:9 str \">\"",
                        "5 values FormattedValue 1:9-1:12 0",
                        "6 value Name 1:10-1:11 c",
                        "3 values Constant 1:13-1:19 str \"de\"");
    }

    @Test
    void fields_may_hold_the_same_quotes_comments_and_lines() {
        // PEP 701, Python 3.12.
        assertThat(Sketch.of("f'{a['b']}{f'{c}'}{\n d # e\n}'"))
                .isEqualTo("(Expr (JoinedStr (FormattedValue 0 (Subscript (Name a) (Constant str \"b\")))"
                        + " (FormattedValue 0 (JoinedStr (FormattedValue 0 (Name c)))) (FormattedValue 0 (Name d))))");
    }

    @Test
    void doubled_braces_are_text() {
        assertThat(Sketch.of("f'{{{a}}}b{{'"))
                .isEqualTo(
                        "(Expr (JoinedStr (Constant str \"{\") (FormattedValue 0 (Name a)) (Constant str \"}b{\")))");
    }

    @Test
    void a_debug_field_starts_with_its_source() {
        assertThat(Sketch.of("f'a{ b = }'"))
                .isEqualTo("(Expr (JoinedStr (Constant str \"a b = \") (FormattedValue 114 (Name b))))");
        assertThat(Sketch.of("f'{b=:>5}'"))
                .isEqualTo("(Expr (JoinedStr (Constant str \"b=\") (FormattedValue 0 (Name b)"
                        + " (JoinedStr (Constant str \">5\")))))");
    }

    @Test
    void template_strings_keep_the_source_of_their_fields() {
        // PEP 750, Python 3.14.
        assertThat(Sketch.of("t'a{ b!s:c}'"))
                .isEqualTo("(Expr (TemplateStr (Constant str \"a\") (Interpolation 115 \" b\" (Name b)"
                        + " (JoinedStr (Constant str \"c\")))))");
    }

    @Test
    void a_hundred_thousand_pieces_are_one_constant() {
        assertThat(value("(" + "'ab' ".repeat(100_000) + ")")).hasSize(200_000);
    }
}
