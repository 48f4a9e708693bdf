package io.github.spawnproof.workspace;

import java.nio.file.Path;

/**
 * Settings that do not come from a file: {@code commandLine} counts more than any settings file, {@code editor} less.
 *
 * @param base the folder that exclusion patterns among them are relative to
 */
public record Overrides(SettingsLayer commandLine, SettingsLayer editor, Path base) {

    /** Returns the settings of command-line flags; patterns are relative to the working directory. */
    public static Overrides ofCommandLine(SettingsLayer flags, Path workingDirectory) {
        return new Overrides(flags, SettingsLayer.EMPTY, workingDirectory);
    }

    /** Returns the settings of an editor; patterns are relative to the workspace folder. */
    public static Overrides ofEditor(SettingsLayer settings, Path workspaceFolder) {
        return new Overrides(SettingsLayer.EMPTY, settings, workspaceFolder);
    }
}
