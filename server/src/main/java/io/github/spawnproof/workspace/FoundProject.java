package io.github.spawnproof.workspace;

import io.github.spawnproof.project.Project;
import java.util.Optional;

/**
 * The project of a file, and where it comes from.
 *
 * @param settingsFile the settings file in force, if there is one
 * @param systemsFrom where the target systems come from, such as {@code --platform} or {@code default}
 * @param versionsFrom where the target versions come from, such as {@code requires-python in pyproject.toml}
 * @param baseline the baseline in force, if there is one, whether it can be used or not
 */
public record FoundProject(
        Project project,
        Optional<SettingsFile> settingsFile,
        String systemsFrom,
        String versionsFrom,
        Optional<BaselineFile> baseline) {

    /** Makes a project without a baseline. */
    public FoundProject(Project project, Optional<SettingsFile> settingsFile, String systemsFrom, String versionsFrom) {
        this(project, settingsFile, systemsFrom, versionsFrom, Optional.empty());
    }

    /** Returns the same with another project. */
    FoundProject with(Project other) {
        return new FoundProject(other, settingsFile, systemsFrom, versionsFrom, baseline);
    }
}
