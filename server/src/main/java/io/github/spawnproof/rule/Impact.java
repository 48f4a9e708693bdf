package io.github.spawnproof.rule;

import io.github.spawnproof.boundary.Consequence;
import io.github.spawnproof.boundary.OperatingSystem;
import io.github.spawnproof.boundary.PythonVersion;
import io.github.spawnproof.boundary.StartMethod;
import io.github.spawnproof.boundary.StartMethodChoice;
import io.github.spawnproof.boundary.Target;
import java.util.EnumSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Where and how badly a fault hits; severity follows from it and from the targets.
 *
 * @param consequence what happens there
 * @param under the start methods under which it happens
 * @param choice which start methods the code can run with
 * @param systems the systems on which it happens
 * @param servers the fork servers with which it happens, if it does so under forkserver
 * @param otherwise what happens if no target is hit; null for nothing
 */
public record Impact(
        Consequence consequence,
        Set<StartMethod> under,
        StartMethodChoice choice,
        Set<OperatingSystem> systems,
        Servers servers,
        @Nullable Impact otherwise) {

    /** Fork servers by what they do with the main module. */
    public enum Servers {
        ALL,
        /** Since Python 3.14 the server imports the main module itself, once, and children fork from it. */
        THAT_IMPORT_MAIN,
        /** Before, each child imported it after it was forked. */
        THAT_LEAVE_MAIN_TO_CHILDREN
    }

    private static final Set<StartMethod> ALL = Set.of(StartMethod.values());
    private static final Set<OperatingSystem> EVERYWHERE = Set.of(OperatingSystem.values());
    private static final PythonVersion SERVER_IMPORTS_MAIN = new PythonVersion(3, 14);

    public Impact {
        under = Set.copyOf(under);
        systems = Set.copyOf(systems);
    }

    public Impact(Consequence consequence, Set<StartMethod> under, StartMethodChoice choice) {
        this(consequence, under, choice, EVERYWHERE, Servers.ALL, null);
    }

    /** A fault that has a consequence under every start method. */
    public static Impact always(Consequence consequence) {
        return new Impact(consequence, ALL, StartMethodChoice.PLATFORM_DEFAULT);
    }

    /** A fault that raises, dies or hangs under every start method. */
    public static Impact failsAlways() {
        return always(Consequence.FAILS);
    }

    /** A fault that raises, dies or hangs where code and data reach the child by pickle and a new import of main. */
    public static Impact failsWithoutFork(StartMethodChoice choice) {
        return new Impact(Consequence.FAILS, EnumSet.of(StartMethod.SPAWN, StartMethod.FORKSERVER), choice);
    }

    /** A fault that raises, dies or hangs in children that are forked. */
    public static Impact failsUnderFork(StartMethodChoice choice) {
        return new Impact(Consequence.FAILS, EnumSet.of(StartMethod.FORK), choice);
    }

    /** A fault that goes on wrongly or without effect under every start method. */
    public static Impact misbehavesAlways() {
        return always(Consequence.MISBEHAVES);
    }

    /** A fault that is only worth knowing, wherever the code runs. */
    public static Impact remark() {
        return always(Consequence.REMARK);
    }

    /** Returns the same impact of code that may not be what it looks like: only worth knowing. */
    public Impact assuming() {
        return new Impact(Consequence.REMARK, under, choice, systems, servers, otherwise);
    }

    /** Returns this impact for a fault that hits on some systems only. */
    public Impact on(OperatingSystem... some) {
        return new Impact(consequence, under, choice, Set.of(some), servers, otherwise);
    }

    /** Returns this impact for code that does not run on some targets. */
    public Impact notOn(Set<Target> targets) {
        return new Impact(
                consequence,
                under,
                choice.notOn(targets),
                systems,
                servers,
                otherwise == null ? null : otherwise.notOn(targets));
    }

    /** Returns this impact for a fault that forkserver has with some servers only. */
    public Impact with(Servers some) {
        return new Impact(consequence, under, choice, systems, some, otherwise);
    }

    /** Returns this impact for a fault that does something milder where it does not do this. */
    public Impact or(Impact milder) {
        return new Impact(consequence, under, choice, systems, servers, milder);
    }

    /** Tells whether the fault happens on a target with each of the start methods. */
    public boolean hits(Target target, Set<StartMethod> possible) {
        return systems.contains(target.system())
                && under.containsAll(possible)
                && (!possible.contains(StartMethod.FORKSERVER) || hits(target.version()));
    }

    private boolean hits(PythonVersion version) {
        boolean importsMain = version.compareTo(SERVER_IMPORTS_MAIN) >= 0;
        return servers == Servers.ALL || importsMain == (servers == Servers.THAT_IMPORT_MAIN);
    }

    /** Tells whether neither the start method nor the target plays a part. */
    public boolean isEverywhere() {
        return under.equals(ALL) && systems.equals(EVERYWHERE) && servers == Servers.ALL;
    }
}
