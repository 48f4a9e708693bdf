package io.github.spawnproof.rules.unpicklableargument;

import com.google.auto.service.AutoService;
import io.github.spawnproof.boundary.Crossing;
import io.github.spawnproof.python.PythonModule;
import io.github.spawnproof.rule.CrossingFaults;
import io.github.spawnproof.rule.Fault;
import io.github.spawnproof.rule.PythonRule;
import io.github.spawnproof.rule.Rule;
import java.util.function.Consumer;

/** Objects that no pickle carries, sent to another process; see {@code unpicklable-argument.md}. */
@AutoService(Rule.class)
public final class UnpicklableArgument implements PythonRule {

    @Override
    public void check(PythonModule module, Consumer<Fault> faults) {
        CrossingFaults.of(module, Crossing.Kind.UNPICKLABLE, UnpicklableArgument::message, faults);
    }

    private static String message(Crossing crossing) {
        return crossing.attribute().isEmpty()
                ? "`%s` pickles this, but %s cannot be pickled".formatted(crossing.api(), crossing.what())
                : "`%s` pickles this, but its `%s` is %s"
                        .formatted(crossing.api(), crossing.attribute(), crossing.what());
    }
}
