package io.github.spawnproof.lsp;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonObject;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(120)
class CommandsTest {

    private static JsonObject execute(String params) {
        try (TestClient client = TestClient.start()) {
            client.initialize("{}");
            return client.request("workspace/executeCommand", params);
        }
    }

    @Test
    void the_server_says_what_it_can_be_asked_for() {
        try (TestClient client = TestClient.start()) {
            JsonObject answer = client.initialize("{}");

            assertThat(answer.toString()).contains("\"executeCommandProvider\":{\"commands\":[\"spawnproof.explain\"]");
        }
    }

    @Test
    void an_error_text_is_explained_in_markdown() {
        JsonObject answer = execute("""
                {"command": "spawnproof.explain", "arguments": ["TypeError: cannot pickle '_thread.lock' object"]}""");

        assertThat(answer.get("result").getAsString()).startsWith("`TypeError: cannot pickle '_thread.lock' object`");
    }

    @Test
    void a_text_that_nobody_knows_has_an_answer_too() {
        JsonObject answer = execute("{\"command\": \"spawnproof.explain\", \"arguments\": [\"all is well\"]}");

        assertThat(answer.get("result").getAsString()).startsWith("Nothing in this text");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"command\": \"spawnproof.other\", \"arguments\": []}",
                "{\"command\": \"spawnproof.explain\"}",
                "{\"command\": \"spawnproof.explain\", \"arguments\": [1]}",
                "{}",
                "null"
            })
    void wrong_parameters_are_an_error_and_no_more(String params) {
        assertThat(execute(params).getAsJsonObject("error").get("code").getAsInt())
                .isEqualTo(-32602);
    }
}
