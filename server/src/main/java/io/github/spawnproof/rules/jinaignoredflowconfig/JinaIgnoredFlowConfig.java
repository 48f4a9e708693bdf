package io.github.spawnproof.rules.jinaignoredflowconfig;

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

/** Configurations that a Flow accepts and ignores; see {@code jina-ignored-flow-config.md}. */
@AutoService(Rule.class)
public final class JinaIgnoredFlowConfig implements PythonRule {

    @Override
    public void check(PythonModule module, Consumer<Fault> faults) {
        for (LibraryArgument argument : module.libraryArguments()) {
            if (argument.problem() == Problem.IGNORED) {
                faults.accept(new Fault(
                                argument.range(),
                                "`%s` ignores `%s`: nothing is loaded".formatted(argument.api(), argument.parameter()),
                                Impact.misbehaves(),
                                argument.related(),
                                fixes(argument))
                        .assuming(argument.assumed()));
            }
        }
    }

    @Override
    public boolean concerns(Boundary boundary) {
        return boundary.parameters().stream().anyMatch(parameter -> parameter.role() == Role.IGNORED);
    }

    private static List<Fix> fixes(LibraryArgument argument) {
        // Unsafe: the program starts what the configuration says, which it never did before.
        return argument.edits().isEmpty()
                ? List.of()
                : List.of(new Fix("Load the configuration", Applicability.UNSAFE, argument.edits()));
    }
}
