package io.github.spawnproof.finding;

import java.util.List;

/**
 * A titled set of replacements.
 *
 * @param title imperative, at most 60 characters
 * @param edits in the document of the finding, pairwise without conflict
 * @param others in other files, at most one of each; empty for most fixes
 */
public record Fix(String title, Applicability applicability, List<TextEdit> edits, List<FileEdit> others) {

    public Fix {
        edits = List.copyOf(edits);
        others = List.copyOf(others);
        if (edits.isEmpty() && others.isEmpty()) {
            throw new IllegalArgumentException("a fix without edits: " + title);
        }
    }

    /** Makes a fix that changes the document of the finding alone. */
    public Fix(String title, Applicability applicability, List<TextEdit> edits) {
        this(title, applicability, edits, List.of());
    }

    /** Returns the fix, or none if there are no edits for it. */
    public static List<Fix> ifAny(String title, Applicability applicability, List<TextEdit> edits) {
        return edits.isEmpty() ? List.of() : List.of(new Fix(title, applicability, edits));
    }
}
