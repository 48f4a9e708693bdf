package io.github.spawnproof.rules.jinapythonfileasuses;

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

/** Python files where Jina expects an Executor; see {@code jina-python-file-as-uses.md}. */
@AutoService(Rule.class)
public final class JinaPythonFileAsUses implements PythonRule {

    @Override
    public void check(PythonModule module, Consumer<Fault> faults) {
        for (LibraryArgument argument : module.libraryArguments()) {
            if (argument.problem() == Problem.PYTHON_FILE) {
                faults.accept(new Fault(
                                argument.range(),
                                "`%s` takes a class, its name or a YAML file, never a Python file"
                                        .formatted(argument.parameter()),
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
        // Unsafe: the file may hold more than one class that could be meant.
        return argument.edits().isEmpty()
                ? List.of()
                : List.of(new Fix("Name the class", Applicability.UNSAFE, argument.edits()));
    }
}
