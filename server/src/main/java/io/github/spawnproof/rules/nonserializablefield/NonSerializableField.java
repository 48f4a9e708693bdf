package io.github.spawnproof.rules.nonserializablefield;

import com.google.auto.service.AutoService;
import io.github.spawnproof.java.Hazard;
import io.github.spawnproof.java.JavaUnit;
import io.github.spawnproof.rule.Fault;
import io.github.spawnproof.rule.HazardFaults;
import io.github.spawnproof.rule.JavaRule;
import io.github.spawnproof.rule.Rule;
import java.util.function.Consumer;

/** Fields that cannot be written with the object that they are in; see {@code non-serializable-field.md}. */
@AutoService(Rule.class)
public final class NonSerializableField implements JavaRule {

    @Override
    public void check(JavaUnit unit, Consumer<Fault> faults) {
        HazardFaults.of(
                unit,
                Hazard.Kind.FIELD,
                hazard -> "`%s` is written with its object, and `%s` is not Serializable"
                        .formatted(hazard.name(), hazard.type()),
                faults);
    }
}
