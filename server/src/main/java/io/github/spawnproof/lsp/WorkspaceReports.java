package io.github.spawnproof.lsp;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import org.eclipse.lsp4j.Diagnostic;
import org.eclipse.lsp4j.WorkspaceDiagnosticReport;
import org.eclipse.lsp4j.WorkspaceDocumentDiagnosticReport;
import org.eclipse.lsp4j.WorkspaceFullDocumentDiagnosticReport;
import org.jspecify.annotations.Nullable;

/**
 * The diagnostics of files that nobody has open, for a client that pulls them by {@code workspace/diagnostic}.
 *
 * <p>A request for which there is no news stays open until there is some, as the specification suggests; the client would
 * only ask again. Safe for any number of threads.
 */
final class WorkspaceReports {

    private record Report(DocumentUri uri, String resultId, List<Diagnostic> diagnostics) {}

    /** A request that is not answered yet. */
    private static final class Asked {
        private final CompletableFuture<WorkspaceDiagnosticReport> answer = new CompletableFuture<>();
        /** Where the client wants to see each part of the answer as soon as it is there; JSON's null if it does not say. */
        private final JsonElement token;
        /** What the client has, by the keys of the URIs; those that it was told of in parts are among them. */
        private final Map<String, Known> known;

        private boolean hasToldParts;

        Asked(JsonElement token, Map<String, Known> known) {
            this.token = token;
            this.known = known;
        }
    }

    private record Known(DocumentUri uri, String resultId) {}

    private final Connection connection;
    private final Map<String, Report> reports = new LinkedHashMap<>();
    private Optional<Asked> asked = Optional.empty();
    private boolean isWanted;
    /** How many checks of many files are under way; one may begin while another is about to end. */
    private int checks;

    private long lastId;

    WorkspaceReports(Connection connection) {
        this.connection = connection;
    }

    /** Tells whether the client pulls the diagnostics of the workspace. */
    synchronized boolean isWanted() {
        return isWanted;
    }

    /** Answers a request when there is news, and no check of all files is under way that will bring more. */
    synchronized CompletableFuture<WorkspaceDiagnosticReport> ask(@Nullable JsonElement json) {
        isWanted = true;
        // A client has one such request under way; whoever asks again has given up the first.
        asked.ifPresent(before -> before.answer.complete(new WorkspaceDiagnosticReport(List.of())));
        Map<String, Known> known = new HashMap<>();
        if (Json.at(json, "previousResultIds") instanceof JsonArray previous) {
            for (JsonElement one : previous) {
                String spelling = Json.string(one, "uri");
                if (!spelling.isEmpty()) {
                    DocumentUri uri = DocumentUri.of(spelling);
                    known.put(uri.key(), new Known(uri, Json.string(one, "value")));
                }
            }
        }
        Asked now = new Asked(Json.at(json, "partialResultToken"), known);
        asked = Optional.of(now);
        tellParts();
        answer();
        return now.answer;
    }

    /** Sets the diagnostics of a file; none for one that has no findings, is open or is not there any more. */
    synchronized void put(DocumentUri uri, List<Diagnostic> diagnostics) {
        Report before = reports.get(uri.key());
        if (diagnostics.isEmpty()) {
            reports.remove(uri.key());
        } else if (before == null || !before.diagnostics().equals(diagnostics)) {
            reports.put(uri.key(), new Report(uri, Long.toString(++lastId), diagnostics));
        }
        if (checks > 0) {
            tellParts();
        }
        answer();
    }

    /** Leaves out the files that are not among some, by the keys of their URIs. */
    synchronized void retain(Set<String> keys) {
        reports.keySet().retainAll(keys);
        answer();
    }

    /** Tells that a check of many files begins, which {@link #end} ends: what it finds belongs to one answer. */
    synchronized void begin() {
        checks++;
    }

    /** Tells that a check of many files is over. */
    synchronized void end() {
        checks--;
        answer();
    }

    /** Ends what is under way. */
    synchronized void shutDown() {
        asked.ifPresent(open -> open.answer.complete(new WorkspaceDiagnosticReport(List.of())));
        asked = Optional.empty();
    }

    private void tellParts() {
        Asked open = asked.filter(one -> !one.answer.isDone()).orElse(null);
        if (open == null || !(Json.isString(open.token) || Json.isNumber(open.token))) {
            return;
        }
        List<WorkspaceDocumentDiagnosticReport> news = news(open);
        if (!news.isEmpty()) {
            open.hasToldParts = true;
            connection.notify("$/progress", Map.of("token", open.token, "value", new WorkspaceDiagnosticReport(news)));
        }
    }

    private void answer() {
        Asked open = asked.filter(one -> !one.answer.isDone()).orElse(null);
        if (open == null || checks > 0) {
            return;
        }
        List<WorkspaceDocumentDiagnosticReport> news = news(open);
        if (!news.isEmpty() || open.hasToldParts) {
            asked = Optional.empty();
            open.answer.complete(new WorkspaceDiagnosticReport(news));
        }
    }

    /** Returns what the client does not have, and remembers that it was told. */
    private List<WorkspaceDocumentDiagnosticReport> news(Asked open) {
        List<WorkspaceDocumentDiagnosticReport> news = new ArrayList<>();
        for (Known known : List.copyOf(open.known.values())) {
            if (!reports.containsKey(known.uri().key())) {
                open.known.remove(known.uri().key());
                news.add(report(known.uri(), List.of()));
            }
        }
        reports.forEach((key, report) -> {
            Known known = open.known.get(key);
            if (known == null || !known.resultId().equals(report.resultId())) {
                open.known.put(key, new Known(report.uri(), report.resultId()));
                WorkspaceFullDocumentDiagnosticReport full = full(report.uri(), report.diagnostics());
                full.setResultId(report.resultId());
                news.add(new WorkspaceDocumentDiagnosticReport(full));
            }
        });
        return news;
    }

    private static WorkspaceDocumentDiagnosticReport report(DocumentUri uri, List<Diagnostic> diagnostics) {
        return new WorkspaceDocumentDiagnosticReport(full(uri, diagnostics));
    }

    private static WorkspaceFullDocumentDiagnosticReport full(DocumentUri uri, List<Diagnostic> diagnostics) {
        return new WorkspaceFullDocumentDiagnosticReport(diagnostics, uri.spelling(), null);
    }
}
