package io.github.spawnproof.rules.targetcalled;

import com.google.auto.service.AutoService;
import io.github.spawnproof.boundary.Misuse;
import io.github.spawnproof.python.PythonModule;
import io.github.spawnproof.rule.Fault;
import io.github.spawnproof.rule.MisuseFaults;
import io.github.spawnproof.rule.PythonRule;
import io.github.spawnproof.rule.Rule;
import java.util.function.Consumer;

/** Functions that are called where another process was to call them; see {@code target-called.md}. */
@AutoService(Rule.class)
public final class TargetCalled implements PythonRule {

    @Override
    public void check(PythonModule module, Consumer<Fault> faults) {
        MisuseFaults.of(module, Misuse.Kind.TARGET_CALLED, TargetCalled::message, faults);
    }

    private static String message(Misuse misuse) {
        return "`%s` is called here, in this process; `%s` gets only its result".formatted(misuse.what(), misuse.api());
    }
}
