package io.github.spawnproof.cli;

import io.github.spawnproof.analysis.AnalysisResult;
import io.github.spawnproof.finding.Finding;
import io.github.spawnproof.finding.KnownFindings;
import io.github.spawnproof.project.Settings;
import io.github.spawnproof.workspace.BaselineFile;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * What a baseline and the findings of one file have to do with each other.
 *
 * @param baseline the one in force, if there is one
 * @param hidden how many findings are not shown because of it
 * @param stale what it lists of the file, and no finding matches
 * @param found the findings that a new baseline has to list
 */
record BaselineMatch(Path file, Optional<BaselineFile> baseline, int hidden, KnownFindings stale, KnownFindings found) {

    /** Compares the findings of a file with the baseline in force. */
    static BaselineMatch of(Path file, Optional<BaselineFile> baseline, AnalysisResult result) {
        Settings settings = result.project().settings();
        List<Finding> hidden = result.known().stream()
                .filter(finding -> finding.severity().isAtLeast(settings.minSeverity()))
                .toList();
        KnownFindings matched =
                KnownFindings.of(result.known(), result.snapshot().source());
        // A rule that was not run, or failed, may have found what is missing.
        KnownFindings stale = result.failures().isEmpty()
                ? result.project().baseline().without(matched).of(settings::isOn)
                : KnownFindings.NONE;
        KnownFindings found =
                KnownFindings.of(result.findings(), result.snapshot().source());
        return new BaselineMatch(file, baseline, hidden.size(), stale, found);
    }

    /** Returns the same, when all that was found goes to a new baseline. */
    BaselineMatch hidingAll() {
        return new BaselineMatch(file, baseline, found.size(), KnownFindings.NONE, found);
    }
}
