package io.github.spawnproof.rules.joinbeforedrain;

import com.google.auto.service.AutoService;
import io.github.spawnproof.boundary.Consequence;
import io.github.spawnproof.boundary.Misuse;
import io.github.spawnproof.python.PythonModule;
import io.github.spawnproof.rule.Fault;
import io.github.spawnproof.rule.MisuseFaults;
import io.github.spawnproof.rule.PythonRule;
import io.github.spawnproof.rule.Rule;
import java.util.function.Consumer;

/** Processes that are waited for before their queue is read; see {@code join-before-drain.md}. */
@AutoService(Rule.class)
public final class JoinBeforeDrain implements PythonRule {

    @Override
    public void check(PythonModule module, Consumer<Fault> faults) {
        MisuseFaults.of(module, Misuse.Kind.JOIN_BEFORE_DRAIN, JoinBeforeDrain::message, faults);
    }

    private static String message(Misuse misuse) {
        return (misuse.consequence() == Consequence.FAILS
                        ? "`%s` waits for ever: what fills `%s` cannot end before that is read"
                        : "`%s` waits for ever if `%s`, which is read only later, gets more than a pipe holds")
                .formatted(misuse.api(), misuse.what());
    }
}
