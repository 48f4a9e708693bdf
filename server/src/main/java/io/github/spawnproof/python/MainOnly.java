package io.github.spawnproof.python;

import io.github.spawnproof.python.syntax.PythonTree;
import io.github.spawnproof.python.syntax.Statement;
import io.github.spawnproof.python.syntax.TopLevel;
import io.github.spawnproof.source.SourceText;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Knows which module-level names exist in the program alone: a child does not execute the main guard's body. */
final class MainOnly {

    private final SourceText source;
    private final PythonTree tree;
    private final Evaluator evaluator;
    private final StartFinder starts;
    private final Map<String, Boolean> known = new HashMap<>();

    MainOnly(SourceText source, PythonTree tree, Evaluator evaluator, StartFinder starts) {
        this.source = source;
        this.tree = tree;
        this.evaluator = evaluator;
        this.starts = starts;
    }

    /** Tells whether a name of the module is bound, and only where a child never comes. */
    boolean isOnlyInMain(String name) {
        return known.computeIfAbsent(name, key -> {
            List<Binding> bindings = evaluator.scopes().module().bindings(key);
            return !bindings.isEmpty()
                    && bindings.stream().allMatch(binding -> isInMainGuard(binding) || isSetByMain(binding));
        });
    }

    /** Tells whether a binding is that of a {@code global} name in a function that only the main guard calls. */
    private boolean isSetByMain(Binding binding) {
        Scope function = binding.scope().enclosingFunction();
        if (function == null
                || !(function.owner() instanceof Statement.FunctionDef definition)
                || !Definitions.isTopLevel(function)) {
            return false;
        }
        List<Scopes.CallSite> calls = evaluator.scopes().calls(definition.name());
        // With a mention that is no call, somebody else may call it: a pool, as its initializer.
        return !calls.isEmpty()
                && source.occurrences(definition.name()) == calls.size() + 1
                && calls.stream()
                        .allMatch(call -> call.scope().enclosingFunction() == null
                                && isInMainGuard(
                                        call.scope().base() + call.call().start()));
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
