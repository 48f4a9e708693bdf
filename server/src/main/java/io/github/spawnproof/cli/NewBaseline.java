package io.github.spawnproof.cli;

import io.github.spawnproof.finding.KnownFindings;
import io.github.spawnproof.workspace.BaselineFile;
import io.github.spawnproof.workspace.SettingsLayer;
import io.github.spawnproof.workspace.Words;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;

/**
 * A baseline that {@code check} writes: what it found, and what the file held before of files and rules that this run
 * does not check.
 */
final class NewBaseline {

    private final Path path;
    private final String name;
    private final SettingsLayer flags;
    private final Map<Path, KnownFindings> before = new HashMap<>();
    private final Map<Path, KnownFindings> files = new TreeMap<>();

    /**
     * Reads what is there.
     *
     * @param name the file as the user would type it
     * @throws UsageException if there is something else, which is not overwritten
     */
    NewBaseline(Path path, String name, SettingsLayer flags) {
        this.path = path;
        this.name = name;
        this.flags = flags;
        if (Files.exists(path)) {
            BaselineFile old = BaselineFile.read(path);
            if (old.problem().isPresent()) {
                throw new UsageException("`%s` %s; it is left as it is"
                        .formatted(name, old.problem().get()));
            }
            old.files().forEach((file, known) -> before.put(old.resolve(file), known));
        }
    }

    void add(BaselineMatch match) {
        // A rule that flags switch off was not asked; one that settings switch off has nothing to say any more.
        KnownFindings kept =
                before.getOrDefault(match.file(), KnownFindings.NONE).of(rule -> !isWanted(rule));
        files.put(match.file(), match.found().and(kept));
    }

    private boolean isWanted(String rule) {
        return flags.select().map(rules -> rules.contains(rule)).orElse(true)
                && !flags.ignore().map(rules -> rules.contains(rule)).orElse(false)
                && !flags.severities().off().contains(rule);
    }

    /**
     * Writes the file and returns a sentence about it.
     *
     * @throws UsageException if it cannot be written
     */
    String write() {
        before.forEach((file, known) -> {
            if (!files.containsKey(file) && Files.exists(file)) {
                files.put(file, known);
            }
        });
        BaselineFile.write(path, files).ifPresent(reason -> {
            throw new UsageException("`%s` %s".formatted(name, reason));
        });
        int findings = files.values().stream().mapToInt(KnownFindings::size).sum();
        long listed = files.values().stream().filter(known -> !known.isEmpty()).count();
        return findings == 0
                ? "Wrote `%s`, which lists nothing.".formatted(name)
                : "Wrote `%s`, which lists %s in %s."
                        .formatted(name, Words.count(findings, "finding"), Words.count((int) listed, "file"));
    }
}
