package io.github.spawnproof.workspace;

import com.google.gson.JsonParseException;
import com.google.gson.stream.JsonReader;
import com.google.gson.stream.JsonToken;
import com.google.gson.stream.MalformedJsonException;
import io.github.spawnproof.source.Cell;
import io.github.spawnproof.source.DocumentSnapshot;
import io.github.spawnproof.source.SourceText;
import java.io.EOFException;
import java.io.IOException;
import java.io.Reader;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * A Jupyter notebook as a file: the code cells that are Python, and where they stand in its JSON. Of nbformat 4, as
 * nbformat.readthedocs.io/en/latest/format_description.html has it.
 */
final class NotebookFile {

    /** The version of the format since which cells stand where they are looked for. */
    private static final int FORMAT = 4;

    /** What parts two lines of a cell if the notebook does not show it: as Jupyter writes them. */
    private static final String SEPARATOR = ",\n    ";

    /** A file that is no notebook, or none that can be read. */
    static final class Unreadable extends Exception {
        Unreadable(String reason) {
            super(reason, null, false, false);
        }
    }

    /**
     * A string of the JSON.
     *
     * @param start offset behind the quote that opens it
     * @param end offset of the quote that closes it
     */
    private record Literal(String value, int start, int end) {}

    /**
     * The source of a cell: a list of lines, or one string.
     *
     * @param start offset behind the bracket of the list
     * @param end offset of the bracket that closes the list
     */
    private record Source(boolean isList, int start, int end, List<Literal> literals) {
        String text() {
            StringBuilder text = new StringBuilder();
            literals.forEach(literal -> text.append(literal.value()));
            return text.toString();
        }
    }

    private final String json;
    /** The sources of the code cells by their numbers among all cells, from 1. */
    private final SortedMap<Integer, Source> cells = new TreeMap<>();

    private int format = FORMAT;
    private String language = "python";

    private NotebookFile(String json) {
        this.json = json;
    }

    /**
     * Returns the notebook of a file's text. An empty text is a notebook without cells, as Jupyter takes it.
     *
     * @throws Unreadable with the reason as a clause that follows the file's name
     */
    static NotebookFile parse(String json) throws Unreadable {
        NotebookFile notebook = new NotebookFile(json);
        if (!json.isBlank()) {
            try {
                notebook.new Parser().notebook();
            } catch (IOException | IllegalStateException | JsonParseException e) {
                throw new Unreadable("is not a notebook: " + reason(e));
            }
        }
        if (notebook.format < FORMAT) {
            throw new Unreadable(
                    "is a notebook of format %d; `jupyter nbconvert --to notebook` makes it one of format 4"
                            .formatted(notebook.format));
        }
        if (!notebook.language.toLowerCase(Locale.ROOT).startsWith("python")) {
            notebook.cells.clear();
        }
        return notebook;
    }

    private static String reason(Exception e) {
        // Gson's messages go on with advice for programmers.
        String message = String.valueOf(e.getMessage()).lines().findFirst().orElse("");
        return e instanceof EOFException || e instanceof MalformedJsonException ? "its JSON is damaged" : message;
    }

    /** Returns the text of the code cells. */
    DocumentSnapshot snapshot(String uri) {
        SortedMap<Integer, String> texts = new TreeMap<>();
        cells.forEach((number, source) -> texts.put(number, source.text()));
        return DocumentSnapshot.notebook(uri, 0, texts);
    }

    /** Returns the file's text with the cells of a snapshot in their place; all else stays as it is. */
    String with(DocumentSnapshot snapshot) {
        StringBuilder text = new StringBuilder(json.length() + 256);
        int at = 0;
        for (Cell cell : snapshot.cells()) {
            Source source = cells.get(cell.number());
            String after = snapshot.source().slice(cell.range());
            if (source != null && !source.text().equals(after)) {
                Change change = source.isList()
                        ? lines(source, after)
                        : string(source.literals().get(0), after);
                text.append(json, at, change.start()).append(change.text());
                at = change.end();
            }
        }
        return text.append(json, at, json.length()).toString();
    }

