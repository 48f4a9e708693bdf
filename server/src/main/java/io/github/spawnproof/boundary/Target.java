package io.github.spawnproof.boundary;

import java.util.LinkedHashSet;
import java.util.Set;

/** One environment that the code is meant to run in. */
public record Target(OperatingSystem system, PythonVersion version) {

    // docs.python.org/3/whatsnew/3.14.html: forkserver is the default on Unix platforms other than macOS.
    private static final PythonVersion FORKSERVER_BY_DEFAULT = new PythonVersion(3, 14);

    /** Returns the start method that Python takes when nobody chooses one. */
    public StartMethod defaultStartMethod() {
        if (system != OperatingSystem.LINUX) {
            return StartMethod.SPAWN;
        }
        return version.compareTo(FORKSERVER_BY_DEFAULT) < 0 ? StartMethod.FORK : StartMethod.FORKSERVER;
    }

    /** Returns the start methods that exist there. */
    public Set<StartMethod> availableStartMethods() {
        return system == OperatingSystem.WINDOWS
                ? Set.of(StartMethod.SPAWN)
                : Set.of(StartMethod.FORK, StartMethod.SPAWN, StartMethod.FORKSERVER);
    }

    /** Returns every environment that is known. */
    public static Set<Target> known() {
        Set<Target> known = new LinkedHashSet<>();
        for (OperatingSystem system : OperatingSystem.values()) {
            PythonVersion.known().forEach(version -> known.add(new Target(system, version)));
        }
        return known;
    }
}
