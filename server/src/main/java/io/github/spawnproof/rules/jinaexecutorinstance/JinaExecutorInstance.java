package io.github.spawnproof.rules.jinaexecutorinstance;

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

/** Objects where Jina expects a class; see {@code jina-executor-instance.md}. */
@AutoService(Rule.class)
public final class JinaExecutorInstance implements PythonRule {

    private static final ArgumentFaults FAULTS = new ArgumentFaults(
            Set.of(Problem.INSTANCE),
            argument -> "`%s` takes the class, not an object of it".formatted(argument.parameter()),
            argument -> Impact.failsAlways(),
            "Pass the class");

    @Override
    public void check(PythonModule module, Consumer<Fault> faults) {
        FAULTS.of(module, faults);
    }

    @Override
    public boolean concerns(Boundary boundary) {
        return boundary.parameters().stream().anyMatch(parameter -> parameter.role() == Role.EXECUTOR);
    }
}
