package io.github.spawnproof.python;

import io.github.spawnproof.python.syntax.PythonTree;
import io.github.spawnproof.python.syntax.Statement;
import io.github.spawnproof.source.TextRange;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** The parts of a module that only the program itself executes: the bodies of its main guards. */
final class MainParts {

    static final MainParts NONE = new MainParts(List.of());

    private final List<TextRange> parts;

    private MainParts(List<TextRange> parts) {
        this.parts = parts;
    }

    static MainParts of(PythonTree tree, Evaluator evaluator) {
        Conditions conditions = new Conditions(evaluator);
        List<TextRange> parts = new ArrayList<>();
        for (int i = 0; i < tree.statements().size(); i++) {
            Scope scope = evaluator.scopes().topLevel(i);
            if (tree.statements().get(i).statement() instanceof Statement.If branch
                    && !branch.body().isEmpty()
                    && conditions.test(branch.test(), scope, World.MAIN, Map.of()) == Truth.TRUE
                    && conditions.test(branch.test(), scope, World.CHILD, Map.of()) == Truth.FALSE) {
                parts.add(new TextRange(
                        scope.base() + branch.body().get(0).start(),
                        scope.base()
                                + branch.body().get(branch.body().size() - 1).end()));
            }
        }
        return parts.isEmpty() ? NONE : new MainParts(List.copyOf(parts));
    }

    /** Tells whether a block of statements is such a part, and so surely executed by the program. */
    boolean contains(TextRange block) {
        return parts.contains(block);
    }
}
