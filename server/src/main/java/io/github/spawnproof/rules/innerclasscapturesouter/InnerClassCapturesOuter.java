package io.github.spawnproof.rules.innerclasscapturesouter;

import com.google.auto.service.AutoService;
import io.github.spawnproof.java.Hazard;
import io.github.spawnproof.java.JavaUnit;
import io.github.spawnproof.rule.Fault;
import io.github.spawnproof.rule.HazardFaults;
import io.github.spawnproof.rule.JavaRule;
import io.github.spawnproof.rule.Rule;
import java.util.function.Consumer;

/** Objects of inner classes that take the object along in which they are made; see {@code inner-class-captures-outer.md}. */
@AutoService(Rule.class)
public final class InnerClassCapturesOuter implements JavaRule {

    @Override
    public void check(JavaUnit unit, Consumer<Fault> faults) {
        HazardFaults.of(
                unit,
                Hazard.Kind.CAPTURED_OUTER,
                hazard -> "each `%s` takes along the `%s` around it, which is not Serializable"
                        .formatted(hazard.name(), hazard.type()),
                faults);
    }
}
