package io.github.spawnproof.rules.processsubclassunpicklablestate;

import com.google.auto.service.AutoService;
import io.github.spawnproof.boundary.Crossing;
import io.github.spawnproof.python.PythonModule;
import io.github.spawnproof.rule.CrossingFaults;
import io.github.spawnproof.rule.Fault;
import io.github.spawnproof.rule.PythonRule;
import io.github.spawnproof.rule.Rule;
import java.util.function.Consumer;

/** Processes of classes of the file that hold what no pickle carries; see {@code process-subclass-unpicklable-state.md}. */
@AutoService(Rule.class)
public final class ProcessSubclassUnpicklableState implements PythonRule {

    @Override
    public void check(PythonModule module, Consumer<Fault> faults) {
        CrossingFaults.of(module, Crossing.Kind.PROCESS_STATE, ProcessSubclassUnpicklableState::message, faults);
    }

    private static String message(Crossing crossing) {
        return crossing.attribute().isEmpty()
                ? "`%s` pickles this process, which is %s".formatted(crossing.api(), crossing.what())
                : "`%s` pickles this process, but its `%s` is %s"
                        .formatted(crossing.api(), crossing.attribute(), crossing.what());
    }
}
