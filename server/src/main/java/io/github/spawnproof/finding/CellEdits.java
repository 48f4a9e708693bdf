package io.github.spawnproof.finding;

import io.github.spawnproof.source.Cell;
import io.github.spawnproof.source.DocumentSnapshot;
import io.github.spawnproof.source.TextRange;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Deals the edits of a notebook's text out to its cells. */
public final class CellEdits {

    private CellEdits() {}

    /**
     * Returns the edits of each cell, with offsets of the cell's own text; cells without edits have an empty list. What
     * parts two cells stays: an edit that goes over it becomes one edit of each cell.
     */
    public static Map<Cell, List<TextEdit>> of(DocumentSnapshot notebook, List<TextEdit> edits) {
        Map<Cell, List<TextEdit>> byCell = new LinkedHashMap<>();
        notebook.cells().forEach(cell -> byCell.put(cell, new ArrayList<>()));
        for (TextEdit edit : edits) {
            Cell first = notebook.cellAt(edit.range().start()).orElseThrow();
            byCell.forEach((cell, own) -> {
                if (cell.equals(first)) {
                    own.add(new TextEdit(within(cell, edit.range()), text(cell, edit)));
                } else if (cell.range().overlaps(edit.range())) {
                    own.add(TextEdit.delete(within(cell, edit.range())));
                }
            });
        }
        return byCell;
    }

    /** Returns the same edits, those of a notebook so that each lies within one cell; offsets are of the whole text. */
    public static List<TextEdit> divided(DocumentSnapshot document, List<TextEdit> edits) {
        if (document.cells().isEmpty()) {
            return edits;
        }
        List<TextEdit> divided = new ArrayList<>();
        of(document, edits).forEach((cell, own) -> {
            int base = cell.range().start();
            own.forEach(edit -> divided.add(new TextEdit(
                    new TextRange(edit.range().start() + base, edit.range().end() + base), edit.newText())));
        });
        return divided;
    }

    private static TextRange within(Cell cell, TextRange range) {
        return new TextRange(within(cell, range.start()), within(cell, range.end()));
    }

    private static int within(Cell cell, int offset) {
        return Math.max(0, Math.min(offset, cell.range().end()) - cell.range().start());
    }

    private static String text(Cell cell, TextEdit edit) {
        if (edit.range().start() > cell.range().end()) {
            // Behind the last line end of the notebook, which the cell itself does not have.
            return "\n" + edit.newText().stripTrailing();
        }
        boolean atStart =
                edit.range().isEmpty() && edit.range().start() == cell.range().start();
        // A cell needs no blank lines above its first.
        return atStart ? edit.newText().replaceFirst("^[\r\n]+", "") : edit.newText();
    }
}
