package io.github.spawnproof.rules.environmentsetwrongside;

import com.google.auto.service.AutoService;
import io.github.spawnproof.java.Hazard;
import io.github.spawnproof.java.JavaUnit;
import io.github.spawnproof.rule.Fault;
import io.github.spawnproof.rule.HazardFaults;
import io.github.spawnproof.rule.JavaRule;
import io.github.spawnproof.rule.Rule;
import java.util.function.Consumer;

/** Environment variables that are set where the child does not see them; see {@code environment-set-wrong-side.md}. */
@AutoService(Rule.class)
public final class EnvironmentSetWrongSide implements JavaRule {

    @Override
    public void check(JavaUnit unit, Consumer<Fault> faults) {
        HazardFaults.of(unit, Hazard.Kind.ENVIRONMENT, EnvironmentSetWrongSide::message, faults);
    }

    private static String message(Hazard hazard) {
        if (hazard.name().equals("PATH")) {
            return "the parent looks for `%s` in its own `PATH`, not in this one".formatted(hazard.type());
        }
        return hazard.name().isEmpty()
                ? "the child has started, with a copy of the environment as it was then"
                : "the map of `%s` cannot be changed".formatted(hazard.name());
    }
}
