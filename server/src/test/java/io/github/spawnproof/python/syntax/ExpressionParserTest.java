package io.github.spawnproof.python.syntax;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class ExpressionParserTest {

    @Test
    void operators_bind_as_in_the_reference_grammar() {
        assertThat(Sketch.ofExpression("not a == b or c and -d ** e"))
                .isEqualTo("(BoolOp or (UnaryOp not (Compare == (Name a) (Name b)))"
                        + " (BoolOp and (Name c) (UnaryOp - (BinOp ** (Name d) (Name e)))))");
        assertThat(Sketch.ofExpression("a - b - c * d"))
                .isEqualTo("(BinOp - (BinOp - (Name a) (Name b)) (BinOp * (Name c) (Name d)))");
        assertThat(Sketch.ofExpression("a ** -b ** c"))
                .isEqualTo("(BinOp ** (Name a) (UnaryOp - (BinOp ** (Name b) (Name c))))");
    }

    @Test
    void comparisons_chain() {
        assertThat(Sketch.ofExpression("a < b not in c is not d"))
                .isEqualTo("(Compare <,not in,is not (Name a) (Name b) (Name c) (Name d))");
    }

    @Test
    void a_lambda_takes_everything_to_its_right() {
        assertThat(Sketch.ofExpression("a if b else lambda c, *, d=e, **f: g, h"))
                .isEqualTo("(Tuple (IfExp (Name b) (Name a) (Lambda (arg POSITIONAL_OR_KEYWORD c)"
                        + " (arg KEYWORD_ONLY d (Name e)) (arg VAR_KEYWORD f) (Name g))) (Name h))");
    }

    @Test
    void a_lambda_knows_its_colon() {
        PythonTree tree = Sketch.parse("x = lambda a, b=c[1:2]: d");

        Statement.Assign assignment =
                (Statement.Assign) tree.statements().get(0).statement();
        Expression.Lambda lambda = (Expression.Lambda) assignment.value();
        assertThat(tree.source().text().substring(lambda.colon())).isEqualTo(": d");
    }

    @Test
    void arguments_keep_their_kinds_and_order() {
        assertThat(Sketch.ofExpression("f(*a, b=c, *d, **e)[g:h, ...].i"))
                .isEqualTo("(Attribute i (Subscript (Call (Name f) (Starred (Name a)) (Starred (Name d))"
                        + " (keyword b (Name c)) (keyword None (Name e)))"
                        + " (Tuple (Slice (Name g) (Name h)) (Constant ...))))");
    }

    @Test
    void an_attribute_knows_where_its_name_starts() {
        PythonTree tree = Sketch.parse("a\\\n . bc");

        Statement.ExpressionStatement statement =
                (Statement.ExpressionStatement) tree.statements().get(0).statement();
        Expression.Attribute attribute = (Expression.Attribute) statement.value();
        assertThat(tree.source().text().substring(attribute.nameStart(), attribute.end()))
                .isEqualTo("bc");
    }

    @Test
    void a_generator_that_is_alone_takes_the_parentheses_of_the_call() {
        PythonTree tree = Sketch.parse("f(a for b in c)");

        assertThat(TreeDump.of(tree)).contains("3 args GeneratorExp 1:1-1:15 ");
    }

    @Test
    void displays_and_comprehensions_differ() {
        assertThat(Sketch.ofExpression("(), (a), (b,), [c], {d}, {}, {**e, f: g}"))
                .isEqualTo("(Tuple (Tuple) (Name a) (Tuple (Name b)) (List (Name c)) (Set (Name d)) (Dict)"
                        + " (Dict (-) (Name e) (Name f) (Name g)))");
        assertThat(Sketch.ofExpression("{a: b for c, d in e if f if g}"))
                .isEqualTo("(DictComp (Name a) (Name b) (comprehension False (Tuple (Name c) (Name d)) (Name e)"
                        + " (Name f) (Name g)))");
    }

    @Test
    void comprehensions_may_unpack() {
        // PEP 798, Python 3.15.
        assertThat(Sketch.ofExpression("[*a for b in c]"))
                .isEqualTo("(ListComp (Starred (Name a)) (comprehension False (Name b) (Name c)))");
        assertThat(Sketch.ofExpression("{*a for b in c}"))
                .isEqualTo("(SetComp (Starred (Name a)) (comprehension False (Name b) (Name c)))");
        assertThat(Sketch.ofExpression("f(*a for b in c)"))
                .isEqualTo("(Call (Name f) (GeneratorExp (Starred (Name a))"
                        + " (comprehension False (Name b) (Name c))))");
        assertThat(Sketch.ofExpression("{**a for b in c}"))
                .isEqualTo("(DictComp (Name a) (comprehension False (Name b) (Name c)))");
    }

    @Test
    void numbers_have_their_kind() {
        assertThat(Sketch.ofExpression("1_0, 0x1F, 0o17, 0b11, 1., .5e1, 2j"))
                .isEqualTo("(Tuple (Constant int a) (Constant int 1f) (Constant int f) (Constant int 3)"
                        + " (Constant float 3ff0000000000000) (Constant float 4014000000000000)"
                        + " (Constant complex 4000000000000000))");
    }

    @Test
    void a_keyword_may_follow_a_number_without_a_blank() {
        assertThat(Sketch.ofExpression("1if a else 0xfor 2"))
                .isEqualTo("(IfExp (Name a) (Constant int 1) (BoolOp or (Constant int f) (Constant int 2)))");
    }

    @Test
    void names_are_normalised() {
        // Lexical analysis, 2.3: identifiers are converted into the normal form NFKC.
        assertThat(Sketch.ofExpression("ﬁ + été")).isEqualTo("(BinOp + (Name fi) (Name été))");
    }

    @Test
    void targets_that_cannot_be_assigned_are_damage() {
        assertThat(Sketch.parse("f() = 1").errors()).hasSize(1);
        assertThat(Sketch.parse("(a, 1) = b").errors()).hasSize(1);
        assertThat(Sketch.parse("a + b += 1").errors()).hasSize(1);
        assertThat(Sketch.parse("for f() in a: pass").errors()).hasSize(1);
        assertThat(Sketch.parse("[a, (b.c, *d)] = e[0] = f").errors()).isEmpty();
    }
}
