package io.github.spawnproof.lsp;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import io.github.spawnproof.rule.RuleCatalog;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Clients that pull the diagnostics of files that they do not have open. */
@Timeout(120)
class WorkspacePullTest {

    private static final String COMMAND = "{\"command\": \"spawnproof.checkWorkspace\", \"arguments\": []}";
    private static final String PULLS = "{\"textDocument\": {\"diagnostic\": {}}, \"workspace\": {\"diagnostics\": "
            + "{\"refreshSupport\": true}, \"didChangeWatchedFiles\": {\"dynamicRegistration\": true}}}";

    @TempDir
    Path folder;

    @BeforeEach
    void write_the_workspace() throws IOException {
        write("bad.py", "FLAG");
        write("good.py", "fine");
        write("package/worse.py", "FLAG FLAG");
    }

    private void write(String name, String text) throws IOException {
        Path file = folder.resolve(name);
        Files.createDirectories(file.getParent());
        Files.writeString(file, text);
    }

    private String uri(String name) {
        return folder.resolve(name).toUri().toString();
    }

    private TestClient start() {
        return start("{}");
    }

    private TestClient start(String options) {
        List<FlagWord> rules = List.of(new FlagWord());
        TestClient client =
                TestClient.start(rules, new WorkspaceSettings(() -> new RuleCatalog(rules)), System::nanoTime);
        JsonObject answer = client.request(
                "initialize",
                "{\"rootUri\": \"%s\", \"capabilities\": %s, \"initializationOptions\": %s}"
                        .formatted(uri(""), PULLS, options));
        assertThat(Json.isTrue(answer, "result", "capabilities", "diagnosticProvider", "workspaceDiagnostics"))
                .isEqualTo(!options.equals("{}"));
        client.notify("initialized", "{}");
        return client;
    }

    private static int ask(TestClient client, Map<String, String> known, String more) {
        StringBuilder previous = new StringBuilder();
        known.forEach((uri, id) -> previous.append(previous.isEmpty() ? "" : ", ")
                .append("{\"uri\": \"%s\", \"value\": \"%s\"}".formatted(uri, id)));
        return client.send(
                "workspace/diagnostic", TestClient.json("{\"previousResultIds\": [" + previous + "]" + more + "}"));
    }

    private Map<String, Integer> counts(JsonElement report) {
        Map<String, Integer> counts = new TreeMap<>();
        for (JsonElement item : Json.at(report, "items").getAsJsonArray()) {
            assertThat(Json.string(item, "kind")).isEqualTo("full");
            counts.put(
                    Json.string(item, "uri").substring(uri("").length()),
                    Json.at(item, "items").getAsJsonArray().size());
        }
        return counts;
    }

    private static Map<String, String> ids(JsonElement report) {
        Map<String, String> ids = new TreeMap<>();
        Json.at(report, "items").getAsJsonArray().forEach(item -> {
            if (item.getAsJsonObject().has("resultId")) {
                ids.put(Json.string(item, "uri"), Json.string(item, "resultId"));
            }
        });
        return ids;
    }

    private void changed(TestClient client, String name, int kind) {
        client.notify(
                "workspace/didChangeWatchedFiles",
                "{\"changes\": [{\"uri\": \"%s\", \"type\": %d}]}".formatted(uri(name), kind));
    }

    @Test
    void a_request_waits_for_the_check_and_then_for_news() throws IOException {
        try (TestClient client = start()) {
            int first = ask(client, Map.of(), "");
            client.request("workspace/executeCommand", COMMAND);
            JsonElement report = Json.at(client.awaitAnswer(first), "result");
            assertThat(counts(report)).isEqualTo(Map.of("bad.py", 1, "package/worse.py", 2));
            assertThat(client.received("textDocument/publishDiagnostics")).isEmpty();

            int second = ask(client, ids(report), "");
            write("bad.py", "FLAG FLAG FLAG");
            changed(client, "bad.py", 2);
            JsonElement news = Json.at(client.awaitAnswer(second), "result");
            assertThat(counts(news)).isEqualTo(Map.of("bad.py", 3));

            Map<String, String> known = ids(report);
            known.putAll(ids(news));
            int third = ask(client, known, "");
            Files.delete(folder.resolve("package/worse.py"));
            changed(client, "package/worse.py", 3);
            JsonElement gone = Json.at(client.awaitAnswer(third), "result");
            assertThat(counts(gone)).isEqualTo(Map.of("package/worse.py", 0));
            assertThat(ids(gone)).isEmpty();
        }
    }

