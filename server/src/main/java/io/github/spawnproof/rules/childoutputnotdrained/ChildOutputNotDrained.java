package io.github.spawnproof.rules.childoutputnotdrained;

import com.google.auto.service.AutoService;
import io.github.spawnproof.java.Hazard;
import io.github.spawnproof.java.JavaUnit;
import io.github.spawnproof.rule.Fault;
import io.github.spawnproof.rule.HazardFaults;
import io.github.spawnproof.rule.JavaRule;
import io.github.spawnproof.rule.Rule;
import java.util.function.Consumer;

/** Child processes whose output nobody reads; see {@code child-output-not-drained.md}. */
@AutoService(Rule.class)
public final class ChildOutputNotDrained implements JavaRule {

    @Override
    public void check(JavaUnit unit, Consumer<Fault> faults) {
        HazardFaults.of(
                unit,
                Hazard.Kind.UNDRAINED_OUTPUT,
                hazard -> "the child stops when its output fills the pipe, and this waits for ever",
                faults);
    }
}
