package io.github.spawnproof.rules.notebookdefinitioncrosses;

import com.google.auto.service.AutoService;
import io.github.spawnproof.boundary.Crossing;
import io.github.spawnproof.python.PythonModule;
import io.github.spawnproof.rule.CrossingFaults;
import io.github.spawnproof.rule.Fault;
import io.github.spawnproof.rule.PythonRule;
import io.github.spawnproof.rule.Rule;
import java.util.function.Consumer;

/** Definitions of a notebook's cells, sent to another process; see {@code notebook-definition-crosses.md}. */
@AutoService(Rule.class)
public final class NotebookDefinitionCrosses implements PythonRule {

    @Override
    public void check(PythonModule module, Consumer<Fault> faults) {
        CrossingFaults.of(
                module,
                Crossing.Kind.NOTEBOOK,
                crossing ->
                        "A child process knows nothing of this notebook, so it has no `%s`".formatted(crossing.what()),
                faults);
    }
}
