package io.github.spawnproof.finding;

import java.util.List;

/**
 * A titled set of replacements in the document of the finding.
 *
 * @param title imperative, at most 60 characters
 * @param edits not empty, pairwise without conflict
 */
public record Fix(String title, Applicability applicability, List<TextEdit> edits) {

    public Fix {
        edits = List.copyOf(edits);
        if (edits.isEmpty()) {
            throw new IllegalArgumentException("a fix without edits: " + title);
        }
    }

    /** Returns the fix, or none if there are no edits for it. */
    public static List<Fix> ifAny(String title, Applicability applicability, List<TextEdit> edits) {
        return edits.isEmpty() ? List.of() : List.of(new Fix(title, applicability, edits));
    }
}
