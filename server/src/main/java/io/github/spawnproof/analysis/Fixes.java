package io.github.spawnproof.analysis;

import io.github.spawnproof.finding.Applicability;
import io.github.spawnproof.finding.FileEdit;
import io.github.spawnproof.finding.Finding;
import io.github.spawnproof.finding.Fix;
import io.github.spawnproof.finding.TextEdit;
import io.github.spawnproof.project.Project;
import io.github.spawnproof.source.CancelToken;
import io.github.spawnproof.source.Cancelled;
import io.github.spawnproof.source.DocumentSnapshot;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Many fixes of one text together. */
public final class Fixes {

    /** Rounds after which fixing stops although fixes are left; each round mends at least one finding. */
    private static final int MAX_ROUNDS = 50;

    /**
     * What fixing makes of a document.
     *
     * @param others what it makes of other files, at most one of each
     * @param applied how many fixes there were
     */
    public record Fixed(DocumentSnapshot document, List<FileEdit> others, int applied) {

        public Fixed {
            others = List.copyOf(others);
        }

        public String text() {
            return document.source().text();
        }
    }

    private Fixes() {}

    /**
     * Returns the edits of the first fix of each finding that may be applied, as far as they do not conflict. Edits
     * that two fixes share (an import that both need) are there once. An unsafe fix moves code: no other fix touches
     * the text from its first edit to its last.
     */
    public static List<TextEdit> combined(AnalysisResult result, Applicability allowed) {
        return edits(taken(result, allowed, List.of()));
    }

    /**
     * Returns the first fixes of the findings that may be applied together.
     *
     * @param changed what was done to other files before: no fix touches such a file again, since it knows it as it was
     */
    private static List<Fix> taken(AnalysisResult result, Applicability allowed, List<FileEdit> changed) {
        List<Fix> taken = new ArrayList<>();
        for (Finding finding : result.findings()) {
            Optional<Fix> fix = first(finding, allowed);
            if (fix.isPresent()
                    && !touchesOneOf(fix.get(), changed)
                    && taken.stream().noneMatch(other -> conflict(fix.get(), other))) {
                taken.add(fix.get());
            }
        }
        return taken;
    }

    private static boolean touchesOneOf(Fix fix, List<FileEdit> changed) {
        return fix.others().stream()
                .anyMatch(edit -> changed.stream()
                        .anyMatch(
                                before -> before.file().uri().equals(edit.file().uri())));
    }

    private static List<TextEdit> edits(List<Fix> fixes) {
        List<TextEdit> edits = new ArrayList<>();
        for (Fix fix : fixes) {
            for (TextEdit edit : fix.edits()) {
                if (!edits.contains(edit)) {
                    edits.add(edit);
                }
            }
        }
        return edits;
    }

    private static Optional<Fix> first(Finding finding, Applicability allowed) {
        return finding.fixes().stream()
                .filter(fix -> fix.applicability().compareTo(allowed) <= 0)
                .findFirst();
    }

    private static boolean conflict(Fix one, Fix other) {
        if (one.edits().equals(other.edits()) && one.others().equals(other.others())) {
            return false;
        }
        if (touchesOneOf(one, other.others())) {
            return true;
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
        if (mover.applicability() == Applicability.SAFE || mover.edits().isEmpty()) {
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
        List<FileEdit> others = new ArrayList<>();
        for (int round = 0; round < MAX_ROUNDS; round++) {
            List<Fix> fixes = taken(result, allowed, others);
            if (fixes.isEmpty()) {
                break;
            }
            applied += fixes.size();
            fixes.stream().flatMap(fix -> fix.others().stream()).distinct().forEach(others::add);
            result = analyzer.analyze(TextEdit.apply(result.snapshot(), edits(fixes)), project, cancel);
        }
        return new Fixed(result.snapshot(), others, applied);
    }
}
