package io.github.spawnproof.rules.threadsinstaticinitializer;

import com.google.auto.service.AutoService;
import io.github.spawnproof.java.Hazard;
import io.github.spawnproof.java.JavaUnit;
import io.github.spawnproof.rule.Fault;
import io.github.spawnproof.rule.HazardFaults;
import io.github.spawnproof.rule.JavaRule;
import io.github.spawnproof.rule.Rule;
import java.util.function.Consumer;

/** Static initialisers that wait for threads which wait for them; see {@code threads-in-static-initializer.md}. */
@AutoService(Rule.class)
public final class ThreadsInStaticInitializer implements JavaRule {

    @Override
    public void check(JavaUnit unit, Consumer<Fault> faults) {
        HazardFaults.of(
                unit,
                Hazard.Kind.STATIC_INITIALIZER,
                hazard -> "`%s` waits for a lambda that waits until `%s` is initialised"
                        .formatted(hazard.name(), hazard.type()),
                faults);
    }
}
