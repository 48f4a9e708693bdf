package io.github.spawnproof.lsp;

import io.github.spawnproof.boundary.OperatingSystem;
import io.github.spawnproof.boundary.PythonVersion;
import io.github.spawnproof.project.Project;
import io.github.spawnproof.project.Settings;
import io.github.spawnproof.project.Targets;
import io.github.spawnproof.workspace.FoundProject;
import io.github.spawnproof.workspace.ProjectFinder;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** Says which project a document belongs to. Safe for any number of threads; never fails. */
@FunctionalInterface
public interface SettingsSource {

    /**
     * Returns the project of a document. May read settings files; called by the worker before each analysis, so it
     * keeps what it has read.
     *
     * @param file the document's path; of a document that is no file, one that it could have in the workspace; empty if
     *     there is no workspace either
     * @param editor the editor's settings over the defaults; settings files win over them
     */
    Project projectOf(Optional<Path> file, Settings editor);

    /** Returns the same with where its targets come from. */
    default FoundProject find(Optional<Path> file, Settings editor) {
        return new FoundProject(
                projectOf(file, editor),
                Optional.empty(),
                editor.platforms().isEmpty() ? ProjectFinder.DEFAULT : ProjectFinder.EDITOR,
                editor.pythonVersions().isEmpty() ? ProjectFinder.DEFAULT : ProjectFinder.EDITOR);
    }

    /**
     * Returns the same.
     *
     * @param base the folder that paths and patterns among the editor's settings are relative to
     */
    default FoundProject find(Path file, Path base, Settings editor) {
        return find(Optional.of(file), editor);
    }

    /**
     * Returns whether settings leave a file or folder out of a check of everything.
     *
     * @param base the folder that patterns among the editor's settings are relative to
     */
    default boolean isExcluded(Path path, boolean folder, Path base, Settings editor) {
        return false;
    }

    /** Returns the folder to keep in, from run to run, what was found out about projects; empty if nothing is to be kept. */
    default Optional<Path> cacheFolder() {
        return Optional.empty();
    }

    /** Forgets what was read, since a settings file has changed. */
    default void forget() {}

    /** Returns the source that knows the editor's settings alone. */
    static SettingsSource editorOnly() {
        return (file, editor) -> {
            List<OperatingSystem> systems = editor.platforms();
            List<PythonVersion> versions = editor.pythonVersions();
            return new Project(
                    editor,
                    new Targets(
                            systems.isEmpty() ? List.of(OperatingSystem.values()) : systems,
                            versions.isEmpty() ? PythonVersion.byDefault() : versions));
        };
    }
}
