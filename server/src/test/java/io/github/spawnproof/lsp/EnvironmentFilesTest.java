package io.github.spawnproof.lsp;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import io.github.spawnproof.rule.Rule;
import io.github.spawnproof.rule.RuleCatalog;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Files that set environment variables, in the editor: completion, fixes in them, folders they lie in. */
@Timeout(120)
class EnvironmentFilesTest {

    private static final List<Rule> RULES = List.copyOf(RuleCatalog.load().all());

    private static final String PROGRAM =
            "import os\n\nos.environ[\"OBJC_DISABLE_INITIALIZE_FORK_SAFETY\"] = \"YES\"\n\nprint(os.name)\n";

    private static final String CAPABILITIES = """
            {"textDocument": {"codeAction": {"codeActionLiteralSupport": {"codeActionKind": {"valueSet": []}}}},
             "workspace": {"workspaceEdit": {"documentChanges": true}}}
            """;

    @TempDir
    Path temporary;

    private Path project;

    @BeforeEach
    void makeProject() throws IOException {
        project = temporary.toRealPath().resolve("project");
        Files.createDirectories(project.resolve(".git"));
    }

    private TestClient start(Path... folders) {
        List<String> all = new ArrayList<>();
        for (Path folder : folders) {
            all.add(folder(folder));
        }
        TestClient client = TestClient.start(RULES);
        client.request(
                "initialize",
                "{\"rootUri\": null, \"workspaceFolders\": " + all + ", \"capabilities\": " + CAPABILITIES + "}");
        client.notify("initialized", "{}");
        return client;
    }

    private static String folder(Path folder) {
        return "{\"uri\": \"" + folder.toUri() + "\", \"name\": \"x\"}";
    }

    private String uri(String path) {
        return project.resolve(path).toUri().toString();
    }

    // Completion

    /** Asks for completions at the caret of a text, in which a semicolon ends a line. */
    private List<JsonObject> complete(TestClient client, String file, String languageId, String text) {
        String source = text.replace(";", "\n");
        int cursor = source.indexOf('^');
        String before = source.substring(0, cursor);
        client.open(uri(file), languageId, 1, before + source.substring(cursor + 1));
        int line = (int) before.chars().filter(c -> c == '\n').count();
        int character = before.length() - before.lastIndexOf('\n') - 1;
        List<JsonObject> items = new ArrayList<>();
        client.request(
                        "textDocument/completion",
                        "{\"textDocument\": {\"uri\": \"" + uri(file) + "\"}, \"position\": {\"line\": " + line
                                + ", \"character\": " + character + "}}")
                .getAsJsonArray("result")
                .forEach(item -> items.add(item.getAsJsonObject()));
        return items;
    }

