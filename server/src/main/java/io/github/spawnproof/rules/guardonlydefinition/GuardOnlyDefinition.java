package io.github.spawnproof.rules.guardonlydefinition;

import com.google.auto.service.AutoService;
import io.github.spawnproof.boundary.ChildRead;
import io.github.spawnproof.boundary.Crossing;
import io.github.spawnproof.python.PythonModule;
import io.github.spawnproof.rule.CrossingFaults;
import io.github.spawnproof.rule.Fault;
import io.github.spawnproof.rule.Impact;
import io.github.spawnproof.rule.PythonRule;
import io.github.spawnproof.rule.Rule;
import java.util.function.Consumer;

/** Names that only the program itself has, needed in a child process; see {@code guard-only-definition.md}. */
@AutoService(Rule.class)
public final class GuardOnlyDefinition implements PythonRule {

    @Override
    public void check(PythonModule module, Consumer<Fault> faults) {
        CrossingFaults.of(
                module,
                Crossing.Kind.MAIN_ONLY,
                crossing -> "A child process has no `%s`, which is defined only under the main guard"
                        .formatted(crossing.what()),
                faults);
        for (ChildRead read : module.childReads()) {
            faults.accept(new Fault(
                    read.range(),
                    "A child process runs this, but `%s` gets its value only under the main guard"
                            .formatted(read.name()),
                    Impact.failsWithoutFork(read.choice()),
                    read.related(),
                    read.fixes()));
        }
    }
}
