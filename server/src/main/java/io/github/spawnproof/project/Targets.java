package io.github.spawnproof.project;

import io.github.spawnproof.boundary.OperatingSystem;
import io.github.spawnproof.boundary.PythonVersion;
import io.github.spawnproof.boundary.Target;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;

/**
 * The environments that a project's code is judged for: every system with every version.
 *
 * @param systems in the order of the enum, not empty
 * @param versions ascending, not empty
 */
public record Targets(List<OperatingSystem> systems, List<PythonVersion> versions) {

    public Targets {
        if (systems.isEmpty() || versions.isEmpty()) {
            throw new IllegalArgumentException("no targets: " + systems + " " + versions);
        }
        systems = List.copyOf(new TreeSet<>(systems));
        versions = List.copyOf(new TreeSet<>(versions));
    }

    public static Targets byDefault() {
        return new Targets(List.of(OperatingSystem.values()), PythonVersion.byDefault());
    }

    public List<Target> all() {
        List<Target> all = new ArrayList<>();
        for (OperatingSystem system : systems) {
            for (PythonVersion version : versions) {
                all.add(new Target(system, version));
            }
        }
        return all;
    }
}
