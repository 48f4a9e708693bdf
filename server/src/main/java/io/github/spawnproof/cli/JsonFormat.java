package io.github.spawnproof.cli;

import com.google.gson.stream.JsonWriter;
import io.github.spawnproof.finding.Finding;
import io.github.spawnproof.finding.Severity;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;

/** Findings for programs: the stable form that the README describes, written as findings come. */
final class JsonFormat implements Format {

    private static final int VERSION = 1;

    private final Output out;
    private final JsonWriter json;
    private final List<Notice> notices = new ArrayList<>();

    JsonFormat(Output out) {
        this.out = out;
        this.json = new JsonWriter(out);
        json.setIndent("  ");
        json.setHtmlSafe(false);
        write(() -> json.beginObject()
                .name("version")
                .value(VERSION)
                .name("findings")
                .beginArray());
    }

    @FunctionalInterface
    private interface Writing {
        void run() throws IOException;
    }

    private static void write(Writing writing) {
        try {
            writing.run();
        } catch (IOException e) {
            throw new UncheckedIOException(e); // Output throws its own exception, so this is never reached.
        }
    }

    @Override
    public void report(FileReport report) {
        write(() -> {
            for (Finding finding : report.findings()) {
                FindingJson.write(json, report.file(), report.document(), finding);
            }
        });
        notices.addAll(report.notices());
    }

    @Override
    public void end(Summary summary) {
        write(() -> {
            json.endArray();
            json.name("notices").beginArray();
            for (Notice notice : notices) {
                json.beginObject();
                json.name("file").value(notice.file());
                json.name("kind").value(notice.kind());
                json.name("message").value(notice.message());
                json.endObject();
            }
            json.endArray();
            json.name("summary").beginObject();
            json.name("files").value(summary.files());
            json.name("errors").value(summary.count(Severity.ERROR));
            json.name("warnings").value(summary.count(Severity.WARNING));
            json.name("information").value(summary.count(Severity.INFORMATION));
            if (summary.count(Severity.HINT) > 0) {
                json.name("hints").value(summary.count(Severity.HINT));
            }
            if (summary.baselined().isPresent()) {
                json.name("baselined").value(summary.baselined().getAsInt());
            }
            json.name("millis").value(summary.millis());
            json.endObject().endObject();
            json.flush();
        });
        out.line("");
        out.flush();
    }
}
