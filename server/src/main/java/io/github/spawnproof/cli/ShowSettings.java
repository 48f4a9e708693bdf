package io.github.spawnproof.cli;

import io.github.spawnproof.rule.RuleCatalog;
import io.github.spawnproof.workspace.FoundProject;
import io.github.spawnproof.workspace.Overrides;
import io.github.spawnproof.workspace.ProjectFinder;
import io.github.spawnproof.workspace.SettingsInForce;
import io.github.spawnproof.workspace.SettingsInWords;
import io.github.spawnproof.workspace.SettingsLayer;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.List;

/** Shows the settings that {@code check} would have for a file. */
final class ShowSettings {

    private final Path workingDirectory;
    private final RuleCatalog catalog;
    private final ProjectFinder projects;

    ShowSettings(Console console, RuleCatalog catalog) {
        this.workingDirectory = console.workingDirectory();
        this.catalog = catalog;
        this.projects = new ProjectFinder(catalog);
    }

    /**
     * Shows them.
     *
     * @param typed a file, or a folder, which stands for any file in it
     * @throws UsageException if there is neither
     */
    void run(String typed, SettingsLayer flags, boolean json, Output out) {
        Path path = path(typed);
        Overrides overrides = Overrides.ofCommandLine(flags, workingDirectory);
        FoundProject project = projects.find(Files.isDirectory(path) ? path.resolve("any file") : path, overrides);
        SettingsInForce settings = SettingsInForce.of(path, project, overrides, isExcluded(path, overrides), catalog);
        PathNames names = new PathNames(workingDirectory, List.of(typed));
        if (json) {
            SettingsJson.write(out, names.display(path), settings, names::display);
        } else {
            out.print(SettingsInWords.of(names.display(path), settings, names::display));
        }
    }

    private Path path(String typed) {
        try {
            Path path = workingDirectory.resolve(typed).normalize();
            if (!Files.exists(path)) {
                throw new UsageException("`%s` does not exist".formatted(typed));
            }
            return path;
        } catch (InvalidPathException e) {
            throw new UsageException("`%s` is no path: %s".formatted(typed, e.getReason()));
        }
    }

    private boolean isExcluded(Path file, Overrides overrides) {
        for (Path path = file; path != null && !path.equals(workingDirectory); path = path.getParent()) {
            if (projects.isExcluded(path, !path.equals(file) || Files.isDirectory(path), overrides)) {
                return true;
            }
        }
        return false;
    }
}
