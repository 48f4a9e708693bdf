package io.github.spawnproof.workspace;

import io.github.spawnproof.boundary.OperatingSystem;
import io.github.spawnproof.boundary.PythonVersion;
import io.github.spawnproof.project.Targets;
import java.util.List;

/** Says which targets are in force and where they come from. */
public final class TargetsInWords {

    private TargetsInWords() {}

    /** Returns, for example, {@code Linux (platforms in pyproject.toml) with Python 3.10 to 3.15 (default)}. */
    public static String of(FoundProject project) {
        Targets targets = project.project().targets();
        String systems = Words.list(
                targets.systems().stream().map(OperatingSystem::displayName).toList());
        String method = project.project()
                .settings()
                .startMethod()
                .map(name -> ", start method " + name.label())
                .orElse("");
        return "%s (%s) with Python %s (%s)%s"
                .formatted(
                        systems, project.systemsFrom(), versions(targets.versions()), project.versionsFrom(), method);
    }

    private static String versions(List<PythonVersion> versions) {
        PythonVersion first = versions.get(0);
        PythonVersion last = versions.get(versions.size() - 1);
        boolean closed = last.major() == first.major() && last.minor() - first.minor() == versions.size() - 1;
        return closed && versions.size() > 2
                ? first + " to " + last
                : Words.list(versions.stream().map(PythonVersion::toString).toList());
    }
}
