package io.github.spawnproof.rule;

import io.github.spawnproof.finding.Fix;
import io.github.spawnproof.finding.Related;
import io.github.spawnproof.source.TextRange;
import java.util.List;

/**
 * What a rule states about a place, before it is judged against the targets and becomes a finding.
 *
 * @param range the smallest expression that has to change, on one line
 * @param message what goes wrong, one clause, at most 100 characters, without platforms
 * @param related where the value was made, stored and sent, in that order
 * @param fixes best first
 */
public record Fault(TextRange range, String message, Impact impact, List<Related> related, List<Fix> fixes) {

    public Fault {
        related = List.copyOf(related);
        fixes = List.copyOf(fixes);
    }
}
