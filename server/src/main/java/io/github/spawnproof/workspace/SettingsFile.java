package io.github.spawnproof.workspace;

import io.github.spawnproof.finding.Finding;
import io.github.spawnproof.source.SourceText;
import java.nio.file.Path;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A file with settings.
 *
 * @param layer the valid part
 * @param lines where the settings are, from 1, by key; what is in a table has the name of the table and a dot in front
 * @param problems what is wrong with the rest, as findings of the rule {@code invalid-setting} in {@code source}
 */
public record SettingsFile(
        Path path, SourceText source, SettingsLayer layer, Map<String, Integer> lines, List<Finding> problems) {

    /** The rule of all problems. */
    public static final String RULE = "invalid-setting";

    public SettingsFile {
        lines = Collections.unmodifiableMap(new LinkedHashMap<>(lines));
        problems = List.copyOf(problems);
    }
}
