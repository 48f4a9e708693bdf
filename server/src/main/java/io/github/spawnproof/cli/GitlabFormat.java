package io.github.spawnproof.cli;

import com.google.gson.stream.JsonWriter;
import io.github.spawnproof.finding.Finding;
import io.github.spawnproof.finding.Severity;
import io.github.spawnproof.source.DocumentSnapshot;
import java.io.IOException;

/** Findings as a code quality report of GitLab (docs.gitlab.com/ci/testing/code_quality). */
final class GitlabFormat implements Format {

    private final JsonOutput json;
    private final Fingerprints fingerprints = new Fingerprints();

    GitlabFormat(Output out) {
        this.json = new JsonOutput(out);
        json.write(JsonWriter::beginArray);
    }

    @Override
    public void report(FileReport report) {
        for (Finding finding : report.findings()) {
            json.write(writer -> write(writer, report.file(), report.document(), finding));
        }
    }

    private void write(JsonWriter writer, String file, DocumentSnapshot document, Finding finding) throws IOException {
        Place start = Place.of(document, finding.range().start());
        String where = start.cell()
                .map(number -> "cell %d, line %d: ".formatted(number, start.line()))
                .orElse("");
        writer.beginObject();
        writer.name("description").value(where + finding.message());
        writer.name("check_name").value(finding.rule());
        writer.name("fingerprint").value(fingerprints.of(file, document, finding));
        writer.name("severity").value(severity(finding.severity()));
        writer.name("location").beginObject();
        writer.name("path").value(file);
        // The lines of a cell are not those of the file.
        int first = start.cell().isPresent() ? 1 : start.line();
        int last = start.cell().isPresent()
                ? 1
                : Place.of(document, finding.range().end()).line();
        writer.name("lines").beginObject();
        writer.name("begin").value(first);
        writer.name("end").value(last);
        writer.endObject().endObject().endObject();
    }

    private static String severity(Severity severity) {
        return switch (severity) {
            case ERROR -> "critical";
            case WARNING -> "major";
            case INFORMATION -> "minor";
            case HINT -> "info";
        };
    }

    @Override
    public void end(Summary summary) {
        json.end(JsonWriter::endArray);
    }
}
