package io.github.spawnproof.python.syntax;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class StatementParserTest {

    @Test
    void statements_on_one_line_are_separate() {
        PythonTree tree = Sketch.parse("a; b;\nc");

        assertThat(tree.statements()).extracting(TopLevel::offset).containsExactly(0, 3, 6);
    }

    @Test
    void a_decorated_function_starts_at_its_def() {
        PythonTree tree = Sketch.parse("x\n@a\n@b(c)\nasync def f(): pass");

        TopLevel function = tree.statements().get(1);
        assertThat(function.offset()).isEqualTo(2);
        assertThat(function.statement().start()).isEqualTo("@a\n@b(c)\n".length());
        assertThat(Sketch.of(tree))
                .isEqualTo("(Expr (Name x)) (FunctionDef True f (Name a) (Call (Name b) (Name c)) (Pass))");
    }

    @Test
    void functions_have_all_kinds_of_parameters() {
        assertThat(Sketch.of("def f[T: int = str, *U, **V](a, /, b: c = 1, *d: *e, f, **g) -> h: pass"))
                .isEqualTo("(FunctionDef False f (TypeVar T (Name int) (Name str)) (TypeVarTuple U) (ParamSpec V)"
                        + " (arg POSITIONAL_ONLY a) (arg POSITIONAL_OR_KEYWORD b (Name c) (Constant int 1))"
                        + " (arg VAR_POSITIONAL d (Starred (Name e))) (arg KEYWORD_ONLY f) (arg VAR_KEYWORD g)"
                        + " (Name h) (Pass))");
    }

    @Test
    void an_elif_is_an_if_in_the_else_of_the_one_before() {
        assertThat(Sketch.of("if a: b\nelif c: d\nelse: e"))
                .isEqualTo("(If (Name a) (Expr (Name b)) (If (Name c) (Expr (Name d)) (Expr (Name e))))");
    }

    @Test
    void with_items_may_stand_in_parentheses() {
        assertThat(Sketch.of("with (a as b, c): d"))
                .isEqualTo("(With False (withitem (Name a) (Name b)) (withitem (Name c)) (Expr (Name d)))");
        assertThat(Sketch.of("with (a, b) as c: d"))
                .isEqualTo("(With False (withitem (Tuple (Name a) (Name b)) (Name c)) (Expr (Name d)))");
        assertThat(Sketch.of("with (a, *b): c"))
                .isEqualTo("(With False (withitem (Tuple (Name a) (Starred (Name b)))) (Expr (Name c)))");
        assertThat(Sketch.of("with (a for b in c): d"))
                .isEqualTo("(With False (withitem (GeneratorExp (Name a)"
                        + " (comprehension False (Name b) (Name c)))) (Expr (Name d)))");
    }

    @Test
    void exceptions_need_no_parentheses() {
        // PEP 758, Python 3.14; the same text had another meaning in Python 2.
        assertThat(Sketch.of("try: a\nexcept B, C: d"))
                .isEqualTo("(Try False (Expr (Name a)) (ExceptHandler None (Tuple (Name B) (Name C))"
                        + " (Expr (Name d))))");
        assertThat(Sketch.of("try: a\nexcept* B as c: d\nelse: e\nfinally: f"))
                .isEqualTo("(Try True (Expr (Name a)) (ExceptHandler c (Name B) (Expr (Name d)))"
                        + " (Expr (Name e)) (Expr (Name f)))");
    }

    @Test
    void imports_may_be_lazy() {
        // PEP 810, Python 3.15.
        assertThat(Sketch.of("lazy import a.b as c, d")).isEqualTo("(Import True (alias a.b c) (alias d None))");
        assertThat(Sketch.of("lazy from ...a.b import (c as d, e,)"))
                .isEqualTo("(ImportFrom a.b 3 lazy (alias c d) (alias e None))");
    }

    @Test
    void soft_keywords_are_names_elsewhere() {
        assertThat(Sketch.of("match = case = type = lazy = _"))
                .isEqualTo("(Assign (Name match) (Name case) (Name type) (Name lazy) (Name _))");
        assertThat(Sketch.of("match(a)\nmatch[b]\nmatch -c\nmatch * d\nmatch not in e\ntype(f)\nlazy.g"))
                .isEqualTo("(Expr (Call (Name match) (Name a))) (Expr (Subscript (Name match) (Name b)))"
                        + " (Expr (BinOp - (Name match) (Name c))) (Expr (BinOp * (Name match) (Name d)))"
                        + " (Expr (Compare not in (Name match) (Name e))) (Expr (Call (Name type) (Name f)))"
                        + " (Expr (Attribute g (Name lazy)))");
    }

    @Test
    void a_match_is_told_from_a_call_by_its_line_end() {
        assertThat(Sketch.of("match (a):\n    case -1 | _: b"))
                .isEqualTo("(Match (Name a) (match_case (MatchOr (MatchValue (UnaryOp - (Constant int 1)))"
                        + " (MatchAs None)) (Expr (Name b))))");
        assertThat(Sketch.of("match(a): int")).isEqualTo("(Damaged (Call (Name match) (Name a)) (Name int))");
    }

    @Test
    void patterns_have_all_kinds() {
        assertThat(Sketch.of("""
                        match a, b:
                            case A.B(x, y=1) | [_, *_] as d if e: f
                            case {"k": None, **r}: g
                            case C.D, (), (h), (i,), -1+2j: pass
                        """))
                .isEqualTo("(Match (Tuple (Name a) (Name b))"
                        + " (match_case (MatchAs d (MatchOr (MatchClass y (Attribute B (Name A)) (MatchAs x)"
                        + " (MatchValue (Constant int 1))) (MatchSequence (MatchAs None) (MatchStar None))))"
                        + " (Name e) (Expr (Name f)))"
                        + " (match_case (MatchMapping r (Constant str \"k\") (MatchSingleton None))"
                        + " (Expr (Name g)))"
                        + " (match_case (MatchSequence (MatchValue (Attribute D (Name C))) (MatchSequence)"
                        + " (MatchAs h) (MatchSequence (MatchAs i)) (MatchValue (BinOp + (UnaryOp -"
                        + " (Constant int 1)) (Constant complex 4000000000000000)))) (Pass)))");
    }

    @Test
    void type_aliases_have_parameters() {
        assertThat(Sketch.of("type X[T] = list[T]"))
                .isEqualTo("(TypeAlias (Name X) (TypeVar T) (Subscript (Name list) (Name T)))");
    }

    @Test
    void annotations_of_names_are_simple_without_parentheses() {
        assertThat(Sketch.of("a: b = 1\n(c): d\ne.f: g"))
                .isEqualTo("(AnnAssign 1 (Name a) (Name b) (Constant int 1)) (AnnAssign 0 (Name c) (Name d))"
                        + " (AnnAssign 0 (Attribute f (Name e)) (Name g))");
    }

    @Test
    void a_block_ends_behind_its_last_semicolon() {
        PythonTree tree = Sketch.parse("if a:\n  b;  # c\n");

        assertThat(tree.statements().get(0).statement().end()).isEqualTo("if a:\n  b;".length());
    }

    @Test
    void names_of_global_statements_are_kept() {
        Statement statement = Sketch.parse("global a, b").statements().get(0).statement();

        assertThat(((Statement.Global) statement).names()).isEqualTo(List.of("a", "b"));
    }
}
