package io.github.spawnproof.cli;

import io.github.spawnproof.finding.Finding;
import io.github.spawnproof.source.DocumentSnapshot;
import io.github.spawnproof.source.Language;
import io.github.spawnproof.workspace.FoundProject;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What is said of one file.
 *
 * @param file as the user would type it
 * @param document what the findings are in
 * @param findings what is shown; after a fix, what remains
 * @param changes what fixing makes of this file, and of others, whether written or only shown
 * @param applied how many fixes that took
 * @param analysed the project it was analysed for; empty for a file that was not analysed, such as one with settings
 * @param baseline what a baseline has to do with the findings; empty if none is in force or written
 * @param failed whether the command could not do what it was told to do with this file
 */
record FileReport(
        String file,
        DocumentSnapshot document,
        List<Finding> findings,
        List<Notice> notices,
        List<Change> changes,
        int applied,
        Optional<FoundProject> analysed,
        Optional<BaselineMatch> baseline,
        boolean failed) {

    /**
     * The text of a file before and after the fixes.
     *
     * @param isNew whether the file was not there before
     */
    record Change(String file, boolean isNew, String before, String after) {}

    private static final DocumentSnapshot NOTHING = DocumentSnapshot.of("", Language.PYTHON, "");

    FileReport {
        findings = List.copyOf(findings);
        changes = List.copyOf(changes);
        notices = List.copyOf(notices);
        if (findings.isEmpty()) {
            document = NOTHING; // Thousands of clean files wait in memory for their turn.
        }
    }

    /** Makes a report about a file that no baseline has to do with. */
    FileReport(
            String file,
            DocumentSnapshot document,
            List<Finding> findings,
            List<Notice> notices,
            List<Change> changes,
            int applied,
            Optional<FoundProject> analysed,
            boolean failed) {
        this(file, document, findings, notices, changes, applied, analysed, Optional.empty(), failed);
    }

    /** Returns what this report and a further one say of the same file. */
    FileReport and(FileReport other) {
        List<Finding> all = new ArrayList<>(findings);
        // Of texts that differ, the places of one mean nothing in the other.
        boolean sameText = findings.isEmpty() || document.source().equals(other.document.source());
        if (sameText) {
            all.addAll(other.findings);
            all.sort(Finding.ORDER);
        }
        return new FileReport(
                file,
                findings.isEmpty() ? other.document : document,
                all,
                joined(notices, other.notices),
                joined(changes, other.changes),
                applied + other.applied,
                analysed.or(() -> other.analysed),
                baseline.or(() -> other.baseline),
                failed || other.failed);
    }

    private static <T> List<T> joined(List<T> first, List<T> second) {
        List<T> all = new ArrayList<>(first);
        all.addAll(second);
        return all;
    }

    static FileReport notRead(Notice notice, boolean failed) {
        return of(notice, Optional.empty(), failed);
    }

    /** Returns a report that says nothing but the notice. */
    static FileReport of(Notice notice, Optional<FoundProject> analysed, boolean failed) {
        return new FileReport(notice.file(), NOTHING, List.of(), List.of(notice), List.of(), 0, analysed, failed);
    }
}
