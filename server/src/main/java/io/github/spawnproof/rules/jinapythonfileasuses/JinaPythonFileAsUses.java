package io.github.spawnproof.rules.jinapythonfileasuses;

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
import io.github.spawnproof.rule.YamlRule;
import io.github.spawnproof.yaml.YamlFile;
import java.util.Set;
import java.util.function.Consumer;

/** Python files where Jina expects an Executor; see {@code jina-python-file-as-uses.md}. */
@AutoService(Rule.class)
public final class JinaPythonFileAsUses implements PythonRule, YamlRule {

    // The fix is unsafe: the file may hold more than one class that could be meant.
    private static final ArgumentFaults FAULTS = new ArgumentFaults(
            Set.of(Problem.PYTHON_FILE),
            argument ->
                    "`%s` takes a class, its name or a YAML file, never a Python file".formatted(argument.parameter()),
            argument -> Impact.failsAlways(),
            "Name the class");

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
        return boundary.parameters().stream().anyMatch(parameter -> parameter.role() == Role.EXECUTOR);
    }
}
