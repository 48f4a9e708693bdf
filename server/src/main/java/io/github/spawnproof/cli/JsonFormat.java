package io.github.spawnproof.cli;

import com.google.gson.stream.JsonWriter;
import io.github.spawnproof.finding.Finding;
import io.github.spawnproof.finding.Fix;
import io.github.spawnproof.finding.Related;
import io.github.spawnproof.finding.Severity;
import io.github.spawnproof.finding.TextEdit;
import io.github.spawnproof.source.SourceText;
import io.github.spawnproof.source.TextRange;
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
                finding(report.file(), report.source(), finding);
            }
        });
        notices.addAll(report.notices());
    }

    private void finding(String file, SourceText source, Finding finding) throws IOException {
        json.beginObject();
        json.name("rule").value(finding.rule());
        json.name("severity").value(finding.severity().label());
        json.name("file").value(file);
        range(source, finding.range());
        json.name("message").value(finding.message());
        json.name("failsOn").beginArray();
        for (String target : finding.failsOn()) {
            json.value(target);
        }
        json.endArray();
        json.name("related").beginArray();
        for (Related related : finding.related()) {
            json.beginObject().name("file").value(file);
            range(source, related.range());
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
                range(source, edit.range());
                json.name("newText").value(edit.newText()).endObject();
            }
            json.endArray().endObject();
        }
        json.endArray().endObject();
    }

    private void range(SourceText source, TextRange range) throws IOException {
        json.name("range").beginObject();
        position("start", source, range.start());
        position("end", source, range.end());
        json.endObject();
    }

    private void position(String name, SourceText source, int offset) throws IOException {
        int line = source.lines().lineAt(offset);
        json.name(name).beginObject();
        json.name("line").value(line + 1);
        json.name("column").value(offset - source.lines().start(line) + 1);
        json.endObject();
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
            json.name("millis").value(summary.millis());
            json.endObject().endObject();
            json.flush();
        });
        out.line("");
        out.flush();
    }
}
