package io.github.spawnproof.rules.unpicklablereturn;

import com.google.auto.service.AutoService;
import io.github.spawnproof.boundary.Misuse;
import io.github.spawnproof.python.PythonModule;
import io.github.spawnproof.rule.Fault;
import io.github.spawnproof.rule.MisuseFaults;
import io.github.spawnproof.rule.PythonRule;
import io.github.spawnproof.rule.Rule;
import java.util.function.Consumer;

/** Results of tasks that no pickle carries back; see {@code unpicklable-return.md}. */
@AutoService(Rule.class)
public final class UnpicklableReturn implements PythonRule {

    @Override
    public void check(PythonModule module, Consumer<Fault> faults) {
        MisuseFaults.of(
                module,
                Misuse.Kind.UNPICKLABLE_RETURN,
                misuse -> "`%s` pickles the result, but %s cannot be pickled".formatted(misuse.api(), misuse.what()),
                faults);
    }
}
