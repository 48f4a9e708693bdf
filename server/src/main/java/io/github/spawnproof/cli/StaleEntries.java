package io.github.spawnproof.cli;

import io.github.spawnproof.finding.KnownFindings;
import io.github.spawnproof.workspace.BaselineFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** What baselines list and no finding matches any more, collected file by file. */
final class StaleEntries {

    private static final int MOST_EXAMPLES = 3;

    private final List<Path> checked;
    private final PathNames names;
    private final Map<Path, BaselineFile> baselines = new TreeMap<>();
    private final Map<Path, Map<String, KnownFindings>> stale = new TreeMap<>();

    /**
     * Makes a collection without entries.
     *
     * @param checked files and folders; what is listed of deleted files below them is stale, too
     */
    StaleEntries(List<Path> checked, PathNames names) {
        this.checked = checked;
        this.names = names;
    }

    void add(BaselineMatch match) {
        match.baseline().ifPresent(baseline -> {
            baselines.put(baseline.path(), baseline);
            add(baseline, match.file(), match.stale());
        });
    }

    private void add(BaselineFile baseline, Path file, KnownFindings entries) {
        if (!entries.isEmpty()) {
            stale.computeIfAbsent(baseline.path(), path -> new TreeMap<>()).put(names.display(file), entries);
        }
    }

    /** Returns a notice for each baseline that has such entries. */
    List<Notice> notices() {
        baselines.values().forEach(this::addDeleted);
        List<Notice> notices = new ArrayList<>();
        stale.forEach((baseline, files) -> {
            int count = files.values().stream().mapToInt(KnownFindings::size).sum();
            Set<String> examples = new HashSet<>();
            List<String> shown = new ArrayList<>();
            files.forEach((file, entries) -> entries.counts().keySet().forEach(entry -> {
                String example = "%s in %s".formatted(entry.rule(), file);
                if (examples.add(example) && shown.size() < MOST_EXAMPLES) {
                    shown.add(example);
                }
            }));
            String rest = examples.size() > shown.size() ? ", …" : "";
            notices.add(new Notice(
                    names.display(baseline),
                    Notice.STALE_BASELINE,
                    "%s nothing that is found any more (%s%s); `--write-baseline %s` leaves them out"
                            .formatted(
                                    count == 1 ? "1 entry matches" : count + " entries match",
                                    String.join(", ", shown),
                                    rest,
                                    names.display(baseline))));
        });
        return notices;
    }

    private void addDeleted(BaselineFile baseline) {
        baseline.files().forEach((name, entries) -> {
            Path file = baseline.resolve(name);
            if (checked.stream().anyMatch(file::startsWith) && !Files.exists(file)) {
                add(baseline, file, entries);
            }
        });
    }
}
