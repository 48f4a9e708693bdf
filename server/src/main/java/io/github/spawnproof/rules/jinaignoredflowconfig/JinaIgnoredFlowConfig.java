package io.github.spawnproof.rules.jinaignoredflowconfig;

import com.google.auto.service.AutoService;
import io.github.spawnproof.boundary.Boundary;
import io.github.spawnproof.boundary.LibraryArgument.Problem;
import io.github.spawnproof.boundary.Role;
import io.github.spawnproof.python.PythonModule;
import io.github.spawnproof.rule.ArgumentFaults;
import io.github.spawnproof.rule.Fault;
import io.github.spawnproof.rule.Impact;
import io.github.spawnproof.rule.PythonRule;
import io.github.spawnproof.rule.Rule;
import java.util.Set;
import java.util.function.Consumer;

/** Configurations that a Flow accepts and ignores; see {@code jina-ignored-flow-config.md}. */
@AutoService(Rule.class)
public final class JinaIgnoredFlowConfig implements PythonRule {

    // The fix is unsafe: the program starts what the configuration says, which it never did before.
    private static final ArgumentFaults FAULTS = new ArgumentFaults(
            Set.of(Problem.IGNORED),
            argument -> "`%s` ignores `%s`: nothing is loaded".formatted(argument.api(), argument.parameter()),
            argument -> Impact.misbehavesAlways(),
            "Load the configuration");

    @Override
    public void check(PythonModule module, Consumer<Fault> faults) {
        FAULTS.of(module, faults);
    }

    @Override
    public boolean concerns(Boundary boundary) {
        return boundary.parameters().stream().anyMatch(parameter -> parameter.role() == Role.IGNORED);
    }
}