    /** Returns where the offset of a snapshot's text stands in the file's text. */
    int offset(DocumentSnapshot snapshot, int offset) {
        Optional<Cell> cell = snapshot.cellAt(offset);
        Source source = cell.map(found -> cells.get(found.number())).orElse(null);
        if (source == null || source.literals().isEmpty()) {
            return 0;
        }
        int left = offset - cell.get().range().start();
        for (Literal literal : source.literals()) {
            if (left < literal.value().length()) {
                return raw(literal, left);
            }
            left -= literal.value().length();
        }
        return source.literals().get(source.literals().size() - 1).end();
    }

    // Writing

    /** What replaces a range of the JSON. */
    private record Change(int start, int end, String text) {}

    /** Writes the lines of a cell; those that were there keep their escapes. */
    private Change lines(Source source, String after) {
        List<Literal> old = source.literals();
        List<String> written = new ArrayList<>();
        int next = 0;
        for (String line : lines(after)) {
            int same = next;
            while (same < old.size() && !old.get(same).value().equals(line)) {
                same++;
            }
            if (same < old.size()) {
                written.add(
                        json.substring(old.get(same).start() - 1, old.get(same).end() + 1));
                next = same + 1;
            } else {
                written.add('"' + escaped(line) + '"');
            }
        }
        if (old.isEmpty()) {
            return new Change(source.start(), source.end(), "\n    " + String.join(SEPARATOR, written) + "\n   ");
        }
        return new Change(
                old.get(0).start() - 1, old.get(old.size() - 1).end() + 1, String.join(separator(source), written));
    }

    private String separator(Source source) {
        List<Literal> literals = source.literals();
        Literal first = literals.get(0);
        return literals.size() > 1
                ? json.substring(first.end() + 1, literals.get(1).start() - 1)
                : "," + json.substring(source.start(), first.start() - 1);
    }

    /** Returns the lines of a cell with their ends, as Jupyter writes them. */
    private static List<String> lines(String text) {
        List<String> lines = new ArrayList<>();
        SourceText source = new SourceText(text);
        for (int start = 0; start < text.length(); start = source.nextLineStart(start)) {
            lines.add(text.substring(start, source.nextLineStart(start)));
        }
        return lines;
    }

    /** Changes what differs of a cell that is one string. */
    private Change string(Literal old, String after) {
        int same = 0;
        int shorter = Math.min(old.value().length(), after.length());
        while (same < shorter && old.value().charAt(same) == after.charAt(same)) {
            same++;
        }
        int sameAtEnd = 0;
        while (sameAtEnd < shorter - same
                && old.value().charAt(old.value().length() - 1 - sameAtEnd)
                        == after.charAt(after.length() - 1 - sameAtEnd)) {
            sameAtEnd++;
        }
        return new Change(
                raw(old, same),
                raw(old, old.value().length() - sameAtEnd),
                escaped(after.substring(same, after.length() - sameAtEnd)));
    }

