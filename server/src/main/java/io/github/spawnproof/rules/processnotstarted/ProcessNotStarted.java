package io.github.spawnproof.rules.processnotstarted;

import com.google.auto.service.AutoService;
import io.github.spawnproof.boundary.Misuse;
import io.github.spawnproof.python.PythonModule;
import io.github.spawnproof.rule.Fault;
import io.github.spawnproof.rule.MisuseFaults;
import io.github.spawnproof.rule.PythonRule;
import io.github.spawnproof.rule.Rule;
import java.util.function.Consumer;

/** Processes that are made and never started; see {@code process-not-started.md}. */
@AutoService(Rule.class)
public final class ProcessNotStarted implements PythonRule {

    @Override
    public void check(PythonModule module, Consumer<Fault> faults) {
        MisuseFaults.of(module, Misuse.Kind.NOT_STARTED, Misuse::what, faults);
    }
}
