package io.github.spawnproof.rules.jinarelativepath;

import com.google.auto.service.AutoService;
import io.github.spawnproof.boundary.Boundary;
import io.github.spawnproof.boundary.LibraryArgument;
import io.github.spawnproof.boundary.LibraryArgument.Problem;
import io.github.spawnproof.python.PythonModule;
import io.github.spawnproof.rule.ArgumentFaults;
import io.github.spawnproof.rule.Fault;
import io.github.spawnproof.rule.Impact;
import io.github.spawnproof.rule.PythonRule;
import io.github.spawnproof.rule.Rule;
import io.github.spawnproof.rule.YamlRule;
import io.github.spawnproof.yaml.YamlFile;
import java.util.Set;
import java.util.function.Consumer;

/** Relative paths handed to Jina; see {@code jina-relative-path.md}. */
@AutoService(Rule.class)
public final class JinaRelativePath implements PythonRule, YamlRule {

    // The fix is unsafe: who starts the program from another folder on purpose gets other files.
    private static final ArgumentFaults FAULTS = new ArgumentFaults(
            Set.of(Problem.RELATIVE_IN_CHILD, Problem.RELATIVE),
            JinaRelativePath::message,
            JinaRelativePath::impact,
            "Start from the folder of this file");

    @Override
    public void check(PythonModule module, Consumer<Fault> faults) {
        FAULTS.of(module, faults);
    }

    @Override
    public void check(YamlFile file, Consumer<Fault> faults) {
        FAULTS.of(file, faults);
    }

    @Override
    public boolean concerns(Boundary boundary) {
        return boundary.parameters().stream()
                .anyMatch(parameter ->
                        parameter.role() != null && parameter.role().namesFiles());
    }

    @Override
    public boolean concernsKey(String name) {
        return !name.equals("py_modules");
    }

    private static String message(LibraryArgument argument) {
        return argument.problem() == Problem.RELATIVE_IN_CHILD
                ? "The child finds the relative path in `%s` from the working directory only"
                        .formatted(argument.parameter())
                : "The relative path in `%s` depends on where the program is started".formatted(argument.parameter());
    }

    private static Impact impact(LibraryArgument argument) {
        // A forked child still searches the folders of the parent's call stack: jina.jaml.helper.complete_path.
        return argument.problem() == Problem.RELATIVE_IN_CHILD
                ? Impact.failsWithoutFork(argument.choice())
                : Impact.remark();
    }
}
