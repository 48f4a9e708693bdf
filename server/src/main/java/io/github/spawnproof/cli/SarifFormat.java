package io.github.spawnproof.cli;

import com.google.gson.stream.JsonWriter;
import io.github.spawnproof.finding.FileEdit;
import io.github.spawnproof.finding.Finding;
import io.github.spawnproof.finding.Fix;
import io.github.spawnproof.finding.Related;
import io.github.spawnproof.finding.Severity;
import io.github.spawnproof.finding.TextEdit;
import io.github.spawnproof.rule.RuleCatalog;
import io.github.spawnproof.rule.RulePage;
import io.github.spawnproof.source.DocumentSnapshot;
import io.github.spawnproof.source.TextRange;
import java.io.IOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Findings as SARIF 2.1.0 (docs.oasis-open.org/sarif/sarif/v2.1.0), written as they come; then the rules that found them. */
final class SarifFormat implements Format {

    private static final String SCHEMA = "https://json.schemastore.org/sarif-2.1.0.json";
    private static final String ROOT = "%SRCROOT%";
    private static final String FINGERPRINT = "spawnproof/v1";

    private final JsonOutput json;
    private final RuleCatalog catalog;
    private final String version;
    private final Path workingDirectory;
    private final Fingerprints fingerprints = new Fingerprints();
    private final Map<String, Integer> rules = new LinkedHashMap<>();
    private final List<Notice> notices = new ArrayList<>();

    /**
     * Makes the format.
     *
     * @param version of the program
     * @param workingDirectory absolute; relative names of files start there
     */
    SarifFormat(Output out, RuleCatalog catalog, String version, Path workingDirectory) {
        this.json = new JsonOutput(out);
        this.catalog = catalog;
        this.version = version;
        this.workingDirectory = workingDirectory;
        json.write(writer -> {
            writer.beginObject();
            writer.name("$schema").value(SCHEMA);
            writer.name("version").value("2.1.0");
            writer.name("runs").beginArray().beginObject();
            writer.name("columnKind").value("utf16CodeUnits");
            writer.name("results").beginArray();
        });
    }

    @Override
    public void report(FileReport report) {
        for (Finding finding : report.findings()) {
            json.write(writer -> result(writer, report.file(), report.document(), finding));
        }
        notices.addAll(report.notices());
    }

    private void result(JsonWriter writer, String file, DocumentSnapshot document, Finding finding) throws IOException {
        Integer index = rules.get(finding.rule());
        if (index == null) {
            index = rules.size();
            rules.put(finding.rule(), index);
        }
        writer.beginObject();
        writer.name("ruleId").value(finding.rule());
        writer.name("ruleIndex").value(index);
        writer.name("level").value(level(finding.severity()));
        message(writer, finding.message());
        writer.name("locations").beginArray();
        location(writer, file, document, finding.range(), Optional.empty());
        writer.endArray();
        if (!finding.related().isEmpty()) {
            writer.name("relatedLocations").beginArray();
            for (Related related : finding.related()) {
                DocumentSnapshot other = related.document();
                location(
                        writer,
                        other == null ? file : other.uri(),
                        other == null ? document : other,
                        related.range(),
                        Optional.of(related.message()));
            }
            writer.endArray();
        }
        List<Fix> fixes = finding.fixes().stream()
                .filter(fix -> isOfLines(document) && fix.others().stream().noneMatch(FileEdit::isNew))
                .toList();
        if (!fixes.isEmpty()) {
            writer.name("fixes").beginArray();
            for (Fix fix : fixes) {
                fix(writer, file, document, fix);
            }
            writer.endArray();
        }
        writer.name("partialFingerprints").beginObject();
        writer.name(FINGERPRINT).value(fingerprints.of(file, document, finding));
        writer.endObject();
        writer.name("properties").beginObject();
        writer.name("failsOn").beginArray();
        for (String target : finding.failsOn()) {
            writer.value(target);
        }
        writer.endArray().endObject().endObject();
    }

    /** Tells whether the lines of a document are those of its file, which of a notebook they are not. */
    private static boolean isOfLines(DocumentSnapshot document) {
        return document.cells().isEmpty();
    }

    private void fix(JsonWriter writer, String file, DocumentSnapshot document, Fix fix) throws IOException {
        writer.beginObject();
        writer.name("description").beginObject().name("text").value(fix.title()).endObject();
        writer.name("artifactChanges").beginArray();
        if (!fix.edits().isEmpty()) {
            change(writer, file, document, fix.edits());
        }
        for (FileEdit other : fix.others()) {
            change(writer, other.file().uri(), other.file(), other.edits());
        }
        writer.endArray().endObject();
    }

