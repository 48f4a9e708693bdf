package io.github.spawnproof.cli;

import io.github.spawnproof.finding.Finding;
import io.github.spawnproof.finding.KnownFinding;
import io.github.spawnproof.finding.KnownFindings;
import io.github.spawnproof.finding.Severity;
import io.github.spawnproof.source.DocumentSnapshot;
import io.github.spawnproof.source.Language;
import io.github.spawnproof.workspace.BaselineFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.BiFunction;

/** What baselines list and no finding matches any more, collected file by file. */
final class StaleEntries {

    private final List<Path> checked;
    private final PathNames names;
    private final Map<Path, BaselineFile> baselines = new TreeMap<>();
    private final Map<BaselineFile, Map<Path, KnownFindings>> stale =
            new TreeMap<>(Comparator.comparing(BaselineFile::path));

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
            stale.computeIfAbsent(baseline, key -> new TreeMap<>()).put(file, entries);
        }
    }

    /**
     * Returns a report for each baseline that has such entries.
     *
     * @param shown returns those of a baseline's findings that the settings show
     */
    List<FileReport> reports(BiFunction<Path, List<Finding>, List<Finding>> shown) {
        baselines.values().forEach(this::addDeleted);
        List<FileReport> reports = new ArrayList<>();
        stale.forEach((baseline, files) -> {
            List<Finding> findings = new ArrayList<>();
            files.forEach((file, entries) ->
                    entries.counts().forEach((entry, count) -> findings.add(finding(baseline, file, entry, count))));
            findings.sort(Finding.ORDER);
            String name = names.display(baseline.path());
            reports.add(new FileReport(
                    name,
                    DocumentSnapshot.of(name, Language.TEXT, baseline.source().text()),
                    shown.apply(baseline.path(), findings),
                    List.of(),
                    List.of(),
                    0,
                    Optional.empty(),
                    false));
        });
        return reports;
    }

    private Finding finding(BaselineFile baseline, Path file, KnownFinding entry, int count) {
        int listed = baseline.of(file).counts().getOrDefault(entry, count);
        String what = listed == count
                ? "`%s` finds nothing like this in `%s` any more".formatted(entry.rule(), names.display(file))
                : "`%s` finds only %d of %d like this in `%s`"
                        .formatted(entry.rule(), listed - count, listed, names.display(file));
        return new Finding(
                BaselineFile.RULE,
                baseline.place(file, entry),
                "%s; `--write-baseline %s` mends the entry".formatted(what, names.display(baseline.path())),
                Severity.INFORMATION,
                List.of(),
                List.of(),
                List.of());
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
