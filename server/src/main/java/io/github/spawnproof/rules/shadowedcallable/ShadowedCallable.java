package io.github.spawnproof.rules.shadowedcallable;

import com.google.auto.service.AutoService;
import io.github.spawnproof.boundary.Crossing;
import io.github.spawnproof.python.PythonModule;
import io.github.spawnproof.rule.CrossingFaults;
import io.github.spawnproof.rule.Fault;
import io.github.spawnproof.rule.PythonRule;
import io.github.spawnproof.rule.Rule;
import java.util.function.Consumer;

/** Functions and classes that are not found by the name that pickle knows them by; see {@code shadowed-callable.md}. */
@AutoService(Rule.class)
public final class ShadowedCallable implements PythonRule {

    @Override
    public void check(PythonModule module, Consumer<Fault> faults) {
        CrossingFaults.of(
                module,
                Crossing.Kind.SHADOWED,
                crossing -> "`%s` pickles this by the name `%s`, which is not its own"
                        .formatted(crossing.api(), crossing.what()),
                faults);
    }
}
