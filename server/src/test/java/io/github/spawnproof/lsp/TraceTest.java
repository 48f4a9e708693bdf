package io.github.spawnproof.lsp;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(120)
class TraceTest {

    @Test
    void nothing_is_traced_unless_asked_for() {
        try (TestClient client = TestClient.start().initialized()) {
            client.open(1, "FLAG");
            client.awaitDiagnostics(1);
            client.hover(0, 0);

            assertThat(client.received("$/logTrace")).isEmpty();
        }
    }

    @Test
    void initialize_and_set_trace_switch_the_trace() {
        try (TestClient client = TestClient.start()) {
            client.request("initialize", "{\"capabilities\": {}, \"trace\": \"verbose\"}");
            client.open(1, "FLAG secret");
            client.await(
                    "the trace of an analysis",
                    message ->
                            Json.string(message, "params", "message").startsWith("Analysed file:///shop/a.py version 1")
                                    && Json.string(message, "params", "verbose").equals("1 findings"));

            client.notify("$/setTrace", "{\"value\": \"messages\"}");
            client.hover(0, 0);
            client.await(
                    "the trace of a request",
                    message ->
                            Json.string(message, "params", "message").startsWith("Answered request textDocument/hover")
                                    && !message.getAsJsonObject("params").has("verbose"));

            client.notify("$/setTrace", "{\"value\": \"off\"}");
            client.hover(0, 0);
            int before = client.received("$/logTrace").size();
            client.hover(0, 0);
            assertThat(client.received("$/logTrace")).hasSize(before);
            assertThat(client.received("$/logTrace").toString()).doesNotContain("secret");
        }
    }
}
