package io.github.spawnproof.workspace;

import io.github.spawnproof.rule.RuleCatalog;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Finds the settings file of a folder: the nearest {@code spawnproof.toml}, or {@code pyproject.toml} with a table
 * {@code tool.spawnproof}, from the folder upward. The nearest one counts alone; files do not merge.
 */
final class SettingsFiles {

    static final String OWN_NAME = "spawnproof.toml";
    static final String SHARED_NAME = "pyproject.toml";

    private final RuleCatalog catalog;
    private final Map<Path, Optional<SettingsFile>> known = new ConcurrentHashMap<>();

    SettingsFiles(RuleCatalog catalog) {
        this.catalog = catalog;
    }

    /** Returns the settings file in force for the files of a folder. */
    Optional<SettingsFile> of(Path folder) {
        Optional<SettingsFile> cached = known.get(folder);
        if (cached != null) {
            return cached;
        }
        Path parent = folder.getParent();
        Optional<SettingsFile> found = in(folder).or(() -> parent == null ? Optional.empty() : of(parent));
        known.put(folder, found);
        return found;
    }

    void invalidate() {
        known.clear();
    }

    private Optional<SettingsFile> in(Path folder) {
        Path own = folder.resolve(OWN_NAME);
        if (Files.isRegularFile(own)) {
            return Optional.of(read(own)
                    .flatMap(text -> SettingsToml.own(own, text, catalog))
                    .orElseGet(() -> SettingsToml.unreadable(own)));
        }
        Path shared = folder.resolve(SHARED_NAME);
        // Most files of that name say nothing of this tool; for them the TOML parser is not even loaded.
        return read(shared)
                .filter(text -> text.contains("spawnproof"))
                .flatMap(text -> SettingsToml.shared(shared, text, catalog));
    }

    /** Returns the text of a file; empty if there is none, or none that is UTF-8. */
    static Optional<String> read(Path file) {
        try {
            return Files.isRegularFile(file)
                    ? Optional.of(Files.readString(file, StandardCharsets.UTF_8))
                    : Optional.empty();
        } catch (IOException e) {
            return Optional.empty();
        }
    }
}
