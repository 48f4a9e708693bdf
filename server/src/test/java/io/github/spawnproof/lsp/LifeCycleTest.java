package io.github.spawnproof.lsp;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonObject;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(120)
class LifeCycleTest {

    private static int errorCode(JsonObject answer) {
        return answer.getAsJsonObject("error").get("code").getAsInt();
    }

    @Test
    void initialize_tells_what_the_server_can_do() {
        try (TestClient client = TestClient.start()) {
            JsonObject result =
                    client.initialize("{\"general\": {\"positionEncodings\": [\"utf-32\", \"utf-8\", \"utf-16\"]}}");

            JsonObject capabilities = result.getAsJsonObject("capabilities");
            assertThat(capabilities.get("positionEncoding").getAsString()).isEqualTo("utf-32");
            assertThat(Json.at(capabilities, "textDocumentSync", "change").getAsInt())
                    .isEqualTo(2);
            assertThat(Json.strings(capabilities, "codeActionProvider", "codeActionKinds"))
                    .containsExactly("quickfix", "source.fixAll.spawnproof");
            assertThat(Json.isTrue(capabilities, "hoverProvider")).isTrue();
            assertThat(capabilities.has("diagnosticProvider")).isFalse();
            assertThat(Json.string(result, "serverInfo", "name")).isEqualTo("Spawnproof");
            assertThat(Json.string(result, "serverInfo", "version")).isNotEmpty();
        }
    }

    @Test
    void a_request_before_initialize_is_refused_and_does_no_harm() {
        try (TestClient client = TestClient.start()) {
            assertThat(errorCode(client.hover(0, 0))).isEqualTo(-32002);
            assertThat(errorCode(client.request("shutdown", "null"))).isEqualTo(-32002);

            assertThat(client.initialize("{}").has("capabilities")).isTrue();
        }
    }

    @Test
    void a_notification_before_initialize_is_dropped() {
        try (TestClient client = TestClient.start()) {
            client.open(1, "FLAG");

            client.initialize("{}");

            client.open(2, "FLAG");
            assertThat(client.awaitDiagnostics(2)).hasSize(1);
            assertThat(client.published(TestClient.URI)).hasSize(1);
        }
    }

    @Test
    void initialize_with_wrong_parameters_can_be_said_again() {
        try (TestClient client = TestClient.start()) {
            assertThat(errorCode(client.request("initialize", "[1]"))).isEqualTo(-32602);
            assertThat(errorCode(client.hover(0, 0))).isEqualTo(-32002);

            assertThat(client.initialize("{}").has("capabilities")).isTrue();
        }
    }

    @Test
    void capabilities_of_wrong_types_are_taken_as_absent() {
        try (TestClient client = TestClient.start()) {
            JsonObject result = client.initialize(
                    "{\"general\": 5, \"textDocument\": [], \"workspace\": {\"configuration\": \"yes\"}}");

            assertThat(Json.string(result, "capabilities", "positionEncoding")).isEqualTo("utf-16");
        }
    }

    @Test
    void a_second_initialize_is_refused() {
        try (TestClient client = TestClient.start().initialized()) {
            assertThat(errorCode(client.request("initialize", "{\"capabilities\": {}}")))
                    .isEqualTo(-32600);
            assertThat(client.hover(0, 0).has("result")).isTrue();
        }
    }

    @Test
    void shutdown_and_exit_end_with_status_0() {
        try (TestClient client = TestClient.start().initialized()) {
            JsonObject answer = client.request("shutdown", "null");
            client.sendBody("{\"jsonrpc\": \"2.0\", \"method\": \"exit\"}");

            assertThat(answer.has("result")).isTrue();
            assertThat(answer.get("result").isJsonNull()).isTrue();
            assertThat(client.awaitStatus()).isZero();
        }
    }

    @Test
    void requests_after_shutdown_are_refused() {
        try (TestClient client = TestClient.start().initialized()) {
            client.request("shutdown", "null");

            assertThat(errorCode(client.hover(0, 0))).isEqualTo(-32600);
            assertThat(errorCode(client.request("shutdown", "null"))).isEqualTo(-32600);
        }
    }

    @Test
    void exit_without_shutdown_ends_with_status_1() {
        try (TestClient client = TestClient.start().initialized()) {
            client.sendBody("{\"jsonrpc\": \"2.0\", \"method\": \"exit\"}");

            assertThat(client.awaitStatus()).isEqualTo(1);
        }
    }

    @Test
    void exit_before_initialize_ends_with_status_1() {
        try (TestClient client = TestClient.start()) {
            client.sendBody("{\"jsonrpc\": \"2.0\", \"method\": \"exit\"}");

            assertThat(client.awaitStatus()).isEqualTo(1);
        }
    }

    @Test
    void the_end_of_the_input_ends_the_server() {
        TestClient client = TestClient.start().initialized();

        client.close();

        assertThat(client.awaitStatus()).isEqualTo(1);
    }

    @Test
    void exit_does_not_wait_for_a_running_analysis() throws InterruptedException {
        EntryGate gate = new EntryGate();
        try (TestClient client = TestClient.start(List.of(gate)).initialized()) {
            client.open(1, "WAIT");
            gate.awaitEntered();

            assertThat(client.shutDownAndExit()).isZero();
            gate.letOneGo();
        }
    }

    @Test
    void the_end_of_the_clients_process_ends_the_server() throws IOException {
        Process process = ClientProcess.start();
        try (TestClient client = TestClient.start()) {
            client.request("initialize", "{\"processId\": " + process.pid() + ", \"capabilities\": {}}");
            assertThat(client.hover(0, 0).has("result")).isTrue();

            process.destroy();

            assertThat(client.awaitStatus()).isEqualTo(1);
            assertThat(client.log()).contains("has ended");
        }
    }

    @Test
    void a_client_whose_process_is_not_there_has_ended() throws IOException, InterruptedException {
        Process process = ClientProcess.start();
        process.destroy();
        process.waitFor();
        try (TestClient client = TestClient.start()) {
            client.send("initialize", TestClient.json("{\"processId\": " + process.pid() + ", \"capabilities\": {}}"));

            assertThat(client.awaitStatus()).isEqualTo(1);
        }
    }
}
