package io.github.spawnproof.rules.closurecapturesthis;

import com.google.auto.service.AutoService;
import io.github.spawnproof.java.Hazard;
import io.github.spawnproof.java.JavaUnit;
import io.github.spawnproof.rule.Fault;
import io.github.spawnproof.rule.HazardFaults;
import io.github.spawnproof.rule.JavaRule;
import io.github.spawnproof.rule.Rule;
import java.util.function.Consumer;

/** Closures that take the object along that they are written in; see {@code closure-captures-this.md}. */
@AutoService(Rule.class)
public final class ClosureCapturesThis implements JavaRule {

    @Override
    public void check(JavaUnit unit, Consumer<Fault> faults) {
        HazardFaults.of(
                unit,
                Hazard.Kind.CAPTURED_THIS,
                hazard -> hazard.name().equals("this")
                        ? "this takes along the `%s` around it, which is not Serializable".formatted(hazard.type())
                        : "`%s` takes along the whole `%s`, which is not Serializable"
                                .formatted(hazard.name(), hazard.type()),
                faults);
    }
}
