package io.github.spawnproof.python.syntax;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.spawnproof.source.SourceText;
import java.util.List;

/** What must hold for the tree of any text. */
final class TreeChecks {

    /** Tokens, nodes and skipped tokens; a text that is read twice costs four per character. */
    private static final int STEPS_PER_CHARACTER = 8;

    private static final int STEPS_IN_ANY_CASE = 64;

    /** The longest word that could turn a following statement into a part of the one before it. */
    private static final int LONGEST_CLAUSE_KEYWORD = "finally".length();

    private TreeChecks() {}

    /** Parses and checks that the work was linear, that nodes lie inside each other, and that damage is listed. */
    static PythonTree parse(String text) {
        PythonParser.Run run = PythonParser.run(new SourceText(text), () -> {});
        assertThat(run.steps()).isLessThan(STEPS_PER_CHARACTER * (long) text.length() + STEPS_IN_ANY_CASE);
        PythonTree tree = run.tree();
        boolean damaged = false;
        int end = 0;
        for (TopLevel statement : tree.statements()) {
            assertThat(statement.offset()).isGreaterThanOrEqualTo(end);
            end = statement.offset() + statement.statement().end();
            assertThat(end).isLessThanOrEqualTo(text.length());
            checkRanges(statement.statement());
            damaged |= statement.damaged();
        }
        assertThat(damaged).isEqualTo(!tree.errors().isEmpty());
        return tree;
    }

    private static void checkRanges(Node node) {
        if (node.start() < 0 || node.end() < node.start()) {
            throw new AssertionError("no range: " + node);
        }
        // Decorators and defaults lie outside, as in ast.
        boolean contains = !(node instanceof Statement.FunctionDef)
                && !(node instanceof Statement.ClassDef)
                && !(node instanceof Node.Parameter);
        node.forEachChild(child -> {
            if (contains && (child.start() < node.start() || child.end() > node.end())) {
                throw new AssertionError(child + " lies outside " + node);
            }
            checkRanges(child);
        });
    }

    /** Checks that statements which were complete before the offset are the same in both trees. */
    static void sameBefore(int offset, PythonTree whole, PythonTree broken) {
        List<TopLevel> statements = whole.statements();
        for (int i = 0; i + 1 < statements.size(); i++) {
            if (statements.get(i + 1).offset() + LONGEST_CLAUSE_KEYWORD >= offset) {
                return;
            }
            if (i >= broken.statements().size()
                    || !statements.get(i).equals(broken.statements().get(i))) {
                throw new AssertionError("changed: " + statements.get(i));
            }
        }
    }
}
