package io.github.spawnproof.python;

import io.github.spawnproof.python.syntax.PythonTree;
import io.github.spawnproof.python.syntax.Statement;
import io.github.spawnproof.python.syntax.TopLevel;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Knows which module-level names exist in the program alone: a child does not execute the main guard's body. */
final class MainOnly {

    private final PythonTree tree;
    private final Evaluator evaluator;
    private final StartFinder starts;
    private final Map<String, Boolean> known = new HashMap<>();

    MainOnly(PythonTree tree, Evaluator evaluator, StartFinder starts) {
        this.tree = tree;
        this.evaluator = evaluator;
        this.starts = starts;
    }

    /** Tells whether a name of the module is bound, and only where a child never comes. */
    boolean isOnlyInMain(String name) {
        return known.computeIfAbsent(name, key -> {
            List<Binding> bindings = evaluator.scopes().module().bindings(key);
            return !bindings.isEmpty() && bindings.stream().allMatch(this::isInMainGuard);
        });
    }

    /** Tells whether a binding lies in the body of a main guard. */
    boolean isInMainGuard(Binding binding) {
        // A definition's position is its start, an assignment's the end of its statement.
        boolean definition = binding.definition() instanceof Statement.FunctionDef
                || binding.definition() instanceof Statement.ClassDef;
        return binding.scope().enclosingFunction() == null
                && isInMainGuard(definition ? binding.position() : Math.max(0, binding.position() - 1));
    }

    /** Tells whether an offset lies in the body of a main guard. */
    boolean isInMainGuard(int offset) {
        int index = tree.topLevelAt(offset);
        TopLevel topLevel = tree.statements().get(index);
        return topLevel.statement() instanceof Statement.If branch
                && starts.isOnlyInMain(branch, evaluator.scopes().topLevel(index))
                && !branch.body().isEmpty()
                && (branch.orElse().isEmpty()
                        || offset < topLevel.offset() + branch.orElse().get(0).start());
    }
}
