package io.github.spawnproof.rules.notserializableargument;

import com.google.auto.service.AutoService;
import io.github.spawnproof.java.Hazard;
import io.github.spawnproof.java.JavaUnit;
import io.github.spawnproof.rule.Fault;
import io.github.spawnproof.rule.HazardFaults;
import io.github.spawnproof.rule.JavaRule;
import io.github.spawnproof.rule.Rule;
import java.util.function.Consumer;

/** Objects that are handed over to be written, and cannot be; see {@code not-serializable-argument.md}. */
@AutoService(Rule.class)
public final class NotSerializableArgument implements JavaRule {

    @Override
    public void check(JavaUnit unit, Consumer<Fault> faults) {
        HazardFaults.of(
                unit,
                Hazard.Kind.ARGUMENT,
                hazard -> "`%s` cannot write `%s`, which is not Serializable".formatted(hazard.api(), hazard.type()),
                faults);
    }
}
