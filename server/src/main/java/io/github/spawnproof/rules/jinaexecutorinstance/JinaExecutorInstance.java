package io.github.spawnproof.rules.jinaexecutorinstance;

import com.google.auto.service.AutoService;
import io.github.spawnproof.boundary.Boundary;
import io.github.spawnproof.boundary.LibraryArgument;
import io.github.spawnproof.boundary.LibraryArgument.Problem;
import io.github.spawnproof.boundary.Role;
import io.github.spawnproof.finding.Applicability;
import io.github.spawnproof.finding.Fix;
import io.github.spawnproof.python.PythonModule;
import io.github.spawnproof.rule.Fault;
import io.github.spawnproof.rule.Impact;
import io.github.spawnproof.rule.PythonRule;
import io.github.spawnproof.rule.Rule;
import java.util.List;
import java.util.function.Consumer;

/** Objects where Jina expects a class; see {@code jina-executor-instance.md}. */
@AutoService(Rule.class)
public final class JinaExecutorInstance implements PythonRule {

    @Override
    public void check(PythonModule module, Consumer<Fault> faults) {
        for (LibraryArgument argument : module.libraryArguments()) {
            if (argument.problem() == Problem.INSTANCE) {
                faults.accept(new Fault(
                                argument.range(),
                                "`%s` takes the class, not an object of it".formatted(argument.parameter()),
                                Impact.failsAlways(),
                                argument.related(),
                                fixes(argument))
                        .assuming(argument.assumed()));
            }
        }
    }

    @Override
    public boolean concerns(Boundary boundary) {
        return boundary.parameters().stream().anyMatch(parameter -> parameter.role() == Role.EXECUTOR);
    }

    private static List<Fix> fixes(LibraryArgument argument) {
        return argument.edits().isEmpty()
                ? List.of()
                : List.of(new Fix(
                        "Pass the class",
                        argument.editsAreSafe() ? Applicability.SAFE : Applicability.UNSAFE,
                        argument.edits()));
    }
}
