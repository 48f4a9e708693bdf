package io.github.spawnproof.boundary;

import io.github.spawnproof.finding.Related;
import io.github.spawnproof.finding.TextEdit;
import io.github.spawnproof.source.TextRange;
import java.util.List;

/**
 * A call that sets or fixes the start method at the wrong time.
 *
 * @param range the name of what is called
 * @param api the call, as people say it
 * @param choice the start method that is set, or where the call runs
 * @param related what comes before, if that is the trouble
 * @param edits what makes it come in time; empty if there are none
 */
public record StartMethodConflict(
        TextRange range, String api, Kind kind, StartMethodChoice choice, List<Related> related, List<TextEdit> edits) {

    /** What is wrong about the time. */
    public enum Kind {
        /** Set whenever the module is imported, by a child too, whose method is set already. */
        AT_IMPORT,
        /** Set a second time. */
        TWICE,
        /** Set when the default context was used before. */
        AFTER_USE,
        /** Set when Jina, imported before, has set it on macOS. */
        AFTER_JINA,
        /** Fixed before Jina is imported, which would have set it as its variable says. */
        BEFORE_JINA
    }

    public StartMethodConflict {
        related = List.copyOf(related);
        edits = List.copyOf(edits);
    }
}
