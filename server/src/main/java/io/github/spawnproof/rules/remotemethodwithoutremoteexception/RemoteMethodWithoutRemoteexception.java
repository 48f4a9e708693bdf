package io.github.spawnproof.rules.remotemethodwithoutremoteexception;

import com.google.auto.service.AutoService;
import io.github.spawnproof.java.Hazard;
import io.github.spawnproof.java.JavaUnit;
import io.github.spawnproof.rule.Fault;
import io.github.spawnproof.rule.HazardFaults;
import io.github.spawnproof.rule.JavaRule;
import io.github.spawnproof.rule.Rule;
import java.util.function.Consumer;

/** Methods of remote interfaces that do not say that they can fail; see {@code remote-method-without-remoteexception.md}. */
@AutoService(Rule.class)
public final class RemoteMethodWithoutRemoteexception implements JavaRule {

    @Override
    public void check(JavaUnit unit, Consumer<Fault> faults) {
        HazardFaults.of(
                unit,
                Hazard.Kind.REMOTE_METHOD,
                hazard -> "`%s` does not throw `RemoteException`, so `%s` cannot be exported"
                        .formatted(hazard.name(), hazard.type()),
                faults);
    }
}
