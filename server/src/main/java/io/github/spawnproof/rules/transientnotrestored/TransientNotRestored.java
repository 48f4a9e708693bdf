package io.github.spawnproof.rules.transientnotrestored;

import com.google.auto.service.AutoService;
import io.github.spawnproof.java.Hazard;
import io.github.spawnproof.java.JavaUnit;
import io.github.spawnproof.rule.Fault;
import io.github.spawnproof.rule.HazardFaults;
import io.github.spawnproof.rule.JavaRule;
import io.github.spawnproof.rule.Rule;
import java.util.function.Consumer;

/** Transient fields that are null on the other side; see {@code transient-not-restored.md}. */
@AutoService(Rule.class)
public final class TransientNotRestored implements JavaRule {

    @Override
    public void check(JavaUnit unit, Consumer<Fault> faults) {
        HazardFaults.of(
                unit,
                Hazard.Kind.TRANSIENT_FIELD,
                hazard -> "`%s` is transient: it is null on the other side, which uses it".formatted(hazard.name()),
                faults);
    }
}
