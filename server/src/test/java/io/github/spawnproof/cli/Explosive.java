package io.github.spawnproof.cli;

import io.github.spawnproof.python.PythonModule;
import io.github.spawnproof.rule.Fault;
import io.github.spawnproof.rule.PythonRule;
import java.util.function.Consumer;

/** A rule for tests that throws where the text says so. */
public final class Explosive implements PythonRule {

    @Override
    public void check(PythonModule module, Consumer<Fault> faults) {
        if (module.source().text().contains("BOOM")) {
            throw new IllegalStateException("boom");
        }
    }
}
