package io.github.spawnproof.rules.relativepathacrossprocess;

import com.google.auto.service.AutoService;
import io.github.spawnproof.java.Hazard;
import io.github.spawnproof.java.JavaUnit;
import io.github.spawnproof.rule.Fault;
import io.github.spawnproof.rule.HazardFaults;
import io.github.spawnproof.rule.JavaRule;
import io.github.spawnproof.rule.Rule;
import java.util.function.Consumer;

/** Paths that mean another file in a child; see {@code relative-path-across-process.md}. */
@AutoService(Rule.class)
public final class RelativePathAcrossProcess implements JavaRule {

    @Override
    public void check(JavaUnit unit, Consumer<Fault> faults) {
        HazardFaults.of(
                unit,
                Hazard.Kind.RELATIVE_PATH,
                hazard -> "`%s` means another file in the child, which has another working folder"
                        .formatted(hazard.name()),
                faults);
    }
}
