package io.github.spawnproof.rules.daemonspawnschildren;

import com.google.auto.service.AutoService;
import io.github.spawnproof.boundary.Misuse;
import io.github.spawnproof.python.PythonModule;
import io.github.spawnproof.rule.Fault;
import io.github.spawnproof.rule.MisuseFaults;
import io.github.spawnproof.rule.PythonRule;
import io.github.spawnproof.rule.Rule;
import java.util.function.Consumer;

/** Processes that a daemon starts, which may have none; see {@code daemon-spawns-children.md}. */
@AutoService(Rule.class)
public final class DaemonSpawnsChildren implements PythonRule {

    @Override
    public void check(PythonModule module, Consumer<Fault> faults) {
        MisuseFaults.of(
                module,
                Misuse.Kind.DAEMON_SPAWNS,
                misuse -> "`%s` raises here, since it runs in a daemon, which may have no children"
                        .formatted(misuse.api()),
                faults);
    }
}