    private void change(JsonWriter writer, String file, DocumentSnapshot document, List<TextEdit> edits)
            throws IOException {
        writer.beginObject();
        artifact(writer, file);
        writer.name("replacements").beginArray();
        for (TextEdit edit : edits) {
            writer.beginObject();
            region(writer, "deletedRegion", document, edit.range());
            writer.name("insertedContent")
                    .beginObject()
                    .name("text")
                    .value(edit.newText())
                    .endObject();
            writer.endObject();
        }
        writer.endArray().endObject();
    }

    private void location(
            JsonWriter writer, String file, DocumentSnapshot document, TextRange range, Optional<String> message)
            throws IOException {
        writer.beginObject();
        writer.name("physicalLocation").beginObject();
        artifact(writer, file);
        if (isOfLines(document)) {
            region(writer, "region", document, range);
        }
        writer.endObject();
        Place place = Place.of(document, range.start());
        if (place.cell().isPresent()) {
            writer.name("logicalLocations").beginArray().beginObject();
            writer.name("name").value("cell %d, line %d".formatted(place.cell().get(), place.line()));
            writer.endObject().endArray();
        }
        if (message.isPresent()) {
            message(writer, message.get());
        }
        writer.endObject();
    }

    private void artifact(JsonWriter writer, String file) throws IOException {
        writer.name("artifactLocation").beginObject();
        Path path = Path.of(file);
        if (path.isAbsolute()) {
            writer.name("uri").value(path.toUri().toString());
        } else {
            writer.name("uri").value(relativeUri(file));
            writer.name("uriBaseId").value(ROOT);
        }
        writer.endObject();
    }

    private static String relativeUri(String file) {
        try {
            // With a folder before it, a colon in the name starts no scheme.
            String uri = new URI(null, null, "/" + file, null).toASCIIString();
            return uri.substring(1);
        } catch (URISyntaxException e) {
            throw new IllegalArgumentException(file, e); // A path that is quoted is a URI.
        }
    }

    private static void region(JsonWriter writer, String name, DocumentSnapshot document, TextRange range)
            throws IOException {
        Place start = Place.of(document, range.start());
        Place end = Place.of(document, range.end());
        writer.name(name).beginObject();
        writer.name("startLine").value(start.line());
        writer.name("startColumn").value(start.column());
        writer.name("endLine").value(end.line());
        writer.name("endColumn").value(end.column());
        writer.endObject();
    }

    private static void message(JsonWriter writer, String text) throws IOException {
        writer.name("message").beginObject().name("text").value(text).endObject();
    }

    private static String level(Severity severity) {
        return switch (severity) {
            case ERROR -> "error";
            case WARNING -> "warning";
            case INFORMATION, HINT -> "note";
        };
    }

    @Override
    public boolean showsNotices() {
        return true;
    }

    @Override
    public void end(Summary summary) {
        json.end(writer -> {
            writer.endArray();
            writer.name("tool").beginObject().name("driver").beginObject();
            writer.name("name").value("Spawnproof");
            writer.name("version").value(version);
            writer.name("rules").beginArray();
            for (String rule : rules.keySet()) {
                rule(writer, rule);
            }
            writer.endArray().endObject().endObject();
            writer.name("originalUriBaseIds").beginObject().name(ROOT).beginObject();
            writer.name("uri").value(workingDirectory.toUri().toString());
            writer.endObject().endObject();
            writer.name("invocations").beginArray().beginObject();
            writer.name("executionSuccessful").value(!summary.failed());
            writer.name("toolExecutionNotifications").beginArray();
            for (Notice notice : notices) {
                notice(writer, notice);
            }
            writer.endArray().endObject().endArray();
            writer.endObject().endArray().endObject();
        });
    }

    private void rule(JsonWriter writer, String id) throws IOException {
        writer.beginObject().name("id").value(id);
        Optional<RulePage> found = catalog.find(id).map(RulePage::of);
        if (found.isPresent()) {
            RulePage page = found.get();
            writer.name("shortDescription").beginObject();
            writer.name("text").value(page.summary().replaceAll("\\s+", " ")).endObject();
            writer.name("help").beginObject();
            writer.name("text").value(page.markdown());
            writer.name("markdown").value(page.markdown()).endObject();
            if (page.upstream().isPresent()) {
                writer.name("helpUri").value(page.upstream().get());
            }
        }
        writer.endObject();
    }

    private void notice(JsonWriter writer, Notice notice) throws IOException {
        writer.beginObject();
        message(writer, notice.message());
        writer.name("level").value("warning");
        writer.name("descriptor").beginObject().name("id").value(notice.kind()).endObject();
        writer.name("locations")
                .beginArray()
                .beginObject()
                .name("physicalLocation")
                .beginObject();
        artifact(writer, notice.file());
        writer.endObject().endObject().endArray().endObject();
    }
}