    private static List<String> texts(List<JsonObject> items) {
        return items.stream()
                .map(item -> Json.string(item, "textEdit", "newText"))
                .toList();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '~', textBlock = """
            .env                   | JINA_MP_START_METHOD=^                                            | spawn
            .env                   | A=1;export JINA_MP_START_METHOD=sp^aw;B=2                         | spawn
            .env                   | JINA_MP_START_METHOD="^                                           | spawn"
            run.sh                 | JINA_MP_START_METHOD=^ python serve.py                            | spawn
            run.sh                 | export JINA_MP_START_METHOD="^"                                   | spawn
            Dockerfile             | ENV A=1 JINA_MP_START_METHOD=^                                    | spawn
            Dockerfile             | ENV JINA_MP_START_METHOD ^                                        | spawn
            x.service              | Environment=JINA_MP_START_METHOD=^                                | spawn
            tox.ini                | [testenv];setenv =;    JINA_MP_START_METHOD = ^                   | spawn
            pyproject.toml         | [tool.pytest_env];JINA_MP_START_METHOD = ^                        | "spawn"
            pyproject.toml         | [tool.pytest_env];JINA_MP_START_METHOD = "^"                      | spawn
            compose.yml            | services:;  a:;    environment:;      JINA_MP_START_METHOD: ^     | spawn
            compose.yml            | services:;  a:;    environment:;      JINA_MP_START_METHOD:^      | ~ spawn~
            compose.yml            | services:;  a:;    environment:;      - JINA_MP_START_METHOD=^    | spawn
            compose.yml            | services:;  a:;    environment:;      - "JINA_MP_START_METHOD=^"  | spawn
            pod.yaml               | env:;- name: JINA_MP_START_METHOD;  value: ^                      | spawn
            .vscode/launch.json    | {"env": {"JINA_MP_START_METHOD": ^}}                              | "spawn"
            .vscode/launch.json    | {"env": {"JINA_MP_START_METHOD": "^"}}                            | spawn
            .vscode/launch.json    | { // why;"env": {"JINA_MP_START_METHOD": "^;}}                    | spawn"
            .env                   | JI^                                                    | JINA_MP_START_METHOD=
            Dockerfile             | FROM x;ENV jina^                                       | JINA_MP_START_METHOD=
            run.sh                 | export J^;x                                            | JINA_MP_START_METHOD=
            .vscode/launch.json    | {"env": {"JIN^"}}                                      | JINA_MP_START_METHOD
            compose.yml            | services:;  a:;    environment:;      JINA^            | ~JINA_MP_START_METHOD: ~
            """)
    void what_can_be_written_is_offered(String file, String text, String first) {
        try (TestClient client = start(project)) {
            List<JsonObject> items = complete(client, file, "plaintext", text);

            assertThat(texts(items)).startsWith(first);
            assertThat(Json.string(items.get(0), "documentation")).endsWith(".");
        }
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '~', textBlock = """
            .env                | plaintext | JINA_LOG_LEVEL=^
            .env                | plaintext | # JINA_MP_START_METHOD=^
            .env                | plaintext | JINA_MP_START_METHOD^=spawn
            .env                | plaintext | JINA_MP_START_METHOD=spawn ^x
            .env                | plaintext | A=1;^;JINA_MP_START_METHOD=spawn
            run.sh              | plaintext | echo JINA_MP_START_METHOD=^
            run.sh              | plaintext | echo J^
            compose.yml         | plaintext | JINA_MP_START_METHOD: ^
            .vscode/launch.json | plaintext | {"args": {"JINA_MP_START_METHOD": "^"}}
            serve.py            | python    | import os;os.environ["JINA_MP_START_METHOD"] = "^"
            notes.txt           | plaintext | JINA_MP_START_METHOD=^
            """)
    void nothing_is_offered_elsewhere(String file, String languageId, String text) {
        try (TestClient client = start(project)) {
            assertThat(complete(client, file, languageId, text)).isEmpty();
        }
    }

    @Test
    void a_value_replaces_the_whole_word_and_says_what_it_does() {
        try (TestClient client = start(project)) {
            List<JsonObject> items =
                    complete(client, ".env", "plaintext", "OBJC_DISABLE_INITIALIZE_FORK_SAFETY='tr^ue'");
            List<JsonObject> methods = complete(client, ".env.local", "plaintext", "JINA_MP_START_METHOD=^");

            assertThat(texts(items)).containsExactly("YES");
            assertThat(Json.at(items.get(0), "textEdit", "range"))
                    .isEqualTo(TestClient.json(TestClient.range(0, 37, 0, 41)));
            assertThat(methods.stream().map(item -> Json.string(item, "label")))
                    .containsExactly("spawn", "forkserver", "fork");
        }
    }

    @Test
    void completion_and_folders_are_announced() {
        try (TestClient client = TestClient.start(RULES)) {
            JsonElement capabilities = Json.at(client.initialize("{}"), "capabilities");

            assertThat(Json.strings(capabilities, "completionProvider", "triggerCharacters"))
                    .contains("=", ":", "\"", " ");
            assertThat(Json.isTrue(capabilities, "workspace", "workspaceFolders", "changeNotifications"))
                    .isTrue();
        }
    }

