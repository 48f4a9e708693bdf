package io.github.spawnproof.finding;

import io.github.spawnproof.source.SourceText;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Predicate;

/**
 * The findings of one file that a baseline lists.
 *
 * @param counts how many of them are equal, each at least 1
 */
public record KnownFindings(SortedMap<KnownFinding, Integer> counts) {

    public static final KnownFindings NONE = new KnownFindings(new TreeMap<>());

    public KnownFindings {
        counts = Collections.unmodifiableSortedMap(new TreeMap<>(counts));
    }

    /** Returns what findings in a text are known by. */
    public static KnownFindings of(Collection<Finding> findings, SourceText source) {
        SortedMap<KnownFinding, Integer> counts = new TreeMap<>();
        findings.forEach(finding -> counts.merge(KnownFinding.of(finding, source), 1, Integer::sum));
        return new KnownFindings(counts);
    }

    /** Returns those findings that are listed; of too many equal ones, the first. */
    public List<Finding> among(List<Finding> findings, SourceText source) {
        if (counts.isEmpty()) {
            return List.of();
        }
        Map<KnownFinding, Integer> left = new HashMap<>(counts);
        List<Finding> listed = new ArrayList<>();
        for (Finding finding : findings) {
            KnownFinding known = KnownFinding.of(finding, source);
            int more = left.getOrDefault(known, 0);
            if (more > 0) {
                left.put(known, more - 1);
                listed.add(finding);
            }
        }
        return listed;
    }

    /** Returns what is left of these without others. */
    public KnownFindings without(KnownFindings others) {
        SortedMap<KnownFinding, Integer> left = new TreeMap<>();
        counts.forEach((known, count) -> {
            int more = count - others.counts.getOrDefault(known, 0);
            if (more > 0) {
                left.put(known, more);
            }
        });
        return new KnownFindings(left);
    }

    /** Returns these and others. */
    public KnownFindings and(KnownFindings others) {
        SortedMap<KnownFinding, Integer> all = new TreeMap<>(counts);
        others.counts.forEach((known, count) -> all.merge(known, count, Integer::sum));
        return new KnownFindings(all);
    }

    /** Returns those of some rules. */
    public KnownFindings of(Predicate<String> rules) {
        SortedMap<KnownFinding, Integer> some = new TreeMap<>(counts);
        some.keySet().removeIf(known -> !rules.test(known.rule()));
        return new KnownFindings(some);
    }

    public boolean isEmpty() {
        return counts.isEmpty();
    }

    /** Returns how many findings these are. */
    public int size() {
        return counts.values().stream().mapToInt(Integer::intValue).sum();
    }
}
