package io.github.spawnproof.rules.localclasscrossesprocess;

import com.google.auto.service.AutoService;
import io.github.spawnproof.boundary.Crossing;
import io.github.spawnproof.python.PythonModule;
import io.github.spawnproof.rule.CrossingFaults;
import io.github.spawnproof.rule.Fault;
import io.github.spawnproof.rule.PythonRule;
import io.github.spawnproof.rule.Rule;
import java.util.function.Consumer;

/** Classes defined inside a function, or instances of them, sent to another process; see {@code local-class-crosses-process.md}. */
@AutoService(Rule.class)
public final class LocalClassCrossesProcess implements PythonRule {

    @Override
    public void check(PythonModule module, Consumer<Fault> faults) {
        CrossingFaults.of(
                module,
                Crossing.Kind.LOCAL_CLASS,
                crossing -> "`%s` pickles this, but %s cannot be pickled".formatted(crossing.api(), crossing.what()),
                faults);
    }
}
