package io.github.spawnproof.rule;

import io.github.spawnproof.java.Hazard;
import io.github.spawnproof.java.JavaUnit;
import java.util.function.Consumer;
import java.util.function.Function;

/** The faults of rules about one kind of hazard in Java code. */
public final class HazardFaults {

    private HazardFaults() {}

    /** States a fault for each hazard of a kind. */
    public static void of(JavaUnit unit, Hazard.Kind kind, Function<Hazard, String> message, Consumer<Fault> faults) {
        for (Hazard hazard : unit.hazards()) {
            if (hazard.kind() == kind) {
                faults.accept(new Fault(
                        hazard.range(),
                        message.apply(hazard),
                        Impact.always(hazard.consequence()),
                        hazard.related(),
                        hazard.fixes()));
            }
        }
    }
}
