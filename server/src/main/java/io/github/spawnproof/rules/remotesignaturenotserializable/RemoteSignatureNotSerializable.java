package io.github.spawnproof.rules.remotesignaturenotserializable;

import com.google.auto.service.AutoService;
import io.github.spawnproof.java.Hazard;
import io.github.spawnproof.java.JavaUnit;
import io.github.spawnproof.rule.Fault;
import io.github.spawnproof.rule.HazardFaults;
import io.github.spawnproof.rule.JavaRule;
import io.github.spawnproof.rule.Rule;
import java.util.function.Consumer;

/** Parameters and results of remote methods that cannot cross; see {@code remote-signature-not-serializable.md}. */
@AutoService(Rule.class)
public final class RemoteSignatureNotSerializable implements JavaRule {

    @Override
    public void check(JavaUnit unit, Consumer<Fault> faults) {
        HazardFaults.of(
                unit,
                Hazard.Kind.REMOTE_SIGNATURE,
                hazard -> "`%s` sends `%s`, which is neither Serializable nor Remote"
                        .formatted(hazard.name(), hazard.type()),
                faults);
    }
}
