package io.github.spawnproof.python.syntax;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.spawnproof.source.SourceText;
import io.github.spawnproof.source.TextRange;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class PythonParserTest {

    @Test
    void the_poll_is_called_every_few_hundred_tokens() {
        AtomicInteger polls = new AtomicInteger();

        PythonParser.parse(new SourceText("a + b\n".repeat(10_000)), polls::incrementAndGet);

        assertThat(polls.get()).isBetween(40_000 / 1_000, 40_000 / 50);
    }

    @Test
    void what_the_poll_throws_ends_the_parse() {
        SourceText source = new SourceText("a + b\n".repeat(10_000));

        assertThatThrownBy(() -> PythonParser.parse(source, () -> {
                    throw new IllegalStateException("cancelled");
                }))
                .hasMessage("cancelled");
    }

    @Test
    void errors_are_listed_in_the_order_of_the_text() {
        PythonTree tree = Sketch.parse("a = \nb = $\nc = (\nd = 1\n");

        assertThat(tree.errors())
                .extracting(SyntaxProblem::range)
                .containsExactly(new TextRange(4, 5), new TextRange(9, 10), new TextRange(15, 16));
    }

    @Test
    void only_statements_with_an_error_are_damaged() {
        PythonTree tree = Sketch.parse("a = 1\ndef f():\n    if b:\n        c = \n    d\ne = 1\n");

        assertThat(tree.statements()).extracting(TopLevel::damaged).containsExactly(false, true, false);
    }

    @Test
    void a_compound_statement_must_start_a_line() {
        PythonTree tree = Sketch.parse("a; if b: c\nd\n");

        assertThat(tree.statements()).extracting(TopLevel::damaged).containsExactly(false, true, false);
        assertThat(Sketch.parse("if a: for b in c: d").errors()).hasSize(1);
        assertThat(Sketch.parse("a; match b:\n    case c: d").errors()).hasSize(1);
    }
}
