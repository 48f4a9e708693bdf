package io.github.spawnproof.rules.coroutinetarget;

import com.google.auto.service.AutoService;
import io.github.spawnproof.boundary.Misuse;
import io.github.spawnproof.python.PythonModule;
import io.github.spawnproof.rule.Fault;
import io.github.spawnproof.rule.MisuseFaults;
import io.github.spawnproof.rule.PythonRule;
import io.github.spawnproof.rule.Rule;
import java.util.function.Consumer;

/** Coroutine functions for another process, which only calls them; see {@code coroutine-target.md}. */
@AutoService(Rule.class)
public final class CoroutineTarget implements PythonRule {

    @Override
    public void check(PythonModule module, Consumer<Fault> faults) {
        MisuseFaults.of(module, Misuse.Kind.COROUTINE_TARGET, CoroutineTarget::message, faults);
    }

    private static String message(Misuse misuse) {
        return "`%s` does not run `%s`: calling it only makes a coroutine".formatted(misuse.api(), misuse.what());
    }
}
