package io.github.spawnproof.lsp;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.eclipse.lsp4j.Diagnostic;
import org.eclipse.lsp4j.Position;
import org.eclipse.lsp4j.Range;
import org.eclipse.lsp4j.WorkspaceDiagnosticReport;
import org.junit.jupiter.api.Test;

/** When a request for the diagnostics of the workspace is answered. */
class WorkspaceReportsTest {

    private static final DocumentUri FIRST = DocumentUri.of("file:///first.py");
    private static final DocumentUri SECOND = DocumentUri.of("file:///second.py");
    private static final List<Diagnostic> FOUND =
            List.of(new Diagnostic(new Range(new Position(0, 0), new Position(0, 1)), "found"));

    private final WorkspaceReports reports = new WorkspaceReports(new Connection(
            message -> {},
            new ServerLog(new PrintStream(OutputStream.nullOutputStream(), true, StandardCharsets.UTF_8))));

    @Test
    void news_is_told_at_once_when_nothing_is_being_checked() {
        CompletableFuture<WorkspaceDiagnosticReport> answer = reports.ask(null);
        assertThat(answer).isNotDone();

        reports.put(FIRST, FOUND);

        assertThat(answer.join().getItems()).hasSize(1);
    }

    @Test
    void a_check_that_ends_while_another_is_under_way_answers_nothing() {
        CompletableFuture<WorkspaceDiagnosticReport> answer = reports.ask(null);
        reports.begin();
        reports.begin();
        reports.end();
        reports.put(FIRST, FOUND);
        assertThat(answer).isNotDone();

        reports.put(SECOND, FOUND);
        reports.end();

        assertThat(answer.join().getItems()).hasSize(2);
    }
}
