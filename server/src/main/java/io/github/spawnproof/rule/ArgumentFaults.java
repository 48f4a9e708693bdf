package io.github.spawnproof.rule;

import io.github.spawnproof.boundary.LibraryArgument;
import io.github.spawnproof.boundary.LibraryArgument.Problem;
import io.github.spawnproof.finding.Applicability;
import io.github.spawnproof.finding.Fix;
import io.github.spawnproof.python.PythonModule;
import io.github.spawnproof.yaml.YamlFile;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Function;

/**
 * The faults of rules about arguments of library calls.
 *
 * @param problems what the rule is about
 * @param message what goes wrong with an argument
 * @param impact where it goes wrong
 * @param title of the fix, where there is one
 */
public record ArgumentFaults(
        Set<Problem> problems,
        Function<LibraryArgument, String> message,
        Function<LibraryArgument, Impact> impact,
        String title) {

    public ArgumentFaults {
        problems = Set.copyOf(problems);
    }

    /** States a fault for each argument with one of the problems. */
    public void of(PythonModule module, Consumer<Fault> faults) {
        of(module.libraryArguments(), faults);
    }

    /** States a fault for each argument with one of the problems. */
    public void of(YamlFile file, Consumer<Fault> faults) {
        of(file.libraryArguments(), faults);
    }

    private void of(List<LibraryArgument> arguments, Consumer<Fault> faults) {
        for (LibraryArgument argument : arguments) {
            if (problems.contains(argument.problem())) {
                faults.accept(new Fault(
                                argument.range(),
                                message.apply(argument),
                                impact.apply(argument),
                                argument.related(),
                                Fix.ifAny(title, Applicability.of(argument.editsAreSafe()), argument.edits()))
                        .assuming(argument.assumed()));
            }
        }
    }
}
