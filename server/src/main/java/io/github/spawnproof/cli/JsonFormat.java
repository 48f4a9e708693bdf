package io.github.spawnproof.cli;

import io.github.spawnproof.finding.Finding;
import io.github.spawnproof.finding.Severity;
import java.util.ArrayList;
import java.util.List;

/** Findings for programs: the stable form that the README describes, written as findings come. */
final class JsonFormat implements Format {

    private static final int VERSION = 1;

    private final JsonOutput json;
    private final List<Notice> notices = new ArrayList<>();

    JsonFormat(Output out) {
        this.json = new JsonOutput(out);
        json.write(writer -> writer.beginObject()
                .name("version")
                .value(VERSION)
                .name("findings")
                .beginArray());
    }

    @Override
    public void report(FileReport report) {
        json.write(writer -> {
            for (Finding finding : report.findings()) {
                FindingJson.write(writer, report.file(), report.document(), finding);
            }
        });
        notices.addAll(report.notices());
    }

    @Override
    public boolean showsNotices() {
        return true;
    }

    @Override
    public void end(Summary summary) {
        json.end(writer -> {
            writer.endArray();
            writer.name("notices").beginArray();
            for (Notice notice : notices) {
                writer.beginObject();
                writer.name("file").value(notice.file());
                writer.name("kind").value(notice.kind());
                writer.name("message").value(notice.message());
                writer.endObject();
            }
            writer.endArray();
            writer.name("summary").beginObject();
            writer.name("files").value(summary.files());
            writer.name("errors").value(summary.count(Severity.ERROR));
            writer.name("warnings").value(summary.count(Severity.WARNING));
            writer.name("information").value(summary.count(Severity.INFORMATION));
            if (summary.count(Severity.HINT) > 0) {
                writer.name("hints").value(summary.count(Severity.HINT));
            }
            if (summary.baselined().isPresent()) {
                writer.name("baselined").value(summary.baselined().getAsInt());
            }
            writer.name("millis").value(summary.millis());
            writer.endObject().endObject();
        });
    }
}
