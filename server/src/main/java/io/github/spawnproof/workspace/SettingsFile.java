package io.github.spawnproof.workspace;

import io.github.spawnproof.finding.Finding;
import io.github.spawnproof.source.SourceText;
import java.nio.file.Path;
import java.util.List;

/**
 * A file with settings.
 *
 * @param layer the valid part
 * @param problems what is wrong with the rest, as findings of the rule {@code invalid-setting} in {@code source}
 */
public record SettingsFile(Path path, SourceText source, SettingsLayer layer, List<Finding> problems) {

    /** The rule of all problems. */
    public static final String RULE = "invalid-setting";

    public SettingsFile {
        problems = List.copyOf(problems);
    }
}
