package io.github.spawnproof.rules.processmissingsuperinit;

import com.google.auto.service.AutoService;
import io.github.spawnproof.boundary.Misuse;
import io.github.spawnproof.python.PythonModule;
import io.github.spawnproof.rule.Fault;
import io.github.spawnproof.rule.MisuseFaults;
import io.github.spawnproof.rule.PythonRule;
import io.github.spawnproof.rule.Rule;
import java.util.function.Consumer;

/** Classes of processes without a call of the constructor that they inherit; see {@code process-missing-super-init.md}. */
@AutoService(Rule.class)
public final class ProcessMissingSuperInit implements PythonRule {

    @Override
    public void check(PythonModule module, Consumer<Fault> faults) {
        MisuseFaults.of(
                module,
                Misuse.Kind.MISSING_SUPER_INIT,
                misuse -> "`%s` does not call `super().__init__()`, so its `start` raises".formatted(misuse.what()),
                faults);
    }
}
