package io.github.spawnproof.cli;

import io.github.spawnproof.finding.Finding;
import io.github.spawnproof.source.SourceText;
import io.github.spawnproof.workspace.FoundProject;
import java.util.List;
import java.util.Optional;

/**
 * What is said of one file.
 *
 * @param file as the user would type it
 * @param source the text that the findings are in
 * @param findings what is shown; after a fix, what remains
 * @param change the fix, whether written or only shown
 * @param analysed the project it was analysed for; empty for a file that was not analysed, such as one with settings
 * @param failed whether the command could not do what it was told to do with this file
 */
record FileReport(
        String file,
        SourceText source,
        List<Finding> findings,
        List<Notice> notices,
        Optional<Change> change,
        Optional<FoundProject> analysed,
        boolean failed) {

    /** A text before and after its fixes, and how many these are. */
    record Change(String before, String after, int applied) {}

    private static final SourceText NO_TEXT = new SourceText("");

    FileReport {
        findings = List.copyOf(findings);
        notices = List.copyOf(notices);
        if (findings.isEmpty()) {
            source = NO_TEXT; // Thousands of clean files wait in memory for their turn.
        }
    }

    static FileReport notRead(Notice notice, boolean failed) {
        return new FileReport(
                notice.file(), NO_TEXT, List.of(), List.of(notice), Optional.empty(), Optional.empty(), failed);
    }
}
