package io.github.spawnproof.rules.unpicklableself;

import com.google.auto.service.AutoService;
import io.github.spawnproof.boundary.Crossing;
import io.github.spawnproof.python.PythonModule;
import io.github.spawnproof.rule.CrossingFaults;
import io.github.spawnproof.rule.Fault;
import io.github.spawnproof.rule.PythonRule;
import io.github.spawnproof.rule.Rule;
import java.util.function.Consumer;

/** Methods sent to another process with an object that no pickle carries; see {@code unpicklable-self.md}. */
@AutoService(Rule.class)
public final class UnpicklableSelf implements PythonRule {

    @Override
    public void check(PythonModule module, Consumer<Fault> faults) {
        CrossingFaults.of(module, Crossing.Kind.UNPICKLABLE_SELF, UnpicklableSelf::message, faults);
    }

    private static String message(Crossing crossing) {
        return crossing.attribute().isEmpty()
                ? "`%s` pickles the method's object too, but %s cannot be pickled"
                        .formatted(crossing.api(), crossing.what())
                : "`%s` pickles the method's object too, but its `%s` is %s"
                        .formatted(crossing.api(), crossing.attribute(), crossing.what());
    }
}
