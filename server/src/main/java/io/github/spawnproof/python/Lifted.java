package io.github.spawnproof.python;

import io.github.spawnproof.finding.TextEdit;
import java.util.List;

/**
 * The edits that move a piece of code to module level.
 *
 * @param edits empty if it cannot be moved so that the program surely parses and means what was meant
 * @param safe whether the program surely means the same
 */
record Lifted(List<TextEdit> edits, boolean safe) {

    static final Lifted NONE = new Lifted(List.of(), false);

    Lifted {
        edits = List.copyOf(edits);
    }
}
