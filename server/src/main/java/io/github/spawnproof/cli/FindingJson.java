package io.github.spawnproof.cli;

import com.google.gson.stream.JsonWriter;
import io.github.spawnproof.finding.Finding;
import io.github.spawnproof.finding.Fix;
import io.github.spawnproof.finding.Related;
import io.github.spawnproof.finding.TextEdit;
import io.github.spawnproof.source.DocumentSnapshot;
import io.github.spawnproof.source.SourceText;
import io.github.spawnproof.source.TextRange;
import java.io.IOException;

/** A finding as JSON: the stable form that the README describes. */
final class FindingJson {

    private FindingJson() {}

    static void write(JsonWriter json, String file, SourceText source, Finding finding) throws IOException {
        json.beginObject();
        json.name("rule").value(finding.rule());
        json.name("severity").value(finding.severity().label());
        json.name("file").value(file);
        range(json, source, finding.range());
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
            range(json, other == null ? source : other.source(), related.range());
            json.name("message").value(related.message()).endObject();
        }
        json.endArray();
        json.name("fixes").beginArray();
        for (Fix fix : finding.fixes()) {
            json.beginObject().name("title").value(fix.title());
            json.name("safety").value(fix.applicability().label());
            json.name("edits").beginArray();
            for (TextEdit edit : fix.edits()) {
                json.beginObject().name("file").value(file);
                range(json, source, edit.range());
                json.name("newText").value(edit.newText()).endObject();
            }
            json.endArray().endObject();
        }
        json.endArray().endObject();
    }

    private static void range(JsonWriter json, SourceText source, TextRange range) throws IOException {
        json.name("range").beginObject();
        position(json, "start", source, range.start());
        position(json, "end", source, range.end());
        json.endObject();
    }

    private static void position(JsonWriter json, String name, SourceText source, int offset) throws IOException {
        int line = source.lines().lineAt(offset);
        json.name(name).beginObject();
        json.name("line").value(line + 1);
        json.name("column").value(offset - source.lines().start(line) + 1);
        json.endObject();
    }
}
