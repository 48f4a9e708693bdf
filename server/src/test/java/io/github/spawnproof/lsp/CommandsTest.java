package io.github.spawnproof.lsp;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import io.github.spawnproof.rule.RuleCatalog;
import java.util.List;
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

            assertThat(answer.toString())
                    .contains(
                            "\"executeCommandProvider\":{\"commands\":[\"spawnproof.explain\"",
                            "\"spawnproof.checkWorkspace\"");
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

    @Test
    void the_rules_are_listed_and_each_has_a_page() {
        RuleCatalog real = RuleCatalog.load();
        try (TestClient client = TestClient.start(List.copyOf(real.all()))) {
            client.initialize("{}");

            JsonArray rules = client.request("workspace/executeCommand", "{\"command\": \"spawnproof.rules\"}")
                    .getAsJsonArray("result");

            assertThat(rules).hasSize(real.all().size());
            assertThat(Json.string(rules.get(0), "summary")).endsWith(".").doesNotContain("\n");
            String id = Json.string(rules.get(0), "id");
            JsonObject page = client.request(
                    "workspace/executeCommand",
                    "{\"command\": \"spawnproof.rulePage\", \"arguments\": [\"%s\"]}".formatted(id));
            assertThat(page.get("result").getAsString()).startsWith("# " + id).contains("## References");
        }
    }

    @Test
    void the_server_says_what_a_document_is_judged_for() {
        try (TestClient client = TestClient.start()) {
            client.request(
                    "initialize", "{\"capabilities\": {}, \"initializationOptions\": {\"platforms\": [\"linux\"]}}");

            JsonObject answer = client.request(
                    "workspace/executeCommand",
                    "{\"command\": \"spawnproof.targets\", \"arguments\": [\"untitled:Untitled-1\"]}");

            assertThat(answer.get("result").getAsString())
                    .isEqualTo("Linux (the editor's settings) with Python 3.10 to 3.15 (default)");
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"command\": \"spawnproof.other\", \"arguments\": []}",
                "{\"command\": \"spawnproof.explain\"}",
                "{\"command\": \"spawnproof.rulePage\", \"arguments\": [\"no-such-rule\"]}",
                "{\"command\": \"spawnproof.targets\", \"arguments\": []}",
                "{\"command\": \"spawnproof.explain\", \"arguments\": [1]}",
                "{}",
                "null"
            })
    void wrong_parameters_are_an_error_and_no_more(String params) {
        assertThat(execute(params).getAsJsonObject("error").get("code").getAsInt())
                .isEqualTo(-32602);
    }
}
