package io.github.spawnproof.rule;

import io.github.spawnproof.boundary.AssumedImport;
import io.github.spawnproof.finding.Applicability;
import io.github.spawnproof.finding.Fix;
import io.github.spawnproof.finding.Related;
import io.github.spawnproof.source.TextRange;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

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

    /**
     * Returns the fault as it is when it rests on names that nothing in the file binds: only worth knowing, and a further
     * fix adds the import.
     *
     * @param missing the import; null if the file has it, and nothing changes
     */
    public Fault assuming(@Nullable AssumedImport missing) {
        if (missing == null) {
            return this;
        }
        List<Fix> completed = new ArrayList<>(fixes);
        if (!completed.isEmpty() && !missing.edits().isEmpty()) {
            completed.add(new Fix("Only add the missing import", Applicability.UNSAFE, missing.edits()));
        }
        return new Fault(range, message, impact.assuming(), related, completed);
    }
}
