package io.github.spawnproof.analysis;

import io.github.spawnproof.finding.Finding;
import io.github.spawnproof.project.Project;
import io.github.spawnproof.source.DocumentSnapshot;
import java.util.List;

/**
 * What is known of one snapshot.
 *
 * @param facts the facts of the file
 * @param findings in {@link Finding#ORDER}; suppressed ones and those that settings switch off are not among them
 * @param known those that the project's baseline lists, in the same order, whatever their severity; none is among {@code
 *     findings}
 * @param suppressions the suppression comments of the text
 */
public record AnalysisResult(
        DocumentSnapshot snapshot,
        Project project,
        FileFacts facts,
        List<Finding> findings,
        List<Finding> known,
        List<Suppression> suppressions,
        List<RuleFailure> failures) {

    public AnalysisResult {
        findings = List.copyOf(findings);
        known = List.copyOf(known);
        suppressions = List.copyOf(suppressions);
        failures = List.copyOf(failures);
    }
}
