package io.github.spawnproof.lsp;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import io.github.spawnproof.rule.Rule;
import io.github.spawnproof.rule.RuleCatalog;
import io.github.spawnproof.rules.invalidsetting.InvalidSetting;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(120)
class SettingsInForceTest {

    private static final List<Rule> RULES = List.of(new FlagWord(), new InvalidSetting());
    private static final String WATCHES =
            "{\"workspace\": {\"didChangeWatchedFiles\": {\"dynamicRegistration\": true}}}";
    private static final String KNOWN =
            "{\"version\": 1, \"findings\": {\"a.py\": [{\"rule\": \"flag-word\", \"code\": \"FLAG\"}]}}";

    @TempDir
    Path folder;

    private TestClient start(String capabilities, String options) {
        TestClient client =
                TestClient.start(RULES, new WorkspaceSettings(() -> new RuleCatalog(RULES)), System::nanoTime);
        client.request(
                "initialize",
                "{\"rootUri\": \"%s\", \"capabilities\": %s, \"initializationOptions\": %s}"
                        .formatted(folder.toUri(), capabilities, options));
        client.notify("initialized", "{}");
        return client;
    }

    private String uri(String name) {
        return folder.resolve(name).toUri().toString();
    }

    private static void awaitCount(TestClient client, String uri, int count) {
        client.await(
                "%d diagnostics of %s".formatted(count, uri),
                message -> Json.string(message, "method").equals("textDocument/publishDiagnostics")
                        && Json.at(message, "params", "uri").getAsString().equals(uri)
                        && Json.at(message, "params", "diagnostics")
                                        .getAsJsonArray()
                                        .size()
                                == count);
    }

    @Test
    void what_the_baseline_lists_is_not_published_until_it_changes() throws IOException {
        Files.writeString(folder.resolve("spawnproof.toml"), "baseline = 'known.json'\n");
        Files.writeString(folder.resolve("known.json"), KNOWN);
        try (TestClient client = start(WATCHES, "{}")) {
            client.open(uri("a.py"), "python", 1, "\n  FLAG\n");
            awaitCount(client, uri("a.py"), 0);
            client.await("a watch", message -> message.toString().contains("**/known.json"));

            Files.writeString(folder.resolve("known.json"), "{\"version\": 1, \"findings\": {}}");
            client.notify(
                    "workspace/didChangeWatchedFiles",
                    "{\"changes\": [{\"uri\": \"" + uri("known.json") + "\", \"type\": 2}]}");

            awaitCount(client, uri("a.py"), 1);
        }
    }

    @Test
    void a_baseline_of_the_editor_lies_in_the_workspace() throws IOException {
        Files.writeString(
                folder.resolve("known.json"),
                "{\"version\": 1, \"findings\": {\"sub/a.py\": [{\"rule\": \"flag-word\", \"code\": \"FLAG\"}]}}");
        try (TestClient client = start("{}", "{\"baseline\": \"known.json\"}")) {
            client.open(uri("sub/a.py"), "python", 1, "FLAG\n");
            client.open(uri("b.py"), "python", 1, "FLAG\n");

            awaitCount(client, uri("sub/a.py"), 0);
            awaitCount(client, uri("b.py"), 1);
        }
    }

    @Test
    void a_baseline_that_cannot_be_used_is_said_once_and_hides_nothing() throws IOException {
        Files.writeString(folder.resolve("spawnproof.toml"), "baseline = 'known.json'\n");
        Files.writeString(folder.resolve("known.json"), "{");
        try (TestClient client = start("{}", "{}")) {
            client.open(uri("a.py"), "python", 1, "FLAG\n");
            awaitCount(client, uri("a.py"), 1);
            client.open(uri("b.py"), "python", 1, "FLAG\n");
            awaitCount(client, uri("b.py"), 1);

            assertThat(client.received("window/logMessage"))
                    .singleElement()
                    .asString()
                    .contains("known.json is no JSON at line 1 column 2");
        }
    }

    @Test
    void patterns_of_the_editor_start_at_the_workspace_folder() {
        try (TestClient client = start("{}", "{\"perFileIgnores\": {\"/tests/\": [\"flag-word\"]}}")) {
            client.open(uri("tests/deep/a.py"), "python", 1, "FLAG\n");
            client.open(uri("src/tests/a.py"), "python", 1, "FLAG\n");

            awaitCount(client, uri("tests/deep/a.py"), 0);
            awaitCount(client, uri("src/tests/a.py"), 1);
        }
    }

