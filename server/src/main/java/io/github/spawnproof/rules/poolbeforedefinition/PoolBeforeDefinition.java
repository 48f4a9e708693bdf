package io.github.spawnproof.rules.poolbeforedefinition;

import com.google.auto.service.AutoService;
import io.github.spawnproof.boundary.Misuse;
import io.github.spawnproof.python.PythonModule;
import io.github.spawnproof.rule.Fault;
import io.github.spawnproof.rule.MisuseFaults;
import io.github.spawnproof.rule.PythonRule;
import io.github.spawnproof.rule.Rule;
import java.util.function.Consumer;

/** Tasks that the workers of a pool do not have, being older; see {@code pool-before-definition.md}. */
@AutoService(Rule.class)
public final class PoolBeforeDefinition implements PythonRule {

    @Override
    public void check(PythonModule module, Consumer<Fault> faults) {
        MisuseFaults.of(
                module,
                Misuse.Kind.POOL_BEFORE_DEFINITION,
                misuse ->
                        "the workers do not have `%s`, which is defined only after they began".formatted(misuse.what()),
                faults);
    }
}
