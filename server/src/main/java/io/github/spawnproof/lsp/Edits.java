package io.github.spawnproof.lsp;

import com.google.gson.JsonElement;
import io.github.spawnproof.source.SourceText;
import io.github.spawnproof.source.TextRange;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.eclipse.lsp4j.Range;

/** The content changes of one text in a notification, each made to the text that the one before left. */
final class Edits {

    /** Replaces a range, or the whole text if there is none. */
    private record Edit(Optional<Range> range, String text) {}

    private final List<Edit> edits = new ArrayList<>();

    private Edits() {}

    /** Reads all changes before any is made, so that a wrong one leaves the document as it was. */
    static Edits read(Params didChange, String key) {
        Edits read = new Edits();
        for (JsonElement change : didChange.array(key)) {
            Params params = Params.of(change, didChange.path() + "." + key + "[]");
            Optional<Range> range = params.has("range") ? Optional.of(params.range("range")) : Optional.empty();
            read.edits.add(new Edit(range, params.string("text")));
        }
        return read;
    }

    SourceText apply(SourceText before, PositionEncoding encoding) {
        SourceText source = before;
        for (Edit edit : edits) {
            source = new SourceText(edit.range().isEmpty() ? edit.text() : replaced(source, edit, encoding));
        }
        return source;
    }

    private static String replaced(SourceText source, Edit edit, PositionEncoding encoding) {
        TextRange range = new Positions(source, encoding).textRange(edit.range().orElseThrow());
        String text = source.text();
        return new StringBuilder(text.length() + edit.text().length())
                .append(text, 0, range.start())
                .append(edit.text())
                .append(text, range.end(), text.length())
                .toString();
    }
}
