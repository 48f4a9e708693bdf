package io.github.spawnproof.rules.launchpropertysetlate;

import com.google.auto.service.AutoService;
import io.github.spawnproof.java.Hazard;
import io.github.spawnproof.java.JavaUnit;
import io.github.spawnproof.rule.Fault;
import io.github.spawnproof.rule.HazardFaults;
import io.github.spawnproof.rule.JavaRule;
import io.github.spawnproof.rule.Rule;
import java.util.function.Consumer;

/** System properties that have been read when they are set; see {@code launch-property-set-late.md}. */
@AutoService(Rule.class)
public final class LaunchPropertySetLate implements JavaRule {

    @Override
    public void check(JavaUnit unit, Consumer<Fault> faults) {
        HazardFaults.of(
                unit,
                Hazard.Kind.LATE_PROPERTY,
                hazard -> "the virtual machine has read `%s` when it started".formatted(hazard.name()),
                faults);
    }
}
