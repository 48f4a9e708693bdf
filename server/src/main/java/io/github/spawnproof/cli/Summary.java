package io.github.spawnproof.cli;

import io.github.spawnproof.finding.Applicability;
import io.github.spawnproof.finding.Finding;
import io.github.spawnproof.finding.Severity;
import io.github.spawnproof.workspace.TargetsInWords;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.TreeMap;

/** Counts over all files; filled by the thread that prints. */
final class Summary {

    /** How often a rule found something, and how much of that `--fix` can mend. */
    record RuleCount(int findings, int fixable) {

        RuleCount plus(RuleCount other) {
            return new RuleCount(findings + other.findings, fixable + other.fixable);
        }
    }

    private final Map<Severity, Integer> bySeverity = new EnumMap<>(Severity.class);
    private final Map<String, RuleCount> byRule = new TreeMap<>();
    private final Map<String, Integer> byTargets = new LinkedHashMap<>();
    private OptionalInt baselined = OptionalInt.empty();
    private Optional<String> written = Optional.empty();
    private int files;
    private int safelyFixable;
    private int unsafelyFixable;
    private int applied;
    private int changedFiles;
    private boolean failed;
    private long millis;

    void add(FileReport report) {
        report.analysed().ifPresent(project -> {
            files++;
            byTargets.merge(TargetsInWords.of(project), 1, Integer::sum);
        });
        report.baseline().ifPresent(match -> baselined = OptionalInt.of(baselined.orElse(0) + match.hidden()));
        changedFiles += report.changes().size();
        applied += report.applied();
        failed |= report.failed();
        for (Finding finding : report.findings()) {
            boolean safe = has(finding, Applicability.SAFE);
            bySeverity.merge(finding.severity(), 1, Integer::sum);
            byRule.merge(finding.rule(), new RuleCount(1, safe ? 1 : 0), RuleCount::plus);
            if (safe) {
                safelyFixable++;
            } else if (has(finding, Applicability.UNSAFE)) {
                unsafelyFixable++;
            }
        }
    }

    private static boolean has(Finding finding, Applicability applicability) {
        return finding.fixes().stream().anyMatch(fix -> fix.applicability() == applicability);
    }

    void finish(long elapsedMillis) {
        millis = elapsedMillis;
    }

    void wroteBaseline(String sentence) {
        written = Optional.of(sentence);
    }

    /** Returns how many findings are not shown since a baseline lists them; empty if there is none. */
    OptionalInt baselined() {
        return baselined;
    }

    /** Returns a sentence about the baseline that was written, if one was. */
    Optional<String> written() {
        return written;
    }

    int count(Severity severity) {
        return bySeverity.getOrDefault(severity, 0);
    }

    int findings() {
        return bySeverity.values().stream().mapToInt(Integer::intValue).sum();
    }

    /** Returns the counts of each rule that found something, by id. */
    Map<String, RuleCount> byRule() {
        return byRule;
    }

    /** Returns the number of files for each set of targets, in the order in which they came up. */
    Map<String, Integer> byTargets() {
        return byTargets;
    }

    int files() {
        return files;
    }

    /** Returns how many findings have a safe fix. */
    int safelyFixable() {
        return safelyFixable;
    }

    /** Returns how many findings have an unsafe fix only. */
    int unsafelyFixable() {
        return unsafelyFixable;
    }

    int applied() {
        return applied;
    }

    int changedFiles() {
        return changedFiles;
    }

    boolean failed() {
        return failed;
    }

    long millis() {
        return millis;
    }
}
