package io.github.spawnproof.rules.jinamissingpath;

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

/** Paths of files that no folder of the project has; see {@code jina-missing-path.md}. */
@AutoService(Rule.class)
public final class JinaMissingPath implements YamlRule {

    // The fix is unsafe: a name that is nearly the same is a guess.
    private static final ArgumentFaults FAULTS = new ArgumentFaults(
            Set.of(Problem.MISSING),
            argument -> "No folder of this project has the file that `%s` names".formatted(argument.parameter()),
            argument -> Impact.failsAlways(),
            "Take the file of nearly the same name");

    @Override
    public void check(YamlFile file, Consumer<Fault> faults) {
        FAULTS.of(file, faults);
    }
}
