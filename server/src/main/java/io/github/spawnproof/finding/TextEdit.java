package io.github.spawnproof.finding;

import io.github.spawnproof.source.DocumentSnapshot;
import io.github.spawnproof.source.Language;
import io.github.spawnproof.source.SourceText;
import io.github.spawnproof.source.TextRange;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/** One replacement in the document of the finding; an insertion has an empty range. */
public record TextEdit(TextRange range, String newText) {

    public static TextEdit insert(int offset, String text) {
        return new TextEdit(new TextRange(offset, offset), text);
    }

    public static TextEdit replace(TextRange range, String text) {
        return new TextEdit(range, text);
    }

    public static TextEdit delete(TextRange range) {
        return new TextEdit(range, "");
    }

    /**
     * Tells whether the two cannot be applied together: they touch a common code unit, or one inserts inside the other.
     * Two insertions at one place do not conflict; they apply in the order of the list.
     */
    public boolean conflictsWith(TextEdit other) {
        if (range.isEmpty() && other.range.isEmpty()) {
            return false;
        }
        if (range.isEmpty() || other.range.isEmpty()) {
            TextRange empty = range.isEmpty() ? range : other.range;
            TextRange full = range.isEmpty() ? other.range : range;
            return full.start() < empty.start() && empty.start() < full.end();
        }
        return range.overlaps(other.range);
    }

    /**
     * Returns the document after the edits.
     *
     * @throws IllegalArgumentException if two edits overlap or one lies outside the text
     */
    public static DocumentSnapshot apply(DocumentSnapshot before, List<TextEdit> edits) {
        if (before.language() != Language.NOTEBOOK) {
            String text = apply(before.source().text(), edits);
            return DocumentSnapshot.of(before.uri(), before.language(), before.version(), new SourceText(text));
        }
        SortedMap<Integer, String> cells = new TreeMap<>();
        CellEdits.of(before, edits)
                .forEach((cell, own) ->
                        cells.put(cell.number(), apply(before.source().slice(cell.range()), own)));
        return DocumentSnapshot.notebook(before.uri(), before.version(), cells);
    }

    /**
     * Returns the text after the edits. Insertions at one offset keep the order of the list.
     *
     * @throws IllegalArgumentException if two edits overlap or one lies outside the text
     */
    public static String apply(String text, List<TextEdit> edits) {
        List<TextEdit> sorted = new ArrayList<>(edits);
        // Stable: insertions at one place stay in order; they come before a replacement that starts there.
        sorted.sort(Comparator.comparing(TextEdit::range));
        StringBuilder result = new StringBuilder(text.length() + 256);
        int at = 0;
        for (TextEdit edit : sorted) {
            if (edit.range.start() < at || edit.range.end() > text.length()) {
                throw new IllegalArgumentException("edits overlap or lie outside the text: " + edit.range);
            }
            result.append(text, at, edit.range.start()).append(edit.newText);
            at = edit.range.end();
        }
        return result.append(text, at, text.length()).toString();
    }
}
