package io.github.spawnproof.lsp;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonObject;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(120)
class PullDiagnosticsTest {

    private static final String PULLS =
            "{\"textDocument\": {\"diagnostic\": {}}, \"workspace\": {\"diagnostics\": {\"refreshSupport\": true}}}";

    private static String pull(String previous) {
        return "{\"textDocument\": {\"uri\": \"%s\"}%s}"
                .formatted(TestClient.URI, previous.isEmpty() ? "" : ", \"previousResultId\": \"" + previous + "\"");
    }

    @Test
    void a_client_that_pulls_and_can_be_refreshed_is_not_pushed_to() {
        try (TestClient client = TestClient.start()) {
            JsonObject result = client.initialize(PULLS);
            client.open(1, "FLAG");

            JsonObject report =
                    client.request("textDocument/diagnostic", pull("")).getAsJsonObject("result");

            assertThat(Json.isFalse(result, "capabilities", "diagnosticProvider", "workspaceDiagnostics"))
                    .isTrue();
            assertThat(Json.string(report, "kind")).isEqualTo("full");
            assertThat(report.getAsJsonArray("items")).hasSize(1);
            client.closeDocument(TestClient.URI);
            assertThat(client.request("textDocument/diagnostic", pull(""))
                            .getAsJsonObject("result")
                            .getAsJsonArray("items"))
                    .isEmpty();
            assertThat(client.published(TestClient.URI)).isEmpty();
        }
    }

    @Test
    void a_client_that_pulls_but_cannot_be_refreshed_is_pushed_to() {
        try (TestClient client = TestClient.start()) {
            JsonObject result = client.initialize("{\"textDocument\": {\"diagnostic\": {}}}");
            client.open(1, "FLAG");

            assertThat(Json.at(result, "capabilities").getAsJsonObject().has("diagnosticProvider"))
                    .isFalse();
            assertThat(client.awaitDiagnostics(1)).hasSize(1);
        }
    }

    @Test
    void what_has_not_changed_is_not_sent_again() {
        try (TestClient client = TestClient.start()) {
            client.initialize(PULLS);
            client.open(1, "FLAG");
            String resultId = Json.string(client.request("textDocument/diagnostic", pull("")), "result", "resultId");

            JsonObject same = client.request("textDocument/diagnostic", pull(resultId));
            client.change(2, "FLAG FLAG");
            JsonObject changed = client.request("textDocument/diagnostic", pull(resultId));

            assertThat(same.getAsJsonObject("result"))
                    .isEqualTo(TestClient.json("{\"kind\": \"unchanged\", \"resultId\": \"" + resultId + "\"}"));
            assertThat(Json.string(changed, "result", "kind")).isEqualTo("full");
            assertThat(Json.at(changed, "result", "items").getAsJsonArray()).hasSize(2);
        }
    }

    @Test
    void new_settings_make_the_client_pull_again() {
        try (TestClient client = TestClient.start()) {
            client.initialize(PULLS);
            client.open(1, "FLAG");
            String resultId = Json.string(client.request("textDocument/diagnostic", pull("")), "result", "resultId");

            client.notify(
                    "workspace/didChangeConfiguration",
                    "{\"settings\": {\"spawnproof\": {\"ignore\": [\"flag-word\"]}}}");
            client.awaitMethod("workspace/diagnostic/refresh");

            assertThat(Json.at(client.request("textDocument/diagnostic", pull(resultId)), "result", "items")
                            .getAsJsonArray())
                    .isEmpty();
        }
    }

    @Test
    void a_pull_that_a_change_overtakes_is_to_be_sent_again() throws InterruptedException {
        EntryGate gate = new EntryGate();
        try (TestClient client = TestClient.start(List.of(gate))) {
            client.initialize(PULLS);
            client.open(1, "WAIT");
            gate.awaitEntered();
            int pull = client.send("textDocument/diagnostic", TestClient.json(pull("")));

            client.change(2, "FLAG");

            JsonObject answer = client.awaitAnswer(pull);
            assertThat(Json.at(answer, "error", "code").getAsInt()).isEqualTo(-32802);
            assertThat(Json.isTrue(answer, "error", "data", "retriggerRequest")).isTrue();
            gate.letOneGo();
        }
    }
}
