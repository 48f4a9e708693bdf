package io.github.spawnproof.rules.staticstatereadremotely;

import com.google.auto.service.AutoService;
import io.github.spawnproof.java.Hazard;
import io.github.spawnproof.java.JavaUnit;
import io.github.spawnproof.rule.Fault;
import io.github.spawnproof.rule.HazardFaults;
import io.github.spawnproof.rule.JavaRule;
import io.github.spawnproof.rule.Rule;
import java.util.function.Consumer;

/** Closures that read static fields which other processes have not assigned; see {@code static-state-read-remotely.md}. */
@AutoService(Rule.class)
public final class StaticStateReadRemotely implements JavaRule {

    @Override
    public void check(JavaUnit unit, Consumer<Fault> faults) {
        HazardFaults.of(
                unit,
                Hazard.Kind.STATIC_STATE,
                hazard -> "the other process has its own `%s`, to which nothing was assigned".formatted(hazard.name()),
                faults);
    }
}
