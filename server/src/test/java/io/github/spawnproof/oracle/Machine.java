package io.github.spawnproof.oracle;

import io.github.spawnproof.boundary.OperatingSystem;
import io.github.spawnproof.boundary.PythonVersion;
import io.github.spawnproof.boundary.StartMethod;
import io.github.spawnproof.project.Project;
import io.github.spawnproof.project.Settings;
import io.github.spawnproof.project.Targets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Where a program is run, and the project settings that stand for exactly that place. */
enum Machine {
    LINUX(OperatingSystem.LINUX, "fork", null),
    LINUX_SPAWN(OperatingSystem.LINUX, "spawn", StartMethod.SPAWN),
    LINUX_FORKSERVER(OperatingSystem.LINUX, "forkserver", StartMethod.FORKSERVER),
    WINDOWS(OperatingSystem.WINDOWS, "windows", null),
    /** Importing Jina chooses fork there: on this system, its variable does the same. */
    MACOS_WITH_JINA(OperatingSystem.MACOS, "spawn", null),
    NEW_LINUX(OperatingSystem.LINUX, "native", null),
    NEW_LINUX_SPAWN(OperatingSystem.LINUX, "spawn", StartMethod.SPAWN),
    NEW_WINDOWS(OperatingSystem.WINDOWS, "windows", null);

    /** The start method that is the platform's default there, as {@code run_snippet.py} names it. */
    final String method;

    final OperatingSystem system;
    private final StartMethod chosen;

    Machine(OperatingSystem system, String method, StartMethod chosen) {
        this.system = system;
        this.method = method;
        this.chosen = chosen;
    }

    /** Whether everything is run everywhere, as {@code scripts/oracle --all} does. */
    static final boolean ALL = Boolean.getBoolean("spawnproof.oracle.all");

    /** Returns where programs are run: the places that differ most, or all if somebody asked for them. */
    static List<Machine> chosen() {
        return ALL ? List.of(values()) : List.of(LINUX, WINDOWS, NEW_LINUX);
    }

    /** Returns the interpreter that has some packages there; empty if there is none. */
    Optional<Oracle> oracle(List<String> packages) {
        if (name().startsWith("NEW_")) {
            return packages.isEmpty() ? Optional.of(Oracle.of("spawnproof.python314")) : Optional.empty();
        } else if (this == MACOS_WITH_JINA && !packages.contains("jina")) {
            return Optional.empty();
        } else if (packages.contains("torch")) {
            return Oracle.ifThere("spawnproof.python.torch");
        }
        return Optional.of(Oracle.of(packages.isEmpty() ? "spawnproof.python" : "spawnproof.python.packages"));
    }

    /**
     * Returns a program whose questions for the platform are answered as they would be there, and which stops serving at
     * once: Jina's servers serve until somebody stops them.
     */
    String asThere(String program) {
        String brief = program.replace(
                ".block()", ".block(stop_event=(lambda event: event.set() or event)(__import__('threading').Event()))");
        return system != OperatingSystem.WINDOWS
                ? brief
                : brief.replaceAll("\\bsys\\.platform\\b", "'win32'")
                        .replaceAll("\\bos\\.name\\b", "'nt'")
                        .replaceAll("\\bplatform\\.system\\(\\)", "'Windows'");
    }

    Map<String, String> environment() {
        return this == MACOS_WITH_JINA ? Map.of("JINA_MP_START_METHOD", "fork") : Map.of();
    }

    /** Returns a project that is judged for this place alone. */
    Project project(PythonVersion version) {
        return new Project(
                new Settings(
                        Set.of(),
                        Set.of(),
                        Settings.DEFAULT.minSeverity(),
                        List.of(system),
                        List.of(version),
                        Optional.ofNullable(chosen),
                        List.of()),
                new Targets(List.of(system), List.of(version)));
    }
}
