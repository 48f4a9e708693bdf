package io.github.spawnproof.cli;

import com.google.gson.stream.JsonWriter;
import io.github.spawnproof.analysis.CodePlace;
import io.github.spawnproof.finding.Finding;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;

/** Explanations for programs: the stable form that the README describes. */
final class ExplainedJson {

    private static final int VERSION = 1;

    private ExplainedJson() {}

    static void write(Output out, List<Explained> explained) {
        try {
            JsonWriter json = new JsonWriter(out);
            json.setIndent("  ");
            json.setHtmlSafe(false);
            json.beginObject().name("version").value(VERSION);
            json.name("explanations").beginArray();
            for (Explained one : explained) {
                write(json, one);
            }
            json.endArray().endObject().flush();
        } catch (IOException e) {
            throw new UncheckedIOException(e); // Output throws its own exception, so this is never reached.
        }
        out.line("");
    }

    private static void write(JsonWriter json, Explained one) throws IOException {
        json.beginObject();
        json.name("message").value(one.error().message());
        json.name("rules").beginArray();
        for (String rule : one.rules()) {
            json.value(rule);
        }
        json.endArray();
        json.name("symptom").value(one.error().symptom());
        json.name("text").value(one.error().text());
        json.name("location");
        if (one.place().isPresent()) {
            CodePlace place = one.place().get();
            json.beginObject().name("file").value(place.file());
            json.name("line").value(place.line()).endObject();
        } else {
            json.nullValue();
        }
        json.name("findings").beginArray();
        for (FileReport report : one.reports()) {
            for (Finding finding : report.findings()) {
                FindingJson.write(json, report.file(), report.document(), finding);
            }
        }
        json.endArray().endObject();
    }
}