    // Fixes

    private static JsonArray actions(TestClient client, String uri) {
        return client.request(
                        "textDocument/codeAction",
                        "{\"textDocument\": {\"uri\": \"" + uri + "\"}, \"range\": " + TestClient.range(2, 12, 2, 12)
                                + ", \"context\": {\"diagnostics\": []}}")
                .getAsJsonArray("result");
    }

    private static List<String> titles(JsonArray actions) {
        List<String> titles = new ArrayList<>();
        actions.forEach(action -> titles.add(Json.string(action, "title")));
        return titles;
    }

    @Test
    void a_variable_moves_from_the_program_into_a_file_of_its_project() throws IOException {
        Files.writeString(project.resolve(".env"), "PORT=8080\n");
        try (TestClient client = start(project)) {
            client.open(uri("serve.py"), "python", 3, PROGRAM);

            JsonArray actions = actions(client, uri("serve.py"));

            assertThat(titles(actions)).startsWith("Set it in `.env`");
            JsonArray changes =
                    Json.at(actions.get(0), "edit", "documentChanges").getAsJsonArray();
            assertThat(changes).hasSize(2);
            JsonElement program = changes.get(0);
            assertThat(Json.string(program, "textDocument", "uri")).isEqualTo(uri("serve.py"));
            assertThat(Json.at(program, "textDocument", "version").getAsInt()).isEqualTo(3);
            JsonElement dotenv = changes.get(1);
            assertThat(Json.string(dotenv, "textDocument", "uri")).isEqualTo(uri(".env"));
            assertThat(Json.at(dotenv, "edits").getAsJsonArray().get(0))
                    .isEqualTo(TestClient.json("""
                            {"range": %s, "newText": "OBJC_DISABLE_INITIALIZE_FORK_SAFETY=YES\\n"}
                            """.formatted(TestClient.range(1, 0, 1, 0))));
        }
    }

    @Test
    void a_file_that_is_open_with_other_text_is_left_alone() throws IOException {
        Files.writeString(project.resolve(".env"), "PORT=8080\n");
        try (TestClient client = start(project)) {
            client.open(uri("serve.py"), "python", 1, PROGRAM);
            client.open(uri(".env"), "dotenv", 1, "PORT=8081\n");

            assertThat(titles(actions(client, uri("serve.py")))).doesNotContain("Set it in `.env`");
        }
    }

    // Folders

    @Test
    void every_folder_of_the_workspace_may_be_read_and_no_other() throws IOException {
        Path second = temporary.toRealPath().resolve("second");
        Path third = temporary.toRealPath().resolve("third");
        for (Path folder : List.of(second, third)) {
            Files.createDirectories(folder.resolve(".git"));
            Files.createDirectories(folder.resolve("app"));
            Files.writeString(folder.resolve(".env"), "PORT=8080\n");
        }
        String inSecond = second.resolve("app/serve.py").toUri().toString();
        String inThird = third.resolve("app/serve.py").toUri().toString();
        try (TestClient client = start(project, second)) {
            client.open(inSecond, "python", 1, PROGRAM);
            client.open(inThird, "python", 1, PROGRAM);

            assertThat(titles(actions(client, inSecond))).contains("Set it in `.env`");
            assertThat(titles(actions(client, inThird))).doesNotContain("Set it in `.env`");

            client.notify(
                    "workspace/didChangeWorkspaceFolders",
                    "{\"event\": {\"added\": [" + folder(third) + "], \"removed\": [" + folder(second) + "]}}");

            assertThat(titles(actions(client, inSecond))).doesNotContain("Set it in `.env`");
            assertThat(titles(actions(client, inThird))).contains("Set it in `.env`");
        }
    }
}
