package io.github.spawnproof.rules.lambdatargetnotserializable;

import com.google.auto.service.AutoService;
import io.github.spawnproof.java.Hazard;
import io.github.spawnproof.java.JavaUnit;
import io.github.spawnproof.rule.Fault;
import io.github.spawnproof.rule.HazardFaults;
import io.github.spawnproof.rule.JavaRule;
import io.github.spawnproof.rule.Rule;
import java.util.function.Consumer;

/** Lambdas of types that cannot be written; see {@code lambda-target-not-serializable.md}. */
@AutoService(Rule.class)
public final class LambdaTargetNotSerializable implements JavaRule {

    @Override
    public void check(JavaUnit unit, Consumer<Fault> faults) {
        HazardFaults.of(
                unit,
                Hazard.Kind.PLAIN_TARGET,
                hazard -> hazard.type().isEmpty()
                        ? "this lambda is not Serializable, and `%s` sends it".formatted(hazard.api())
                        : "this lambda is a `%s`, which is not Serializable".formatted(hazard.type()),
                faults);
    }
}
