package io.github.spawnproof.lsp;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonObject;
import io.github.spawnproof.python.PythonModule;
import io.github.spawnproof.rule.Fault;
import io.github.spawnproof.rule.PythonRule;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What happens while an analysis runs; a gate holds it, and a clock of the test's own says for how long. */
@Timeout(120)
class SchedulingTest {

    private static final String OTHER = "file:///shop/b.py";

    /** Comes after the gate, and after a poll for cancellation. */
    private static final class LastStop implements PythonRule {
        private final List<String> texts = new CopyOnWriteArrayList<>();

        @Override
        public void check(PythonModule module, Consumer<Fault> faults) {
            texts.add(module.source().text());
        }
    }

    private final EntryGate gate = new EntryGate();
    private final LastStop lastStop = new LastStop();
    private final AtomicLong nanos = new AtomicLong();

    private TestClient start() {
        return TestClient.start(List.of(gate, new FlagWord(), lastStop), SettingsSource.editorOnly(), nanos::get)
                .initialized();
    }

    private void pass(long millis) {
        nanos.addAndGet(TimeUnit.MILLISECONDS.toNanos(millis));
    }

    /** Returns when the server has handled everything sent before. */
    private static void drain(TestClient client) {
        client.request("spawnproof/nonsense", "{}");
    }

    private static List<Integer> versions(TestClient client) {
        List<Integer> versions = new ArrayList<>();
        client.published(TestClient.URI)
                .forEach(params -> versions.add(params.get("version").getAsInt()));
        return versions;
    }

    private int sendHover(TestClient client) {
        return client.send(
                "textDocument/hover",
                TestClient.json("{\"textDocument\": {\"uri\": \"%s\"}, \"position\": {\"line\": 0, \"character\": 6}}"
                        .formatted(TestClient.URI)));
    }

    @Test
    void only_the_newest_version_is_analysed_after_a_burst() throws InterruptedException {
        try (TestClient client = start()) {
            client.open(1, "WAIT");
            gate.awaitEntered();
            for (int version = 2; version <= 20; version++) {
                client.change(version, "FLAG " + version);
            }
            drain(client);

            gate.letOneGo();

            assertThat(client.awaitDiagnostics(20)).hasSize(1);
            assertThat(versions(client)).containsExactly(20);
            assertThat(gate.texts()).containsExactly("WAIT", "FLAG 20");
            assertThat(lastStop.texts).containsExactly("FLAG 20");
        }
    }

    @Test
    void an_analysis_of_400_ms_is_published_with_its_own_version_before_the_newer_one() throws InterruptedException {
        try (TestClient client = start()) {
            client.open(1, "WAIT FLAG");
            gate.awaitEntered();
            pass(400);
            client.change(2, "FLAG FLAG");
            client.change(3, "FLAG FLAG FLAG");
            drain(client);

            gate.letOneGo();

            assertThat(client.awaitDiagnostics(1)).hasSize(1);
            assertThat(client.awaitDiagnostics(3)).hasSize(3);
            assertThat(versions(client)).containsExactly(1, 3);
        }
    }

    @Test
    void typing_without_a_pause_is_answered_twice_a_second() throws InterruptedException {
        try (TestClient client = start()) {
            client.open(1, "WAIT 1");
            // Eight keys a second; each analysis takes as long as until the next key but one.
            for (int version = 2; version <= 41; version++) {
                gate.awaitEntered();
                pass(125);
                client.change(version, "WAIT " + version);
                drain(client);
                gate.letOneGo();
            }
            gate.awaitEntered();
            gate.letOneGo();

            client.awaitDiagnostics(41);
            // 40 keys are five seconds.
            assertThat(versions(client)).hasSizeGreaterThanOrEqualTo(10).isSorted();
        }
    }

    @Test
    void closing_a_document_in_work_clears_it_for_good() throws InterruptedException {
        try (TestClient client = start()) {
            client.open(1, "WAIT FLAG");
            gate.awaitEntered();
            pass(1000);
            client.closeDocument(TestClient.URI);
            drain(client);
            gate.letOneGo();
            client.open(OTHER, "python", 1, "FLAG");
            client.awaitPublished(OTHER, 1);

            assertThat(client.published(TestClient.URI))
                    .hasSize(1)
                    .first()
                    .satisfies(params ->
                            assertThat(params.getAsJsonArray("diagnostics")).isEmpty());
        }
    }

    @Test
    void a_request_waits_for_the_running_analysis_of_its_version() throws InterruptedException {
        try (TestClient client = start()) {
            client.open(1, "WAIT FLAG");
            gate.awaitEntered();
            int hover = sendHover(client);
            drain(client);

            gate.letOneGo();

            assertThat(Json.string(client.awaitAnswer(hover), "result", "contents", "value"))
                    .startsWith("# flag-word");
            assertThat(gate.texts()).hasSize(1);
        }
    }

    @Test
    void a_request_about_a_text_that_changes_before_it_is_analysed_gets_content_modified() throws InterruptedException {
        try (TestClient client = start()) {
            client.open(1, "WAIT FLAG");
            gate.awaitEntered();
            int hover = sendHover(client);

            client.change(2, "FLAG");

            assertThat(Json.at(client.awaitAnswer(hover), "error", "code").getAsInt())
                    .isEqualTo(-32801);
            gate.letOneGo();
        }
    }

    @Test
    void a_request_about_a_closed_document_gets_content_modified() throws InterruptedException {
        try (TestClient client = start()) {
            client.open(1, "WAIT FLAG");
            gate.awaitEntered();
            int hover = sendHover(client);

            client.closeDocument(TestClient.URI);

            assertThat(Json.at(client.awaitAnswer(hover), "error", "code").getAsInt())
                    .isEqualTo(-32801);
            gate.letOneGo();
        }
    }

    @Test
    void a_request_survives_new_settings() throws InterruptedException {
        try (TestClient client = start()) {
            client.open(1, "WAIT FLAG");
            gate.awaitEntered();
            int hover = sendHover(client);
            client.notify("workspace/didChangeWatchedFiles", "{\"changes\": []}");
            drain(client);
            gate.letOneGo();

            gate.awaitEntered();
            gate.letOneGo();

            assertThat(Json.string(client.awaitAnswer(hover), "result", "contents", "value"))
                    .startsWith("# flag-word");
        }
    }

    @Test
    void a_cancelled_request_is_answered_at_once() throws InterruptedException {
        try (TestClient client = start()) {
            client.open(1, "WAIT FLAG");
            gate.awaitEntered();
            int hover = sendHover(client);

            client.notify("$/cancelRequest", "{\"id\": " + hover + "}");

            assertThat(Json.at(client.awaitAnswer(hover), "error", "code").getAsInt())
                    .isEqualTo(-32800);
            gate.letOneGo();
            assertThat(client.awaitDiagnostics(1)).hasSize(1);
            drain(client);
            assertThat(client.received("textDocument/publishDiagnostics")).hasSize(1);
        }
    }

    @Test
    void requests_of_one_document_do_not_wait_for_the_analysis_of_another() throws InterruptedException {
        try (TestClient client = start()) {
            client.open(1, "x = + FLAG");
            client.awaitDiagnostics(1);
            client.open(OTHER, "python", 1, "WAIT");
            gate.awaitEntered();

            JsonObject hover = client.hover(0, 6);

            assertThat(Json.string(hover, "result", "contents", "value")).startsWith("# flag-word");
            gate.letOneGo();
        }
    }
}
