package io.github.spawnproof.rules;

import io.github.spawnproof.source.Cell;
import io.github.spawnproof.source.DocumentSnapshot;
import io.github.spawnproof.source.Language;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** Notebooks as tests write them: code cells with a line {@code # %%} between two, known as the percent format. */
public final class PercentNotebook {

    static final String SEPARATOR = "# %%";

    private PercentNotebook() {}

    /** Returns the notebook of a text. */
    public static DocumentSnapshot parse(String uri, String text) {
        SortedMap<Integer, String> cells = new TreeMap<>();
        List<String> lines = new ArrayList<>();
        for (String line : (text.endsWith("\n") ? text.substring(0, text.length() - 1) : text).split("\n", -1)) {
            if (line.equals(SEPARATOR)) {
                cells.put(cells.size() + 1, String.join("\n", lines));
                lines.clear();
            } else {
                lines.add(line);
            }
        }
        cells.put(cells.size() + 1, String.join("\n", lines));
        return DocumentSnapshot.notebook(uri, 0, cells);
    }

    /** Returns the text of a document; that of a notebook in the percent format. */
    public static String text(DocumentSnapshot document) {
        if (document.language() != Language.NOTEBOOK) {
            return document.source().text();
        }
        return document.cells().stream()
                .map(Cell::range)
                .map(document.source()::slice)
                .collect(Collectors.joining("\n" + SEPARATOR + "\n", "", "\n"));
    }
}
