package io.github.spawnproof.rules.namemangledcallable;

import com.google.auto.service.AutoService;
import io.github.spawnproof.boundary.Crossing;
import io.github.spawnproof.python.PythonModule;
import io.github.spawnproof.rule.CrossingFaults;
import io.github.spawnproof.rule.Fault;
import io.github.spawnproof.rule.PythonRule;
import io.github.spawnproof.rule.Rule;
import java.util.function.Consumer;

/** Methods with two leading underscores, sent to another process; see {@code name-mangled-callable.md}. */
@AutoService(Rule.class)
public final class NameMangledCallable implements PythonRule {

    @Override
    public void check(PythonModule module, Consumer<Fault> faults) {
        CrossingFaults.of(
                module,
                Crossing.Kind.NAME_MANGLED,
                crossing -> "`%s` pickles this as `%s`, but the method has a mangled name"
                        .formatted(crossing.api(), crossing.what()),
                faults);
    }
}
