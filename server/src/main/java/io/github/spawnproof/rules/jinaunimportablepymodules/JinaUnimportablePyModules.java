package io.github.spawnproof.rules.jinaunimportablepymodules;

import com.google.auto.service.AutoService;
import io.github.spawnproof.boundary.LibraryArgument.Problem;
import io.github.spawnproof.rule.ArgumentFaults;
import io.github.spawnproof.rule.Fault;
import io.github.spawnproof.rule.Impact;
import io.github.spawnproof.rule.Rule;
import io.github.spawnproof.rule.YamlRule;
import io.github.spawnproof.yaml.YamlFile;
import java.util.Set;
import java.util.function.Consumer;

/** Modules that only the parent can load from their files; see {@code jina-unimportable-py-modules.md}. */
@AutoService(Rule.class)
public final class JinaUnimportablePyModules implements YamlRule {

    private static final ArgumentFaults FAULTS = new ArgumentFaults(
            Set.of(Problem.UNIMPORTABLE),
            argument -> "Only the parent loads this file, and a spawned child cannot import it by its name",
            argument -> Impact.failsWithoutFork(argument.choice()),
            "Move the module to the Executor's file");

    @Override
    public void check(YamlFile file, Consumer<Fault> faults) {
        FAULTS.of(file, faults);
    }

    @Override
    public boolean concernsKey(String name) {
        return name.equals("py_modules");
    }
}