    private static String escaped(String text) {
        StringBuilder escaped = new StringBuilder(text.length() + 8);
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            switch (c) {
                case '"', '\\' -> escaped.append('\\').append(c);
                case '\n' -> escaped.append("\\n");
                case '\r' -> escaped.append("\\r");
                case '\t' -> escaped.append("\\t");
                default -> {
                    if (c < ' ') {
                        escaped.append("\\u%04x".formatted((int) c));
                    } else {
                        escaped.append(c);
                    }
                }
            }
        }
        return escaped.toString();
    }

    /** Returns where a code unit of a string stands in the JSON. */
    private int raw(Literal literal, int index) {
        int at = literal.start();
        for (int i = 0; i < index; i++) {
            at += json.charAt(at) != '\\' ? 1 : json.charAt(at + 1) == 'u' ? "\\u0000".length() : "\\n".length();
        }
        return at;
    }

    // Reading

    /** Reads the JSON once, from its start to its end. */
    private final class Parser {
        private final OneByOne text = new OneByOne(json);
        private final JsonReader reader = new JsonReader(text);
        private int number;

        void notebook() throws IOException {
            reader.beginObject();
            while (reader.hasNext()) {
                switch (reader.nextName()) {
                    case "cells" -> cells();
                    case "nbformat" -> format = reader.nextInt();
                    case "metadata" -> metadata();
                    default -> reader.skipValue();
                }
            }
            reader.endObject();
        }

        private void metadata() throws IOException {
            reader.beginObject();
            while (reader.hasNext()) {
                String name = reader.nextName();
                if (name.equals("language_info")) {
                    language = entry("name").orElse(language);
                } else if (name.equals("kernelspec")) {
                    language = entry("language").orElse(language);
                } else {
                    reader.skipValue();
                }
            }
            reader.endObject();
        }

        /** Returns the text of an entry of the object that comes next, whatever else is in it. */
        private Optional<String> entry(String wanted) throws IOException {
            if (reader.peek() != JsonToken.BEGIN_OBJECT) {
                reader.skipValue();
                return Optional.empty();
            }
            String found = null;
            reader.beginObject();
            while (reader.hasNext()) {
                if (reader.nextName().equals(wanted) && reader.peek() == JsonToken.STRING) {
                    found = reader.nextString();
                } else {
                    reader.skipValue();
                }
            }
            reader.endObject();
            return Optional.ofNullable(found);
        }

        private void cells() throws IOException {
            reader.beginArray();
            while (reader.hasNext()) {
                number++;
                cell();
            }
            reader.endArray();
        }

        private void cell() throws IOException {
            boolean isCode = false;
            Optional<Source> source = Optional.empty();
            Optional<String> own = Optional.empty();
            reader.beginObject();
            while (reader.hasNext()) {
                switch (reader.nextName()) {
                    case "cell_type" -> isCode = reader.nextString().equals("code");
                    case "source" -> source = Optional.of(source());
                    case "metadata" -> own = languageOfCell();
                    default -> reader.skipValue();
                }
            }
            reader.endObject();
            if (isCode && source.isPresent() && own.orElse("python").equals("python")) {
                cells.put(number, source.get());
            }
        }

        /** Returns the language that VS Code notes for a cell that is not in that of the notebook. */
        private Optional<String> languageOfCell() throws IOException {
            Optional<String> found = Optional.empty();
            reader.beginObject();
            while (reader.hasNext()) {
                if (reader.nextName().equals("vscode")) {
                    found = entry("languageId");
                } else {
                    reader.skipValue();
                }
            }
            reader.endObject();
            return found;
        }

        private Source source() throws IOException {
            List<Literal> literals = new ArrayList<>();
            if (reader.peek() == JsonToken.STRING) {
                literals.add(literal());
                return new Source(false, 0, 0, literals);
            }
            reader.beginArray();
            int start = text.at;
            while (reader.hasNext()) {
                literals.add(literal());
            }
            reader.endArray();
            return new Source(true, start, text.at - 1, literals);
        }

        private Literal literal() throws IOException {
            // A look at what comes reads up to the opening quote.
            if (reader.peek() != JsonToken.STRING) {
                throw new IllegalStateException("the source of a cell is no text");
            }
            int start = text.at;
            String value = reader.nextString();
            return new Literal(value, start, text.at - 1);
        }
    }

    /** Hands a text out character by character, so that what has been read says how far the JSON reader is. */
    private static final class OneByOne extends Reader {
        private final String text;
        private int at;

        OneByOne(String text) {
            this.text = text;
        }

        @Override
        public int read(char[] buffer, int offset, int length) {
            if (at == text.length()) {
                return -1;
            }
            buffer[offset] = text.charAt(at++);
            return 1;
        }

        @Override
        public void close() {}
    }
}
