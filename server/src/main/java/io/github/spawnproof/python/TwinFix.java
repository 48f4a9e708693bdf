package io.github.spawnproof.python;

import io.github.spawnproof.finding.Applicability;
import io.github.spawnproof.finding.Fix;
import io.github.spawnproof.finding.TextEdit;
import io.github.spawnproof.python.syntax.Expression;
import io.github.spawnproof.python.syntax.PythonTree;
import io.github.spawnproof.source.SourceText;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Writes the edits that make something between threads one between processes. */
final class TwinFix {

    private final SourceText source;
    private final Evaluator evaluator;
    private final LibraryNames names;

    TwinFix(PythonTree tree, Evaluator evaluator) {
        this.source = tree.source();
        this.evaluator = evaluator;
        this.names = new LibraryNames(tree, evaluator.scopes());
    }

    /** Returns the fix for something between threads that a process is given: its twin in its place. */
    List<Fix> of(Obstacle obstacle) {
        if (!(obstacle.value() instanceof Value.Instance instance)
                // The name keeps it alive: a started process lets go of its arguments, and what nobody holds is deleted
                // before a spawned child opens it (BaseProcess.start: bpo-30775).
                || !(obstacle.culprit().expression() instanceof Expression.Name)
                || instance.origin() == null
                || !(instance.origin().expression() instanceof Expression.Call call)
                || !(evaluator.evaluate(call.function(), instance.origin().scope()) instanceof Value.Named named)) {
            return List.of();
        }
        Optional<String> twin = evaluator.table().twin(named.name());
        // A lock of the default context does not go with processes of another one, a queue has no task_done, and a
        // condition would be about a lock that is still one of threads.
        if (twin.isEmpty()
                || source.text().contains("get_context")
                || source.text().contains(".task_done(")
                || (named.name().endsWith("Condition") && !call.arguments().isEmpty())) {
            return List.of();
        }
        int dot = twin.get().lastIndexOf('.');
        Scope scope = instance.origin().scope();
        return names.of(twin.get().substring(0, dot), twin.get().substring(dot + 1))
                .filter(name -> name.name().contains(".") || meansTwin(name.name(), twin.get(), scope))
                .map(name -> {
                    List<TextEdit> edits = new ArrayList<>(name.edits());
                    edits.add(TextEdit.replace(Site.range(call.function(), scope), name.name()));
                    // Unsafe: threads that use it, too, may use what the other one does not have.
                    return List.of(new Fix("Use the one of `multiprocessing`", Applicability.UNSAFE, edits));
                })
                .orElse(List.of());
    }

    /** Tells whether a name is bound once in the whole file, by the import. */
    private boolean meansTwin(String name, String twin, Scope scope) {
        List<Binding> bindings = evaluator.scopes().bindingsAnywhere(name);
        return bindings.size() == 1
                && twin.equals(bindings.get(0).imported())
                && scope.owner(name).kind() == Scope.Kind.MODULE;
    }
}
