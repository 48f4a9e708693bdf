package io.github.spawnproof.rules.unpicklableexception;

import com.google.auto.service.AutoService;
import io.github.spawnproof.boundary.Misuse;
import io.github.spawnproof.python.PythonModule;
import io.github.spawnproof.rule.Fault;
import io.github.spawnproof.rule.MisuseFaults;
import io.github.spawnproof.rule.PythonRule;
import io.github.spawnproof.rule.Rule;
import java.util.function.Consumer;

/** Exceptions of tasks that the parent cannot make again; see {@code unpicklable-exception.md}. */
@AutoService(Rule.class)
public final class UnpicklableException implements PythonRule {

    @Override
    public void check(PythonModule module, Consumer<Fault> faults) {
        MisuseFaults.of(
                module,
                Misuse.Kind.UNPICKLABLE_EXCEPTION,
                misuse -> "the parent cannot make this exception again: its `args` do not fit `__init__`",
                faults);
    }
}
