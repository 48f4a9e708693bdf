package io.github.spawnproof.boundary;

import io.github.spawnproof.finding.TextEdit;
import java.util.List;

/**
 * Names that nothing in a file binds and that were taken for a library's, since the file looks like a fragment of a
 * program. A finding that rests on them is only worth knowing: see {@code Impact.assuming}.
 *
 * @param module the library, as it would be imported
 * @param names the names, in alphabetical order
 * @param edits add the missing import; empty if it cannot be added
 */
public record AssumedImport(String module, List<String> names, List<TextEdit> edits) {

    public AssumedImport {
        names = List.copyOf(names);
        edits = List.copyOf(edits);
    }

    /** Tells whether a row of the table is one of the assumed library. */
    public boolean covers(String qualified) {
        return qualified.startsWith(module + ".");
    }
}
