package io.github.spawnproof.rules.externalizablenopublicconstructor;

import com.google.auto.service.AutoService;
import io.github.spawnproof.java.Hazard;
import io.github.spawnproof.java.JavaUnit;
import io.github.spawnproof.rule.Fault;
import io.github.spawnproof.rule.HazardFaults;
import io.github.spawnproof.rule.JavaRule;
import io.github.spawnproof.rule.Rule;
import java.util.function.Consumer;

/** Externalizable classes that cannot be made anew; see {@code externalizable-no-public-constructor.md}. */
@AutoService(Rule.class)
public final class ExternalizableNoPublicConstructor implements JavaRule {

    @Override
    public void check(JavaUnit unit, Consumer<Fault> faults) {
        HazardFaults.of(
                unit,
                Hazard.Kind.EXTERNALIZABLE_CONSTRUCTOR,
                hazard -> "`%s` cannot be read back: it lacks a public constructor without parameters"
                        .formatted(hazard.name()),
                faults);
    }
}
