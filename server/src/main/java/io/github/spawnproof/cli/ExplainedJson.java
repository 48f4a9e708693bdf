package io.github.spawnproof.cli;

import com.google.gson.stream.JsonWriter;
import io.github.spawnproof.analysis.CodePlace;
import io.github.spawnproof.finding.Finding;
import java.io.IOException;
import java.util.List;
import java.util.Optional;

/** Explanations for programs: the stable form that the README describes. */
final class ExplainedJson {

    private static final int VERSION = 1;

    private ExplainedJson() {}

    static void write(Output out, List<Explained> explained) {
        new JsonOutput(out).end(json -> {
            json.beginObject().name("version").value(VERSION);
            json.name("explanations").beginArray();
            for (Explained one : explained) {
                write(json, one);
            }
            json.endArray().endObject();
        });
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
        json.name("cause");
        if (one.error().cause().isPresent()) {
            json.beginObject();
            json.name("message").value(one.error().cause().get().message());
            json.name("certain").value(one.error().cause().get().isCertain());
            location(json, one.causePlace());
            json.endObject();
        } else {
            json.nullValue();
        }
        location(json, one.place());
        json.name("findings").beginArray();
        for (FileReport report : one.reports()) {
            for (Finding finding : report.findings()) {
                FindingJson.write(json, report.file(), report.document(), finding);
            }
        }
        json.endArray().endObject();
    }

    private static void location(JsonWriter json, Optional<CodePlace> place) throws IOException {
        json.name("location");
        if (place.isPresent()) {
            json.beginObject().name("file").value(place.get().file());
            json.name("line").value(place.get().line()).endObject();
        } else {
            json.nullValue();
        }
    }
}
