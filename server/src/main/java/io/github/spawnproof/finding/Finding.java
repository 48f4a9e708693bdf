package io.github.spawnproof.finding;

import io.github.spawnproof.source.TextRange;
import java.util.Comparator;
import java.util.List;

/**
 * One rule at one range, judged against the targets.
 *
 * @param rule the rule's id
 * @param range the smallest expression that has to change
 * @param message what goes wrong, with the targets it fails on
 * @param failsOn targets in the form of the JSON output ({@code windows}, {@code linux>=3.14}); empty where platforms do
 *     not matter
 * @param related where the value was made, stored and sent, in that order
 * @param fixes best first
 */
public record Finding(
        String rule,
        TextRange range,
        String message,
        Severity severity,
        List<String> failsOn,
        List<Related> related,
        List<Fix> fixes) {

    /** The order of all output: place, then rule. */
    public static final Comparator<Finding> ORDER =
            Comparator.comparing(Finding::range).thenComparing(Finding::rule).thenComparing(Finding::message);

    public Finding {
        failsOn = List.copyOf(failsOn);
        related = List.copyOf(related);
        fixes = List.copyOf(fixes);
    }

    /** Returns the same finding with another severity. */
    public Finding with(Severity other) {
        return other == severity ? this : new Finding(rule, range, message, other, failsOn, related, fixes);
    }

    /** Returns the same finding with other related places and fixes. */
    public Finding with(List<Related> places, List<Fix> others) {
        return new Finding(rule, range, message, severity, failsOn, places, others);
    }
}
