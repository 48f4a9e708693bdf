package io.github.spawnproof.source;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;

/**
 * One version of one document.
 *
 * @param uri where it is, as the client or the command line spelt it
 * @param language what it is written in
 * @param version the client's version number; 0 for a file read from disk
 * @param source its text; of a notebook, that of its code cells, one after the other
 * @param cells the code cells of a notebook, in order; empty for everything else
 */
public record DocumentSnapshot(String uri, Language language, int version, SourceText source, List<Cell> cells) {

    public DocumentSnapshot {
        cells = List.copyOf(cells);
    }

    public static DocumentSnapshot of(String uri, Language language, String text) {
        return of(uri, language, 0, new SourceText(text));
    }

    public static DocumentSnapshot of(String uri, Language language, int version, SourceText source) {
        return new DocumentSnapshot(uri, language, version, source, List.of());
    }

    /**
     * Returns a snapshot of a notebook.
     *
     * @param codeCells the texts of its code cells by their numbers
     */
    public static DocumentSnapshot notebook(String uri, int version, SortedMap<Integer, String> codeCells) {
        StringBuilder text = new StringBuilder();
        List<Cell> cells = new ArrayList<>();
        for (Map.Entry<Integer, String> cell : codeCells.entrySet()) {
            int start = text.length();
            text.append(cell.getValue());
            cells.add(new Cell(cell.getKey(), new TextRange(start, text.length())));
            text.append('\n');
        }
        return new DocumentSnapshot(uri, Language.NOTEBOOK, version, new SourceText(text.toString()), cells);
    }

    /** Returns the cell that an offset belongs to; what lies between two cells belongs to the first. Empty without cells. */
    public Optional<Cell> cellAt(int offset) {
        Cell found = null;
        for (Cell cell : cells) {
            if (found == null || cell.range().start() <= offset) {
                found = cell;
            }
        }
        return Optional.ofNullable(found);
    }
}
