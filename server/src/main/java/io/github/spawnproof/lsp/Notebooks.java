package io.github.spawnproof.lsp;

import com.google.gson.JsonElement;
import io.github.spawnproof.source.Cell;
import io.github.spawnproof.source.DocumentSnapshot;
import io.github.spawnproof.source.Language;
import io.github.spawnproof.source.SourceText;
import io.github.spawnproof.workspace.FileKinds;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * The open notebooks as the client tells of them, cell by cell: LSP 3.17, notebook document synchronization. Used by the
 * reader thread alone.
 */
final class Notebooks {

    private static final int CODE = 2;

    /** The text of a cell. */
    private record CellText(DocumentUri uri, boolean isPython, int version, SourceText source) {}

    /** A cell of any kind in its place. */
    private record Place(DocumentUri uri, boolean isCode) {}

    /** What the client has said of one notebook. */
    private static final class Notebook {
        private final DocumentUri uri;
        private int version;
        private final List<Place> cells = new ArrayList<>();
        private final Map<String, CellText> texts = new HashMap<>();

        Notebook(DocumentUri uri, int version) {
            this.uri = uri;
            this.version = version;
        }
    }

    private final Map<String, Notebook> open = new HashMap<>();

    /** Takes the parameters of {@code notebookDocument/didOpen}. */
    OpenDocument.Content open(Params params) {
        Params document = params.object("notebookDocument");
        Notebook notebook = new Notebook(DocumentUri.of(document.string("uri")), document.integer("version"));
        addPlaces(notebook, 0, document, "cells");
        addTexts(notebook, params, "cellTextDocuments");
        open.put(notebook.uri.key(), notebook);
        return content(notebook);
    }

    /**
     * Takes the parameters of {@code notebookDocument/didChange}. What does not fit the notebook is left out.
     *
     * @return the notebook as it is now; empty if it is not open
     */
    Optional<OpenDocument.Content> change(Params params, PositionEncoding encoding) {
        Params document = params.object("notebookDocument");
        Notebook notebook = open.get(DocumentUri.of(document.string("uri")).key());
        if (notebook == null) {
            return Optional.empty();
        }
        notebook.version = document.has("version") ? document.integer("version") : notebook.version + 1;
        Params change = params.object("change");
        if (change.has("cells")) {
            Params cells = change.object("cells");
            if (cells.has("structure")) {
                structure(notebook, cells.object("structure"));
            }
            if (cells.has("textContent")) {
                for (JsonElement content : cells.array("textContent")) {
                    text(notebook, Params.of(content, cells.path() + ".textContent[]"), encoding);
                }
            }
        }
        return Optional.of(content(notebook));
    }

    /** Takes the end of a notebook. */
    void close(DocumentUri uri) {
        open.remove(uri.key());
    }

    private static void structure(Notebook notebook, Params structure) {
        Params array = structure.object("array");
        int start = clamp(array.integer("start"), notebook.cells.size());
        int end = clamp(start + array.integer("deleteCount"), notebook.cells.size());
        for (Place gone : notebook.cells.subList(start, Math.max(start, end))) {
            notebook.texts.remove(gone.uri().key());
        }
        notebook.cells.subList(start, Math.max(start, end)).clear();
        addPlaces(notebook, start, array, "cells");
        addTexts(notebook, structure, "didOpen");
    }

    private static int clamp(int index, int size) {
        return Math.max(0, Math.min(index, size));
    }

    private static void addPlaces(Notebook notebook, int start, Params params, String key) {
        if (params.has(key)) {
            int at = start;
            for (JsonElement element : params.array(key)) {
                Params cell = Params.of(element, params.path() + "." + key + "[]");
                DocumentUri uri = DocumentUri.of(cell.string("document"));
                notebook.cells.add(at++, new Place(uri, cell.integer("kind") == CODE));
            }
        }
    }

    private static void addTexts(Notebook notebook, Params params, String key) {
        if (params.has(key)) {
            for (JsonElement element : params.array(key)) {
                Params text = Params.of(element, params.path() + "." + key + "[]");
                DocumentUri uri = DocumentUri.of(text.string("uri"));
                boolean isPython = FileKinds.ofIdentifier(text.string("languageId"))
                        .filter(Language.PYTHON::equals)
                        .isPresent();
                notebook.texts.put(
                        uri.key(),
                        new CellText(uri, isPython, text.integer("version"), new SourceText(text.string("text"))));
            }
        }
    }

    private static void text(Notebook notebook, Params content, PositionEncoding encoding) {
        Params document = content.object("document");
        CellText before =
                notebook.texts.get(DocumentUri.of(document.string("uri")).key());
        Edits edits = Edits.read(content, "changes");
        if (before != null) {
            SourceText source = edits.apply(before.source(), encoding);
            int version = document.has("version") ? document.integer("version") : before.version() + 1;
            notebook.texts.put(before.uri().key(), new CellText(before.uri(), before.isPython(), version, source));
        }
    }

    private static OpenDocument.Content content(Notebook notebook) {
        SortedMap<Integer, String> texts = new TreeMap<>();
        Map<Integer, CellText> shown = new HashMap<>();
        for (int i = 0; i < notebook.cells.size(); i++) {
            CellText text = notebook.texts.get(notebook.cells.get(i).uri().key());
            if (notebook.cells.get(i).isCode() && text != null && text.isPython()) {
                texts.put(i + 1, text.source().text());
                shown.put(i + 1, text);
            }
        }
        DocumentSnapshot snapshot = DocumentSnapshot.notebook(notebook.uri.spelling(), notebook.version, texts);
        List<TextPart> parts = new ArrayList<>();
        for (Cell cell : snapshot.cells()) {
            CellText text = shown.get(cell.number());
            if (text != null) {
                parts.add(new TextPart(
                        text.uri(), text.version(), text.source(), cell.range().start()));
            }
        }
        return new OpenDocument.Content(notebook.uri, snapshot, parts);
    }
}
