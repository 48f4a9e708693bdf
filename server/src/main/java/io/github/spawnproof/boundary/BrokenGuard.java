package io.github.spawnproof.boundary;

import io.github.spawnproof.finding.Related;
import io.github.spawnproof.finding.TextEdit;
import io.github.spawnproof.source.TextRange;
import java.util.List;

/**
 * A test that was meant to keep children from starting processes, and does not do that.
 *
 * @param range what is wrong in it
 * @param choice the start methods of the processes that are started behind it
 * @param start where one is started
 * @param edits what makes it a guard; empty if there are none
 */
public record BrokenGuard(
        TextRange range, Kind kind, StartMethodChoice choice, List<Related> start, List<TextEdit> edits) {

    /** Why it is none. */
    public enum Kind {
        /** {@code __name__ == "main"} never holds. */
        MISSPELT,
        /** What is run otherwise ends a child too, while it imports the module. */
        ENDS_CHILD,
        /** The server of forkserver has the name of the main process, too. */
        PROCESS_NAME
    }

    public BrokenGuard {
        start = List.copyOf(start);
        edits = List.copyOf(edits);
    }
}
