package io.github.spawnproof.rules.supernodefaultconstructor;

import com.google.auto.service.AutoService;
import io.github.spawnproof.java.Hazard;
import io.github.spawnproof.java.JavaUnit;
import io.github.spawnproof.rule.Fault;
import io.github.spawnproof.rule.HazardFaults;
import io.github.spawnproof.rule.JavaRule;
import io.github.spawnproof.rule.Rule;
import java.util.function.Consumer;

/** Serializable classes whose superclass cannot be made anew; see {@code super-no-default-constructor.md}. */
@AutoService(Rule.class)
public final class SuperNoDefaultConstructor implements JavaRule {

    @Override
    public void check(JavaUnit unit, Consumer<Fault> faults) {
        HazardFaults.of(
                unit,
                Hazard.Kind.SUPER_CONSTRUCTOR,
                hazard -> "`%s` cannot be read back: `%s` lacks a usable constructor without parameters"
                        .formatted(hazard.name(), hazard.type()),
                faults);
    }
}