    @Test
    void the_settings_of_a_document_are_shown_with_where_they_come_from() throws IOException {
        Files.writeString(folder.resolve("spawnproof.toml"), "\nmin-severity = 'error'\n");
        try (TestClient client = start("{}", "{\"ignore\": [\"flag-word\"]}")) {
            String shown = Json.string(
                    client.request(
                            "workspace/executeCommand",
                            "{\"command\": \"spawnproof.showSettings\", \"arguments\": [\"%s\"]}"
                                    .formatted(uri("sub/a.py"))),
                    "result");

            assertThat(shown)
                    .containsPattern("ignore = \\[\"flag-word\"] +# editor\n")
                    .containsPattern("min-severity = \"error\" +# .*spawnproof.toml:2\n")
                    .endsWith("# Rules: 1 on, 1 off\n#   flag-word: off, by `ignore` (editor)\n");
            assertThat(Json.string(
                            client.request(
                                    "workspace/executeCommand",
                                    "{\"command\": \"spawnproof.showSettings\", \"arguments\": [\"untitled:x\"]}"),
                            "result"))
                    .startsWith("# Settings of untitled:x, from ");
        }
    }

    @Test
    void a_hint_is_shown_as_one() {
        try (TestClient client = start("{}", "{\"severity\": {\"flag-word\": \"hint\"}}")) {
            client.open(uri("a.py"), "python", 1, "FLAG\n");
            client.await("a hint", message -> message.toString().contains("\"severity\":4"));
        }
    }

    @Test
    void what_is_wrong_with_a_settings_file_is_shown_in_it_until_it_is_mended() throws IOException {
        Files.writeString(folder.resolve("spawnproof.toml"), "# ours\nignroe = ['flag-word']\n");
        try (TestClient client = start(WATCHES, "{}")) {
            client.open(uri("a.py"), "python", 1, "FLAG");
            client.open(uri("b.py"), "python", 1, "FLAG");
            awaitCount(client, uri("a.py"), 1);
            awaitCount(client, uri("b.py"), 1);
            awaitCount(client, uri("spawnproof.toml"), 1);
            List<JsonObject> published = client.published(uri("spawnproof.toml"));
            assertThat(published).hasSize(1);
            JsonElement diagnostic =
                    Json.at(published.get(0), "diagnostics").getAsJsonArray().get(0);
            assertThat(Json.string(diagnostic, "code")).isEqualTo("invalid-setting");
            assertThat(Json.string(diagnostic, "message")).contains("ignore");
            assertThat(Json.at(diagnostic, "range")).isEqualTo(TestClient.json(TestClient.range(1, 0, 1, 6)));

            write(client, "ignore = ['flag-word']\n", 2);
            awaitCount(client, uri("spawnproof.toml"), 0);
            awaitCount(client, uri("a.py"), 0);

            write(client, "ignore = 1\n", 2);
            client.await(
                    "a finding again",
                    message -> client.published(uri("spawnproof.toml")).size() == 3);
            Files.delete(folder.resolve("spawnproof.toml"));
            changed(client, 3);
            client.await(
                    "the end of it",
                    message -> client.published(uri("spawnproof.toml")).size() == 4);
            assertThat(Json.at(client.published(uri("spawnproof.toml")).get(3), "diagnostics")
                            .getAsJsonArray())
                    .isEmpty();
        }
    }

    @Test
    void a_settings_file_is_left_alone_where_the_rule_is_off() throws IOException {
        Files.writeString(folder.resolve("spawnproof.toml"), "ignore = ['invalid-setting']\nselec = []\n");
        try (TestClient client = start(WATCHES, "{}")) {
            client.open(uri("a.py"), "python", 1, "FLAG");
            awaitCount(client, uri("a.py"), 1);

            assertThat(client.published(uri("spawnproof.toml"))).isEmpty();
        }
    }

    private void write(TestClient client, String text, int kind) throws IOException {
        Files.writeString(folder.resolve("spawnproof.toml"), text);
        changed(client, kind);
    }

    private void changed(TestClient client, int kind) {
        client.notify(
                "workspace/didChangeWatchedFiles",
                "{\"changes\": [{\"uri\": \"%s\", \"type\": %d}]}".formatted(uri("spawnproof.toml"), kind));
    }
}
