package io.github.spawnproof.rules.managergarbagecollected;

import com.google.auto.service.AutoService;
import io.github.spawnproof.boundary.Misuse;
import io.github.spawnproof.python.PythonModule;
import io.github.spawnproof.rule.Fault;
import io.github.spawnproof.rule.MisuseFaults;
import io.github.spawnproof.rule.PythonRule;
import io.github.spawnproof.rule.Rule;
import java.util.function.Consumer;

/** Proxies that outlive their manager; see {@code manager-garbage-collected.md}. */
@AutoService(Rule.class)
public final class ManagerGarbageCollected implements PythonRule {

    @Override
    public void check(PythonModule module, Consumer<Fault> faults) {
        MisuseFaults.of(module, Misuse.Kind.MANAGER_GONE, Misuse::what, faults);
    }
}
