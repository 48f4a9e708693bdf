package io.github.spawnproof.rule;

import io.github.spawnproof.boundary.Misuse;
import io.github.spawnproof.python.PythonModule;
import java.util.function.Consumer;
import java.util.function.Function;

/** The faults of rules about one kind of misuse. */
public final class MisuseFaults {

    private MisuseFaults() {}

    /** States a fault for each misuse of a kind. */
    public static void of(
            PythonModule module, Misuse.Kind kind, Function<Misuse, String> message, Consumer<Fault> faults) {
        for (Misuse misuse : module.misuses()) {
            if (misuse.kind() == kind) {
                faults.accept(new Fault(
                        misuse.range(),
                        message.apply(misuse),
                        new Impact(misuse.consequence(), misuse.under(), misuse.choice()),
                        misuse.related(),
                        misuse.fixes()));
            }
        }
    }
}
