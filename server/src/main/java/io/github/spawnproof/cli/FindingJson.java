package io.github.spawnproof.cli;

import com.google.gson.stream.JsonWriter;
import io.github.spawnproof.finding.CellEdits;
import io.github.spawnproof.finding.FileEdit;
import io.github.spawnproof.finding.Finding;
import io.github.spawnproof.finding.Fix;
import io.github.spawnproof.finding.Related;
import io.github.spawnproof.finding.TextEdit;
import io.github.spawnproof.source.DocumentSnapshot;
import io.github.spawnproof.source.TextRange;
import java.io.IOException;
import java.util.List;

/** A finding as JSON: the stable form that the README describes. */
final class FindingJson {

    private FindingJson() {}

    static void write(JsonWriter json, String file, DocumentSnapshot document, Finding finding) throws IOException {
        json.beginObject();
        json.name("rule").value(finding.rule());
        json.name("severity").value(finding.severity().label());
        json.name("file").value(file);
        range(json, document, finding.range());
        json.name("message").value(finding.message());
        json.name("failsOn").beginArray();
        for (String target : finding.failsOn()) {
            json.value(target);
        }
        json.endArray();
        json.name("related").beginArray();
        for (Related related : finding.related()) {
            DocumentSnapshot other = related.document();
            json.beginObject().name("file").value(other == null ? file : other.uri());
            range(json, other == null ? document : other, related.range());
            json.name("message").value(related.message()).endObject();
        }
        json.endArray();
        json.name("fixes").beginArray();
        for (Fix fix : finding.fixes()) {
            json.beginObject().name("title").value(fix.title());
            json.name("safety").value(fix.applicability().label());
            json.name("edits").beginArray();
            edits(json, file, false, document, fix.edits());
            for (FileEdit other : fix.others()) {
                edits(json, other.file().uri(), other.isNew(), other.file(), other.edits());
            }
            json.endArray().endObject();
        }
        json.endArray().endObject();
    }

    private static void edits(
            JsonWriter json, String file, boolean isNew, DocumentSnapshot document, List<TextEdit> edits)
            throws IOException {
        for (TextEdit edit : CellEdits.divided(document, edits)) {
            json.beginObject().name("file").value(file);
            if (isNew) {
                json.name("newFile").value(true);
            }
            range(json, document, edit.range());
            json.name("newText").value(edit.newText()).endObject();
        }
    }

    /** Writes a range, after the cell that it is in, if it is in a notebook. */
    private static void range(JsonWriter json, DocumentSnapshot document, TextRange range) throws IOException {
        Place start = Place.of(document, range.start());
        if (start.cell().isPresent()) {
            json.name("cell").value(start.cell().get());
        }
        json.name("range").beginObject();
        position(json, "start", start);
        position(json, "end", Place.of(document, range.end()));
        json.endObject();
    }

    private static void position(JsonWriter json, String name, Place place) throws IOException {
        json.name(name).beginObject();
        json.name("line").value(place.line());
        json.name("column").value(place.column());
        json.endObject();
    }
}
