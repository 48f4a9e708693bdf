package io.github.spawnproof.finding;

import io.github.spawnproof.source.DocumentSnapshot;
import io.github.spawnproof.source.TextRange;
import org.jspecify.annotations.Nullable;

/**
 * Another place that has a part in a finding: where a value was made, stored, sent.
 *
 * @param document the document that the place is in; null if it is that of the finding
 */
public record Related(
        TextRange range, String message, @Nullable DocumentSnapshot document) {

    /** Makes a place in the document of the finding. */
    public Related(TextRange range, String message) {
        this(range, message, null);
    }
}
