package io.github.spawnproof.lsp;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonObject;
import io.github.spawnproof.rule.RuleCatalog;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(120)
class WorkspaceCheckTest {

    private static final String COMMAND = "{\"command\": \"spawnproof.checkWorkspace\", \"arguments\": []}";
    private static final String PUSHED_TO = "{}";
    private static final String PULLS =
            "{\"textDocument\": {\"diagnostic\": {}}, \"workspace\": {\"diagnostics\": {\"refreshSupport\": true}}}";
    private static final String WATCHES =
            "{\"workspace\": {\"didChangeWatchedFiles\": {\"dynamicRegistration\": true}}}";

    @TempDir
    Path folder;

    private final EntryGate gate = new EntryGate();

    @BeforeEach
    void write_the_workspace() throws IOException {
        write("bad.py", "FLAG");
        write("good.py", "fine");
        write("package/worse.py", "FLAG FLAG");
        write("notes.txt", "FLAG");
    }

    private Path write(String name, String text) throws IOException {
        Path file = folder.resolve(name);
        Files.createDirectories(file.getParent());
        return Files.writeString(file, text);
    }

    private String uri(String name) {
        return folder.resolve(name).toUri().toString();
    }

    private TestClient start(String capabilities) {
        List<FlagWord> rules = List.of(new FlagWord());
        TestClient client =
                TestClient.start(rules, new WorkspaceSettings(() -> new RuleCatalog(rules)), System::nanoTime);
        return initialize(client, capabilities);
    }

    private TestClient startWithGate(String capabilities) {
        return initialize(
                TestClient.start(List.of(gate, new FlagWord()), SettingsSource.editorOnly(), System::nanoTime),
                capabilities);
    }

    private TestClient initialize(TestClient client, String capabilities) {
        client.request("initialize", "{\"rootUri\": \"%s\", \"capabilities\": %s}".formatted(uri(""), capabilities));
        client.notify("initialized", "{}");
        return client;
    }

    private static String check(TestClient client) {
        return Json.string(client.request("workspace/executeCommand", COMMAND), "result");
    }

    private void awaitCount(TestClient client, String name, int count) {
        client.await(
                count + " diagnostics of " + name,
                message -> Json.string(message, "params", "uri").equals(uri(name))
                        && Json.at(message, "params", "diagnostics")
                                        .getAsJsonArray()
                                        .size()
                                == count);
    }

    @ParameterizedTest
    @ValueSource(strings = {PUSHED_TO, PULLS})
    void every_python_file_is_checked(String capabilities) {
        try (TestClient client = start(capabilities)) {
            String summary = check(client);

            assertThat(summary).isEqualTo("Found 3 errors in 3 files.");
            awaitCount(client, "bad.py", 1);
            awaitCount(client, "package/worse.py", 2);
            assertThat(client.published(uri("good.py"))).isEmpty();
        }
    }

    @Test
    void a_notebook_that_is_not_open_has_its_findings_where_its_file_shows_them() throws IOException {
        write("a.ipynb", "{\"cells\": [{\"cell_type\": \"code\",\n\"source\": [\"x = 1\\n\", \"\\u0020FLAG\"]}]}");
        try (TestClient client = start(PUSHED_TO)) {
            check(client);

            awaitCount(client, "a.ipynb", 1);
            JsonObject found = client.published(uri("a.ipynb")).get(0);
            assertThat(Json.at(found.getAsJsonArray("diagnostics").get(0), "range"))
                    .isEqualTo(TestClient.json(TestClient.range(1, 29, 1, 33)));
        }
    }

    @Test
    void what_settings_and_gitignore_leave_out_is_not_checked() throws IOException {
        write(".gitignore", "bad.py");
        write("spawnproof.toml", "exclude = [\"package/\"]");
        Files.createDirectory(folder.resolve(".git"));
        try (TestClient client = start(PULLS)) {
            assertThat(check(client)).isEqualTo("No findings in 1 file.");
        }
    }

    @Test
    void the_editor_may_leave_out_files_of_the_workspace_too() {
        try (TestClient client = start(PULLS)) {
            client.notify("workspace/didChangeConfiguration", "{\"settings\": {\"exclude\": [\"/package/\"]}}");

            assertThat(check(client)).isEqualTo("Found 1 error in 2 files.");
        }
    }

    @Test
    void all_folders_of_the_workspace_are_checked() {
        try (TestClient client = start("{\"workspace\": {\"workspaceFolders\": true}}")) {
            int request = client.send("workspace/executeCommand", TestClient.json(COMMAND));
            client.answer(
                    client.awaitMethod("workspace/workspaceFolders"),
                    "[{\"uri\": \"%s\", \"name\": \"package\"}]".formatted(uri("package")));

            assertThat(Json.string(client.awaitAnswer(request), "result")).isEqualTo("Found 2 errors in 1 file.");
        }
    }

    @Test
    void an_open_document_is_judged_by_its_text_and_published_once() {
        try (TestClient client = start(PULLS)) {
            client.open(uri("bad.py"), "python", 1, "FLAG FLAG FLAG");

            assertThat(check(client)).isEqualTo("Found 5 errors in 3 files.");
            assertThat(client.published(uri("bad.py"))).isEmpty();
        }
    }

    @Test
    void a_file_that_is_opened_is_the_clients_until_it_is_closed() {
        try (TestClient client = start(PULLS)) {
            check(client);
            awaitCount(client, "bad.py", 1);

            client.open(uri("bad.py"), "python", 1, "FLAG FLAG");
            awaitCount(client, "bad.py", 0);

            client.closeDocument(uri("bad.py"));
            awaitCount(client, "bad.py", 1);
        }
    }

