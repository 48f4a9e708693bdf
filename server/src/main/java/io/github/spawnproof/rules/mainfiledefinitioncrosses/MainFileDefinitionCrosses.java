package io.github.spawnproof.rules.mainfiledefinitioncrosses;

import com.google.auto.service.AutoService;
import io.github.spawnproof.boundary.Crossing;
import io.github.spawnproof.python.PythonModule;
import io.github.spawnproof.rule.CrossingFaults;
import io.github.spawnproof.rule.Fault;
import io.github.spawnproof.rule.PythonRule;
import io.github.spawnproof.rule.Rule;
import java.util.function.Consumer;

/** Definitions of a package's {@code __main__.py}, sent to another process; see {@code main-file-definition-crosses.md}. */
@AutoService(Rule.class)
public final class MainFileDefinitionCrosses implements PythonRule {

    @Override
    public void check(PythonModule module, Consumer<Fault> faults) {
        CrossingFaults.of(
                module,
                Crossing.Kind.PACKAGE_MAIN,
                crossing ->
                        "A child process never imports this file again, so it has no `%s`".formatted(crossing.what()),
                faults);
    }
}
