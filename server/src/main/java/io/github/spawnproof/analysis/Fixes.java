package io.github.spawnproof.analysis;

import io.github.spawnproof.finding.Applicability;
import io.github.spawnproof.finding.Finding;
import io.github.spawnproof.finding.Fix;
import io.github.spawnproof.finding.TextEdit;
import io.github.spawnproof.project.Project;
import io.github.spawnproof.source.CancelToken;
import io.github.spawnproof.source.Cancelled;
import io.github.spawnproof.source.DocumentSnapshot;
import io.github.spawnproof.source.SourceText;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Many fixes of one text together. */
public final class Fixes {

    /** Rounds after which fixing stops although fixes are left; each round mends at least one finding. */
    private static final int MAX_ROUNDS = 50;

    /** A text after its fixes, and how many were applied. */
    public record Fixed(String text, int applied) {}

    private Fixes() {}

    /**
     * Returns the edits of the first fix of each finding that may be applied, as far as they do not conflict. Edits
     * that two fixes share (an import that both need) are there once. An unsafe fix moves code: no other fix touches
     * the text from its first edit to its last.
     */
    public static List<TextEdit> combined(AnalysisResult result, Applicability allowed) {
        List<TextEdit> combined = new ArrayList<>();
        collect(result, allowed, combined);
        return combined;
    }

    private static int collect(AnalysisResult result, Applicability allowed, List<TextEdit> combined) {
        List<Fix> taken = new ArrayList<>();
        for (Finding finding : result.findings()) {
            Optional<Fix> fix = first(finding, allowed);
            if (fix.isPresent() && taken.stream().noneMatch(other -> conflict(fix.get(), other))) {
                taken.add(fix.get());
            }
        }
        for (Fix fix : taken) {
            for (TextEdit edit : fix.edits()) {
                if (!combined.contains(edit)) {
                    combined.add(edit);
                }
            }
        }
        return taken.size();
    }

    private static Optional<Fix> first(Finding finding, Applicability allowed) {
        return finding.fixes().stream()
                .filter(fix -> fix.applicability().compareTo(allowed) <= 0)
                .findFirst();
    }

    private static boolean conflict(Fix one, Fix other) {
        if (one.edits().equals(other.edits())) {
            return false;
        }
        if (isInside(one, other) || isInside(other, one)) {
            return true;
        }
        return one.edits().stream()
                .anyMatch(edit -> other.edits().stream()
                        .anyMatch(otherEdit -> !edit.equals(otherEdit) && edit.conflictsWith(otherEdit)));
    }

    /** Tells whether a fix touches the text that the other one moves. */
    private static boolean isInside(Fix fix, Fix mover) {
        if (mover.applicability() == Applicability.SAFE) {
            return false;
        }
        int start = mover.edits().stream()
                .mapToInt(edit -> edit.range().start())
                .min()
                .orElseThrow();
        int end = mover.edits().stream()
                .mapToInt(edit -> edit.range().end())
                .max()
                .orElseThrow();
        return fix.edits().stream()
                .anyMatch(edit -> edit.range().end() >= start && edit.range().start() <= end);
    }

    /**
     * Applies fixes until none is left, analysing again after each round.
     *
     * @throws Cancelled if the token says that the work is no longer wanted
     */
    public static Fixed applyAll(Analyzer analyzer, AnalysisResult first, Applicability allowed, CancelToken cancel) {
        AnalysisResult result = first;
        Project project = first.project();
        int applied = 0;
        for (int round = 0; round < MAX_ROUNDS; round++) {
            List<TextEdit> edits = new ArrayList<>();
            int fixes = collect(result, allowed, edits);
            if (fixes == 0) {
                break;
            }
            applied += fixes;
            DocumentSnapshot snapshot = result.snapshot();
            String text = TextEdit.apply(snapshot.source().text(), edits);
            result = analyzer.analyze(
                    new DocumentSnapshot(snapshot.uri(), snapshot.language(), snapshot.version(), new SourceText(text)),
                    project,
                    cancel);
        }
        return new Fixed(result.snapshot().source().text(), applied);
    }
}
