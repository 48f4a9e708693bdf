package io.github.spawnproof.cli;

import io.github.spawnproof.source.Cell;
import io.github.spawnproof.source.DocumentSnapshot;
import io.github.spawnproof.source.SourceText;
import java.util.Optional;

/**
 * A place in a document as people count.
 *
 * @param cell the number of the cell in a notebook; empty elsewhere
 * @param line from 1, in a notebook within the cell
 * @param column from 1, in UTF-16 code units
 */
record Place(Optional<Integer> cell, int line, int column) {

    static Place of(DocumentSnapshot document, int offset) {
        SourceText source = document.source();
        Optional<Cell> cell = document.cellAt(offset);
        int firstLine =
                cell.map(found -> source.lines().lineAt(found.range().start())).orElse(0);
        int line = source.lines().lineAt(offset);
        return new Place(
                cell.map(Cell::number),
                line - firstLine + 1,
                offset - source.lines().start(line) + 1);
    }

    /** Returns the place behind the name of its file. */
    String in(String file) {
        return file + ":" + cell.map(number -> "cell " + number + ":").orElse("") + line + ":" + column;
    }
}
