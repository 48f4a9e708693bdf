package io.github.spawnproof.rule;

import io.github.spawnproof.boundary.Crossing;
import io.github.spawnproof.python.PythonModule;
import java.util.function.Consumer;
import java.util.function.Function;

/** The faults of rules about one kind of crossing. */
public final class CrossingFaults {

    private CrossingFaults() {}

    /** States a fault for each crossing of a kind. */
    public static void of(
            PythonModule module, Crossing.Kind kind, Function<Crossing, String> message, Consumer<Fault> faults) {
        for (Crossing crossing : module.crossings()) {
            if (crossing.kind() == kind) {
                faults.accept(new Fault(
                        crossing.range(),
                        message.apply(crossing),
                        crossing.onlyWithoutFork()
                                ? Impact.failsWithoutFork(crossing.choice())
                                : Impact.failsAlways().notOn(crossing.choice().absentFrom()),
                        crossing.related(),
                        crossing.fixes()));
            }
        }
    }
}
