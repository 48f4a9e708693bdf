package io.github.spawnproof.rule;

import io.github.spawnproof.boundary.StartMethod;
import io.github.spawnproof.boundary.StartMethodChoice;
import java.util.EnumSet;
import java.util.Set;

/**
 * Where and how badly a fault hits; severity follows from it and from the targets.
 *
 * @param consequence what happens there
 * @param under the start methods under which it happens
 * @param choice which start methods the code can run with
 */
public record Impact(Consequence consequence, Set<StartMethod> under, StartMethodChoice choice) {

    /** What a fault does. */
    public enum Consequence {
        /** Raises, dies or hangs. */
        FAILS,
        /** Goes on, but wrongly or without effect. */
        MISBEHAVES,
        /** Depends on data, timing or place, or is only worth knowing. */
        REMARK
    }

    private static final Set<StartMethod> ALL = Set.of(StartMethod.values());

    public Impact {
        under = Set.copyOf(under);
    }

    /** A fault that raises, dies or hangs under every start method. */
    public static Impact failsAlways() {
        return new Impact(Consequence.FAILS, ALL, StartMethodChoice.PLATFORM_DEFAULT);
    }

    /** A fault that raises, dies or hangs where code and data reach the child by pickle and a new import of main. */
    public static Impact failsWithoutFork(StartMethodChoice choice) {
        return new Impact(Consequence.FAILS, EnumSet.of(StartMethod.SPAWN, StartMethod.FORKSERVER), choice);
    }

    /** A fault that is only worth knowing, wherever the code runs. */
    public static Impact remark() {
        return new Impact(Consequence.REMARK, ALL, StartMethodChoice.PLATFORM_DEFAULT);
    }

    /** A fault that goes on, but wrongly or without effect, wherever the code runs. */
    public static Impact misbehaves() {
        return new Impact(Consequence.MISBEHAVES, ALL, StartMethodChoice.PLATFORM_DEFAULT);
    }

    /** Returns the same impact of code that may not be what it looks like: only worth knowing. */
    public Impact assuming() {
        return new Impact(Consequence.REMARK, under, choice);
    }

    /** Tells whether the start method plays no part. */
    public boolean isEverywhere() {
        return under.equals(ALL);
    }
}
