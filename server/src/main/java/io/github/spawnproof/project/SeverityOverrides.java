package io.github.spawnproof.project;

import io.github.spawnproof.finding.Severity;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/**
 * What settings say of the severity of single rules, whatever their findings are judged to be.
 *
 * @param changed severities by rule id
 * @param off rules that are off, by id; none of them is in {@code changed}
 */
public record SeverityOverrides(Map<String, Severity> changed, Set<String> off) {

    public static final SeverityOverrides NONE = new SeverityOverrides(Map.of(), Set.of());

    public SeverityOverrides {
        changed = Map.copyOf(changed);
        off = Set.copyOf(off);
    }

    /** Returns the severity of a rule's finding that was judged to have {@code judged}. */
    public Severity of(String rule, Severity judged) {
        return changed.getOrDefault(rule, judged);
    }

    /** Returns these on top of others, rule by rule. */
    public SeverityOverrides over(SeverityOverrides below) {
        Map<String, Severity> severities = new HashMap<>(below.changed);
        Set<String> rulesOff = new HashSet<>(below.off);
        severities.keySet().removeAll(off);
        rulesOff.removeAll(changed.keySet());
        severities.putAll(changed);
        rulesOff.addAll(off);
        return new SeverityOverrides(severities, rulesOff);
    }
}
