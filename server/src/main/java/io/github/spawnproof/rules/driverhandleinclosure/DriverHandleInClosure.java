package io.github.spawnproof.rules.driverhandleinclosure;

import com.google.auto.service.AutoService;
import io.github.spawnproof.java.Hazard;
import io.github.spawnproof.java.JavaUnit;
import io.github.spawnproof.rule.Fault;
import io.github.spawnproof.rule.HazardFaults;
import io.github.spawnproof.rule.JavaRule;
import io.github.spawnproof.rule.Rule;
import java.util.function.Consumer;

/** Closures that use what only the driver has; see {@code driver-handle-in-closure.md}. */
@AutoService(Rule.class)
public final class DriverHandleInClosure implements JavaRule {

    @Override
    public void check(JavaUnit unit, Consumer<Fault> faults) {
        HazardFaults.of(
                unit,
                Hazard.Kind.DRIVER_HANDLE,
                hazard -> "`%s` is a `%s`, which only the driver can use".formatted(hazard.name(), hazard.type()),
                faults);
    }
}
