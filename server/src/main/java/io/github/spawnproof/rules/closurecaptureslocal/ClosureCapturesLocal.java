package io.github.spawnproof.rules.closurecaptureslocal;

import com.google.auto.service.AutoService;
import io.github.spawnproof.java.Hazard;
import io.github.spawnproof.java.JavaUnit;
import io.github.spawnproof.rule.Fault;
import io.github.spawnproof.rule.HazardFaults;
import io.github.spawnproof.rule.JavaRule;
import io.github.spawnproof.rule.Rule;
import java.util.function.Consumer;

/** Closures that take a variable along that cannot be written; see {@code closure-captures-local.md}. */
@AutoService(Rule.class)
public final class ClosureCapturesLocal implements JavaRule {

    @Override
    public void check(JavaUnit unit, Consumer<Fault> faults) {
        HazardFaults.of(
                unit,
                Hazard.Kind.CAPTURED_LOCAL,
                hazard -> "the closure takes along `%s`, and `%s` is not Serializable"
                        .formatted(hazard.name(), hazard.type()),
                faults);
    }
}
