package io.github.spawnproof.python.syntax;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Half-typed and outdated programs: damage costs one statement, and what can be used is kept. */
class RecoveryTest {

    private static final String AFTER = " (FunctionDef False after (Pass))";

    private static String sketchBeforeFunction(String program) {
        String sketch = Sketch.of(program + "\ndef after():\n    pass\n");
        assertThat(sketch).endsWith(AFTER);
        return sketch.substring(0, sketch.length() - AFTER.length());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "pool.map(lambda x: ",
                "x = ",
                "x = foo(a, [1, {2: ",
                "foo(",
                "foo(a))",
                "x = \"abc",
                "x = f\"{a",
                "x = f'{a.",
                "x = f\"{a:",
                "x = (a]",
                "def ",
                "def f(",
                "def f(a: int",
                "class ",
                "class A(",
                "if ",
                "if (a",
                "elif a:",
                "else:",
                "for ",
                "for x in",
                "while (",
                "with ",
                "with (a as b,",
                "try:",
                "except A:",
                "import ",
                "from ",
                "from a import",
                "from a import (b,",
                "return (",
                "raise A, 'b'",
                "print 'a' % b",
                "exec 'a' in b",
                "a <> b",
                "x = `a`",
                "x = 0777",
                "x = 10L",
                "async",
                "async def f(",
                "await ",
                "match a:",
                "match (a,",
                "type X = ",
                "lazy import",
                "del ",
                "assert ",
                "global",
                "x = a if",
                "x = a if b",
                "x = a +",
                "x = [b for",
                "x = {**",
                "f(**",
                "f(a=",
                "x[",
                "x[1:",
                "$",
                "x = a ! b",
                "  x = 1",
                "a b c",
                "1 = x",
                "x = a \\",
                "*",
                ")",
                "]",
                "f'{a!}'",
                "lambda",
                "yield from",
                "x: ",
                "x := 1",
                "a = yield from",
                "def f(a=1, b): pass",
                "f(a=1, b)",
                "\u201Ca\u201D"
            })
    void damage_costs_one_statement(String damaged) {
        String program = "before = 1\n" + damaged + "\ndef after():\n    pass\n";

        PythonTree tree = TreeChecks.parse(program);

        assertThat(tree.errors()).isNotEmpty();
        assertThat(tree.statements().get(0).damaged()).isFalse();
        TopLevel last = tree.statements().get(tree.statements().size() - 1);
        assertThat(last.damaged()).isFalse();
        assertThat(Sketch.of(tree))
                .startsWith("(Assign (Name before) (Constant int 1))")
                .endsWith(AFTER);
        assertThat(tree.statements()).filteredOn(TopLevel::damaged).hasSize(1);
    }

    @Test
    void an_unfinished_lambda_is_an_argument() {
        assertThat(sketchBeforeFunction("pool.map(lambda x: "))
                .isEqualTo("(Expr (Call (Attribute map (Name pool))"
                        + " (Lambda (arg POSITIONAL_OR_KEYWORD x) (Missing))))");
    }

    @Test
    void an_unfinished_attribute_has_no_name() {
        assertThat(sketchBeforeFunction("pool."))
                .isEqualTo(
                        "(Expr (Attribute (Name pool)))".replace(" (N", "  (N").replace("  ", " "));
    }

    @Test
    void a_broken_decorator_stays_with_its_function() {
        assertThat(Sketch.of("@\ndef f(): pass")).isEqualTo("(FunctionDef False f (Missing) (Pass))");
        assertThat(Sketch.of("@a(\ndef f(): pass")).isEqualTo("(FunctionDef False f (Call (Name a)) (Pass))");
        assertThat(sketchBeforeFunction("@a\nx = 1"))
                .isEqualTo("(Damaged (Name a)) (Assign (Name x) (Constant int 1))");
    }

    @Test
    void an_unclosed_bracket_ends_at_an_assignment() {
        assertThat(sketchBeforeFunction("pool.map(f,\ny = 3"))
                .isEqualTo("(Expr (Call (Attribute map (Name pool)) (Name f))) (Assign (Name y) (Constant int 3))");
        assertThat(sketchBeforeFunction("x = [1, 2\ny += 3")).endsWith("(AugAssign + (Name y) (Constant int 3))");
        assertThat(sketchBeforeFunction("x = {'a': 1,\n     'b': \ny.z = 3"))
                .isEqualTo(
                        "(Assign (Name x) (Dict (Constant str \"a\") (Constant int 1) (Constant str \"b\") (Missing)))"
                                + " (Assign (Attribute z (Name y)) (Constant int 3))");
    }

    @Test
    void an_unclosed_bracket_in_a_block_leaves_the_lines_after_it() {
        assertThat(sketchBeforeFunction("def f():\n    pool.map(g,\n    foo()\n    bar()\n"))
                .isEqualTo("(FunctionDef False f (Expr (Call (Attribute map (Name pool)) (Name g)))"
                        + " (Expr (Call (Name foo))) (Expr (Call (Name bar))))");
    }

    @Test
    void arguments_at_the_left_margin_are_no_statements() {
        String program = "x = f(\na = 1,\nb=2)\ny = {\na: b\nif c else d\n}\nz = (a\n@ b)\n";

        PythonTree tree = Sketch.parse(program);

        assertThat(tree.errors()).isEmpty();
        assertThat(tree.statements()).hasSize(3);
    }

    @Test
    void comprehensions_at_the_left_margin_are_no_statements() {
        PythonTree tree =
                Sketch.parse("x = [a\nfor a in b\nif a\nif (lambda: c)]\ny = {a: b\nfor a, b in c\nif d[e:f]}\n");

        assertThat(tree.errors()).isEmpty();
        assertThat(tree.statements()).hasSize(2);
    }

    @Test
    void a_broken_header_keeps_its_body() {
        assertThat(sketchBeforeFunction("def f(a, b\n    return a"))
                .isEqualTo("(FunctionDef False f (arg POSITIONAL_OR_KEYWORD a) (arg POSITIONAL_OR_KEYWORD b)"
                        + " (Return (Name a)))");
        assertThat(sketchBeforeFunction("def f(a:\n    x = g(a)\n    h(x)"))
                .isEqualTo("(FunctionDef False f (arg POSITIONAL_OR_KEYWORD a (Missing))"
                        + " (Assign (Name x) (Call (Name g) (Name a))) (Expr (Call (Name h) (Name x))))");
        assertThat(sketchBeforeFunction("if a\n    b\nelse\n    c"))
                .isEqualTo("(If (Name a) (Expr (Name b)) (Expr (Name c)))");
        assertThat(sketchBeforeFunction("class A(\n    def f(self):\n        pass"))
                .isEqualTo("(ClassDef A (FunctionDef False f (arg POSITIONAL_OR_KEYWORD self) (Pass)))");
    }

    @Test
    void python_2_statements_keep_their_expressions() {
        assertThat(sketchBeforeFunction("print \"a %s\" % b, c"))
                .isEqualTo("(Damaged (Name print) (Tuple (BinOp % (Constant str \"a %s\") (Name b)) (Name c)))");
        assertThat(sketchBeforeFunction("exec \"a\" in b"))
                .isEqualTo("(Damaged (Name exec) (Compare in (Constant str \"a\") (Name b)))");
        assertThat(sketchBeforeFunction("x = `a + b`")).isEqualTo("(Assign (Name x) (BinOp + (Name a) (Name b)))");
        assertThat(sketchBeforeFunction("raise A, \"b\"")).isEqualTo("(Raise (Name A))");
    }

    @Test
    void a_line_that_is_no_statement_keeps_its_block() {
        assertThat(sketchBeforeFunction("elseif a:\n    b"))
                .isEqualTo("(Damaged (Name elseif) (Name a) (Expr (Name b)))");
        assertThat(sketchBeforeFunction("    x = 1\n    y = 2"))
                .isEqualTo("(Damaged (Assign (Name x) (Constant int 1)) (Assign (Name y) (Constant int 2)))");
    }

    @Test
    void a_line_between_two_indentations_stays_in_the_deeper_block() {
        assertThat(sketchBeforeFunction("if a:\n        b\n    c\nd"))
                .isEqualTo("(If (Name a) (Expr (Name b)) (Expr (Name c))) (Expr (Name d))");
    }

    @Test
    void a_missing_comma_leaves_the_other_arguments() {
        assertThat(sketchBeforeFunction("f(a b, c=d)"))
                .isEqualTo("(Expr (Call (Name f) (Name a) (Name b) (keyword c (Name d))))");
    }

    @Test
    void a_missing_brace_of_an_f_string_ends_with_the_string() {
        assertThat(sketchBeforeFunction("print(f\"{a\", b)\nc(\"d\")"))
                .isEqualTo("(Expr (Call (Name print) (JoinedStr (FormattedValue 0 (Name a))) (Name b)))"
                        + " (Expr (Call (Name c) (Constant str \"d\")))");
    }

    @Test
    void an_open_triple_quoted_string_leaves_what_is_before_it() {
        assertThat(Sketch.of("a = 1\nb = \"\"\"c\nd = 2\n"))
                .isEqualTo("(Assign (Name a) (Constant int 1)) (Assign (Name b) (Constant str \"c\\nd = 2\\n\"))");
    }
}