    @Test
    void a_file_that_changes_on_disk_is_checked_again() throws IOException {
        try (TestClient client = start(WATCHES)) {
            client.awaitMethod("client/registerCapability");
            check(client);
            assertThat(client.awaitMethod("client/registerCapability").toString())
                    .contains("**/*.py");
            awaitCount(client, "bad.py", 1);
            awaitCount(client, "package/worse.py", 2);

            write("bad.py", "FLAG FLAG");
            Files.delete(folder.resolve("package/worse.py"));
            client.notify("workspace/didChangeWatchedFiles", """
                    {"changes": [{"uri": "%s", "type": 2}, {"uri": "%s", "type": 3}]}""".formatted(uri("bad.py"), uri("package/worse.py")));

            awaitCount(client, "bad.py", 2);
            awaitCount(client, "package/worse.py", 0);
        }
    }

    @Test
    void a_new_file_is_checked_unless_it_is_left_out() throws IOException {
        write(".gitignore", "ignored.py");
        Files.createDirectory(folder.resolve(".git"));
        try (TestClient client = start(PULLS)) {
            check(client);
            write("ignored.py", "FLAG");
            write("new.py", "FLAG FLAG FLAG");

            client.notify("workspace/didChangeWatchedFiles", """
                    {"changes": [{"uri": "%s", "type": 1}, {"uri": "%s", "type": 1}]}""".formatted(uri("ignored.py"), uri("new.py")));

            awaitCount(client, "new.py", 3);
            assertThat(client.published(uri("ignored.py"))).isEmpty();
        }
    }

    @Test
    void new_settings_count_at_once() {
        try (TestClient client = start(PULLS)) {
            check(client);
            awaitCount(client, "bad.py", 1);

            client.notify("workspace/didChangeConfiguration", "{\"settings\": {\"ignore\": [\"flag-word\"]}}");
            awaitCount(client, "bad.py", 0);

            client.notify("workspace/didChangeConfiguration", "{\"settings\": {\"exclude\": [\"/bad.py\"]}}");
            awaitCount(client, "package/worse.py", 2);
            assertThat(client.published(uri("bad.py"))).hasSize(2);
        }
    }

    @Test
    void a_file_that_is_gone_is_cleared_by_the_next_check() throws IOException {
        try (TestClient client = start(PULLS)) {
            check(client);
            awaitCount(client, "bad.py", 1);
            Files.delete(folder.resolve("bad.py"));

            assertThat(check(client)).isEqualTo("Found 2 errors in 2 files.");

            awaitCount(client, "bad.py", 0);
        }
    }

    @Test
    void progress_is_shown() {
        try (TestClient client = start("{\"window\": {\"workDoneProgress\": true}}")) {
            int request = client.send("workspace/executeCommand", TestClient.json(COMMAND));
            JsonObject creation = client.awaitMethod("window/workDoneProgress/create");
            client.answer(creation, "null");

            assertThat(Json.string(client.awaitAnswer(request), "result")).isEqualTo("Found 3 errors in 3 files.");
            assertThat(client.received("$/progress"))
                    .allMatch(params -> params.get("token").equals(Json.at(creation, "params", "token")))
                    .extracting(params -> Json.string(params, "value", "kind"))
                    .startsWith("begin", "report");
            client.await(
                    "the end",
                    message -> Json.string(message, "params", "value", "kind").equals("end"));
        }
    }

    @Test
    void who_sees_the_progress_can_stop_the_check() throws Exception {
        write("bad.py", "WAIT FLAG");
        try (TestClient client = startWithGate(PUSHED_TO)) {
            int request = client.send(
                    "workspace/executeCommand",
                    TestClient.json("{\"command\": \"spawnproof.checkWorkspace\", \"workDoneToken\": 7}"));
            gate.awaitEntered();
            client.notify("window/workDoneProgress/cancel", "{\"token\": 8}");
            client.notify("window/workDoneProgress/cancel", "{\"token\": 7}");
            client.request("workspace/executeCommand", "{\"command\": \"spawnproof.rules\"}");
            gate.letOneGo();

            assertThat(Json.string(client.awaitAnswer(request), "result")).isEqualTo("Stopped after 0 files.");
            assertThat(client.published(uri("bad.py"))).isEmpty();
        }
    }

    @Test
    void a_cancelled_request_stops_the_check() throws Exception {
        write("bad.py", "WAIT FLAG");
        try (TestClient client = startWithGate(PUSHED_TO)) {
            int request = client.send("workspace/executeCommand", TestClient.json(COMMAND));
            gate.awaitEntered();
            client.notify("$/cancelRequest", "{\"id\": %d}".formatted(request));
            JsonObject error = client.awaitAnswer(request).getAsJsonObject("error");
            gate.letOneGo();
            gate.letOneGo();

            assertThat(error.get("code").getAsInt()).isEqualTo(-32800);
            assertThat(check(client)).isEqualTo("Found 3 errors in 3 files.");
        }
    }

    @Test
    void a_file_that_cannot_be_analysed_does_not_hurt_the_others() throws IOException {
        write("crash.py", "CRASH FLAG");
        try (TestClient client = startWithGate(PUSHED_TO)) {
            assertThat(check(client)).isEqualTo("Found 4 errors in 4 files.");
            assertThat(client.log()).contains("crash.py").doesNotContain("secret");
        }
    }
}
