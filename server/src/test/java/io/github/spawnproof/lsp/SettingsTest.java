package io.github.spawnproof.lsp;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonObject;
import io.github.spawnproof.project.Project;
import io.github.spawnproof.project.Settings;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(120)
class SettingsTest {

    private static final String ASKS = "{\"workspace\": {\"configuration\": true}}";

    private static void awaitCount(TestClient client, int version, int count) {
        client.await(
                "%d diagnostics of version %d".formatted(count, version),
                message -> Json.string(message, "method").equals("textDocument/publishDiagnostics")
                        && Json.at(message, "params", "version").getAsInt() == version
                        && Json.at(message, "params", "diagnostics")
                                        .getAsJsonArray()
                                        .size()
                                == count);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"ignore\": [\"flag-word\"]}",
                "{\"settings\": {\"ignore\": [\"flag-word\"]}}",
                "{\"spawnproof\": {\"ignore\": [\"flag-word\"]}}"
            })
    void initialize_may_bring_settings(String options) {
        try (TestClient client = TestClient.start()) {
            client.request("initialize", "{\"capabilities\": {}, \"initializationOptions\": " + options + "}");
            client.open(1, "FLAG");

            awaitCount(client, 1, 0);
        }
    }

    @Test
    void a_client_that_can_be_asked_is_asked_and_its_answer_counts_at_once() {
        try (TestClient client = TestClient.start()) {
            client.initialize(ASKS);
            client.open(1, "FLAG");
            awaitCount(client, 1, 1);
            JsonObject question = client.awaitMethod("workspace/configuration");
            assertThat(question.get("params"))
                    .isEqualTo(TestClient.json("{\"items\": [{\"section\": \"spawnproof\"}]}"));

            client.answer(question, "[{\"ignore\": [\"flag-word\"]}]");
            awaitCount(client, 1, 0);

            client.notify("workspace/didChangeConfiguration", "{\"settings\": null}");
            client.answer(client.awaitMethod("workspace/configuration"), "[null]");
            awaitCount(client, 1, 1);
        }
    }

    @Test
    void a_client_that_cannot_be_asked_pushes() {
        try (TestClient client = TestClient.start().initialized()) {
            client.open(1, "FLAG");
            awaitCount(client, 1, 1);

            client.notify(
                    "workspace/didChangeConfiguration",
                    "{\"settings\": {\"spawnproof\": {\"ignore\": [\"flag-word\"]}}}");

            awaitCount(client, 1, 0);
            assertThat(client.received("workspace/configuration")).isEmpty();
        }
    }

    @Test
    void a_wrong_value_is_told() {
        try (TestClient client = TestClient.start().initialized()) {
            client.notify(
                    "workspace/didChangeConfiguration",
                    "{\"settings\": {\"spawnproof\": {\"platforms\": [\"os2\"], \"ignore\": [\"flag-word\"]}}}");
            client.open(1, "FLAG");

            JsonObject message = client.awaitMethod("window/logMessage").getAsJsonObject("params");

            assertThat(message.get("type").getAsInt()).isEqualTo(2);
            assertThat(Json.string(message, "message")).contains("platforms", "os2");
            awaitCount(client, 1, 0);
            assertThat(client.log()).contains("os2");
        }
    }

    @Test
    void a_refusal_to_answer_is_no_reason_to_stop() {
        try (TestClient client = TestClient.start()) {
            client.initialize(ASKS);
            JsonObject question = client.awaitMethod("workspace/configuration");
            client.sendBody("{\"jsonrpc\": \"2.0\", \"id\": %s, \"error\": {\"code\": -32601, \"message\": \"no\"}}"
                    .formatted(question.get("id")));
            client.open(1, "FLAG");

            awaitCount(client, 1, 1);
        }
    }

    @Test
    void changes_of_settings_are_asked_for_where_the_client_can_register() {
        try (TestClient client = TestClient.start()) {
            client.initialize("""
                    {"workspace": {"didChangeConfiguration": {"dynamicRegistration": true},
                                   "didChangeWatchedFiles": {"dynamicRegistration": true}}}
                    """);

            List<JsonObject> registrations = List.of(
                    client.awaitMethod("client/registerCapability"), client.awaitMethod("client/registerCapability"));

            assertThat(registrations.get(0).toString())
                    .contains("\"workspace/didChangeConfiguration\"", "\"section\":\"spawnproof\"");
            assertThat(registrations.get(1).toString())
                    .contains(
                            "\"workspace/didChangeWatchedFiles\"",
                            "**/pyproject.toml",
                            "**/spawnproof.toml",
                            "**/setup.cfg");
        }
    }

    /** A source whose file says, once it was forgotten, that the rule is off. */
    private static final class ChangingFile implements SettingsSource {
        private final List<Optional<Path>> asked = new CopyOnWriteArrayList<>();
        private volatile boolean off;

        @Override
        public Project projectOf(Optional<Path> file, Settings editor) {
            asked.add(file);
            Set<String> ignore = off ? Set.of("flag-word") : Set.of();
            Settings settings = new Settings(
                    Set.of(), ignore, editor.minSeverity(), List.of(), List.of(), Optional.empty(), List.of());
            return new Project(settings, Project.DEFAULT.targets());
        }

        @Override
        public void forget() {
            off = true;
        }
    }

    @Test
    void a_changed_settings_file_is_read_again_for_all_open_documents() {
        ChangingFile source = new ChangingFile();
        try (TestClient client = TestClient.start(List.of(new FlagWord()), source, System::nanoTime)
                .initialized()) {
            client.open(1, "FLAG");
            client.open("untitled:Untitled-1", "python", 1, "FLAG");
            awaitCount(client, 1, 1);
            awaitCount(client, 1, 1);

            client.notify(
                    "workspace/didChangeWatchedFiles",
                    "{\"changes\": [{\"uri\": \"file:///shop/pyproject.toml\", \"type\": 2}]}");

            awaitCount(client, 1, 0);
            awaitCount(client, 1, 0);
            assertThat(source.asked).contains(Optional.of(Path.of("/shop/a.py")), Optional.empty());
        }
    }

    @Test
    void where_the_client_cannot_watch_files_saving_reads_the_settings_again() {
        try (TestClient client = TestClient.start(List.of(new FlagWord()), new ChangingFile(), System::nanoTime)
                .initialized()) {
            client.open(1, "FLAG");
            awaitCount(client, 1, 1);

            client.notify("textDocument/didSave", "{\"textDocument\": {\"uri\": \"" + TestClient.URI + "\"}}");

            awaitCount(client, 1, 0);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "\"rootUri\": \"file:///home/me\"",
                "\"rootUri\": null, \"workspaceFolders\": [{\"uri\": \"file:///home/me\", \"name\": \"me\"}]"
            })
    void a_document_that_is_no_file_has_the_settings_of_the_workspace(String workspace) {
        ChangingFile source = new ChangingFile();
        try (TestClient client = TestClient.start(List.of(new FlagWord()), source, System::nanoTime)) {
            client.request("initialize", "{\"capabilities\": {}, " + workspace + "}");
            client.open("untitled:Untitled-1", "python", 1, "FLAG");
            awaitCount(client, 1, 1);

            assertThat(source.asked).containsExactly(Optional.of(Path.of("/home/me/untitled.py")));
        }
    }

    @Test
    void a_settings_source_that_fails_does_not_hurt_the_session() {
        SettingsSource source = (file, editor) -> {
            if (file.isEmpty()) {
                throw new IllegalStateException("no project");
            }
            return Project.DEFAULT;
        };
        try (TestClient client = TestClient.start(List.of(new FlagWord()), source, System::nanoTime)
                .initialized()) {
            client.open("untitled:Untitled-1", "python", 1, "FLAG");
            client.open(1, "FLAG");

            awaitCount(client, 1, 0);
            awaitCount(client, 1, 1);
            assertThat(client.log()).contains("IllegalStateException");
        }
    }
}
