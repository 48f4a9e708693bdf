package io.github.spawnproof.rules.nestedfunctioncrossesprocess;

import com.google.auto.service.AutoService;
import io.github.spawnproof.boundary.Crossing;
import io.github.spawnproof.python.PythonModule;
import io.github.spawnproof.rule.CrossingFaults;
import io.github.spawnproof.rule.Fault;
import io.github.spawnproof.rule.PythonRule;
import io.github.spawnproof.rule.Rule;
import java.util.function.Consumer;

/** Functions defined inside a function, sent to another process; see {@code nested-function-crosses-process.md}. */
@AutoService(Rule.class)
public final class NestedFunctionCrossesProcess implements PythonRule {

    @Override
    public void check(PythonModule module, Consumer<Fault> faults) {
        CrossingFaults.of(
                module,
                Crossing.Kind.NESTED_FUNCTION,
                crossing -> "`%s` sends this to another process, but a nested function cannot be pickled"
                        .formatted(crossing.api()),
                faults);
    }
}