    @Test
    void all_files_are_checked_from_the_start_if_the_options_say_so() {
        try (TestClient client = start("{\"workspaceDiagnostics\": true}")) {
            int request = ask(client, Map.of(), "");

            assertThat(counts(Json.at(client.awaitAnswer(request), "result")))
                    .isEqualTo(Map.of("bad.py", 1, "package/worse.py", 2));
        }
    }

    @Test
    void parts_come_as_soon_as_they_are_there() {
        try (TestClient client = start()) {
            int request = ask(client, Map.of(), ", \"partialResultToken\": \"parts\"");
            client.request("workspace/executeCommand", COMMAND);

            assertThat(counts(Json.at(client.awaitAnswer(request), "result"))).isEmpty();
            Map<String, Integer> told = new TreeMap<>();
            for (JsonObject part : client.received("$/progress")) {
                assertThat(Json.string(part, "token")).isEqualTo("parts");
                told.putAll(counts(Json.at(part, "value")));
            }
            assertThat(told).isEqualTo(Map.of("bad.py", 1, "package/worse.py", 2));
        }
    }

    @Test
    void an_open_file_is_reported_by_its_own_and_again_when_it_is_closed() {
        try (TestClient client = start()) {
            int first = ask(client, Map.of(), "");
            client.request("workspace/executeCommand", COMMAND);
            JsonElement report = Json.at(client.awaitAnswer(first), "result");

            client.open(uri("bad.py"), "python", 1, "FLAG FLAG");
            JsonElement opened = Json.at(client.awaitAnswer(ask(client, ids(report), "")), "result");
            assertThat(counts(opened)).isEqualTo(Map.of("bad.py", 0));

            Map<String, String> known = ids(report);
            known.remove(uri("bad.py"));
            client.closeDocument(uri("bad.py"));
            assertThat(counts(Json.at(client.awaitAnswer(ask(client, known, "")), "result")))
                    .isEqualTo(Map.of("bad.py", 1));
        }
    }

    @Test
    void what_was_pushed_before_is_pulled_from_then_on() {
        try (TestClient client = start()) {
            client.request("workspace/executeCommand", COMMAND);
            assertThat(client.published(uri("bad.py"))).hasSize(1);

            JsonElement report = Json.at(client.awaitAnswer(ask(client, Map.of(), "")), "result");

            assertThat(counts(report)).containsKey("bad.py");
            client.await(
                    "an end of what was pushed",
                    message -> client.published(uri("bad.py")).size() == 2
                            && client.published(uri("bad.py"))
                                    .get(1)
                                    .getAsJsonArray("diagnostics")
                                    .isEmpty());
        }
    }

    @Test
    void a_second_request_ends_the_first_and_a_cancelled_one_is_answered() {
        try (TestClient client = start()) {
            int first = ask(client, Map.of(), "");
            int second = ask(client, Map.of(), "");
            assertThat(counts(Json.at(client.awaitAnswer(first), "result"))).isEmpty();

            client.notify("$/cancelRequest", "{\"id\": " + second + "}");
            assertThat(Json.at(client.awaitAnswer(second), "error", "code").getAsInt())
                    .isEqualTo(-32800);
        }
    }

    @Test
    void odd_parameters_are_taken_as_absent() {
        try (TestClient client = start()) {
            int request = client.send(
                    "workspace/diagnostic",
                    TestClient.json("{\"previousResultIds\": [1, {\"uri\": 2}], \"partialResultToken\": {}}"));
            client.request("workspace/executeCommand", COMMAND);

            assertThat(counts(Json.at(client.awaitAnswer(request), "result"))).containsEntry("bad.py", 1);
        }
    }
}
