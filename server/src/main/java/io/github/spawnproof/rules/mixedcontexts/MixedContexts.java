package io.github.spawnproof.rules.mixedcontexts;

import com.google.auto.service.AutoService;
import io.github.spawnproof.boundary.Misuse;
import io.github.spawnproof.python.PythonModule;
import io.github.spawnproof.rule.Fault;
import io.github.spawnproof.rule.MisuseFaults;
import io.github.spawnproof.rule.PythonRule;
import io.github.spawnproof.rule.Rule;
import java.util.function.Consumer;

/** Locks and queues given to processes of another context; see {@code mixed-contexts.md}. */
@AutoService(Rule.class)
public final class MixedContexts implements PythonRule {

    @Override
    public void check(PythonModule module, Consumer<Fault> faults) {
        MisuseFaults.of(
                module,
                Misuse.Kind.MIXED_CONTEXTS,
                misuse -> "this `%s` is of a context that forks, the process of one that does not"
                        .formatted(misuse.what()),
                faults);
    }
}
