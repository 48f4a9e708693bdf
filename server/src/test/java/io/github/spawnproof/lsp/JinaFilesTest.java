package io.github.spawnproof.lsp;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import io.github.spawnproof.rule.Rule;
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

/** Jina's YAML in the editor, with the files around it. */
@Timeout(120)
class JinaFilesTest {

    private static final List<Rule> RULES = List.copyOf(RuleCatalog.load().all());

    private static final String FLOW = """
            jtype: Flow
            executors:
              - uses: washer.yml
              - uses: dryr/config.yml
            """;

    @TempDir
    Path temporary;

    private Path project;

    @BeforeEach
    void makeProject() throws IOException {
        project = temporary.toRealPath();
        Files.createDirectories(project.resolve(".git"));
        Files.createDirectories(project.resolve("conf/dryer"));
        Files.writeString(project.resolve("conf/flow.yml"), FLOW);
        Files.writeString(project.resolve("conf/washer.yml"), "jtype: Washer\n");
        Files.writeString(project.resolve("conf/dryer/config.yml"), "jtype: Dryer\n");
    }

    private TestClient start() {
        TestClient client = TestClient.start(RULES);
        client.request(
                "initialize",
                "{\"rootUri\": \"" + project.toUri() + "\", \"capabilities\": {\"textDocument\": {"
                        + "\"publishDiagnostics\": {\"versionSupport\": true, \"relatedInformation\": true}}}}");
        client.notify("initialized", "{}");
        return client;
    }

    private String uri(String path) {
        return project.resolve(path).toUri().toString();
    }

    @ParameterizedTest
    @ValueSource(strings = {"yaml", "python", "helm"})
    void a_flow_is_known_by_its_name_whatever_its_language_is_called(String identifier) {
        try (TestClient client = start()) {
            client.open(uri("conf/flow.yml"), identifier, 1, FLOW);

            assertThat(client.awaitPublished(uri("conf/flow.yml"), 1).getAsJsonArray("diagnostics"))
                    .hasSize(2);
        }
    }

    @Test
    void a_flow_gets_diagnostics_that_know_the_files_of_the_project() {
        try (TestClient client = start()) {
            client.open(uri("conf/flow.yml"), "yaml", 1, FLOW);

            JsonArray diagnostics =
                    client.awaitPublished(uri("conf/flow.yml"), 1).getAsJsonArray("diagnostics");

            assertThat(diagnostics.asList().stream().map(found -> Json.string(found, "code")))
                    .containsExactly("jina-relative-path", "jina-missing-path");
        }
    }

    @Test
    void a_finding_names_the_program_that_loads_the_file() throws IOException {
        String program = """
                import os
                from jina import Flow

                flow = Flow.load_config(os.path.join(os.path.dirname(os.path.abspath(__file__)), 'conf', 'flow.yml'))
                other = Flow.load_config("elsewhere/flow.yml")
                """;
        Files.writeString(project.resolve("main.py"), program);
        try (TestClient client = start()) {
            client.open(uri("conf/flow.yml"), "yaml", 1, FLOW);

            JsonObject first = client.awaitPublished(uri("conf/flow.yml"), 1)
                    .getAsJsonArray("diagnostics")
                    .get(0)
                    .getAsJsonObject();

            JsonArray related = first.getAsJsonArray("relatedInformation");
            assertThat(related).hasSize(1);
            assertThat(Json.string(related.get(0), "message")).isEqualTo("this loads the file");
            assertThat(Json.string(related.get(0), "location", "uri")).isEqualTo(uri("main.py"));
            assertThat(Json.at(related.get(0), "location", "range", "start").toString())
                    .isEqualTo("{\"line\":3,\"character\":24}");
        }
    }

    @Test
    void a_file_that_python_names_is_a_link() {
        String program =
                "from jina import Flow\nflow = Flow.load_config('flow.yml')\ngone = Flow.load_config('gone.yml')\n";
        try (TestClient client = start()) {
            client.open(uri("conf/main.py"), "python", 1, program);

            JsonArray links = client.request("textDocument/documentLink", document("conf/main.py"))
                    .getAsJsonArray("result");

            assertThat(links).hasSize(1);
            assertThat(Json.string(links.get(0), "target")).isEqualTo(uri("conf/flow.yml"));
            assertThat(Json.at(links.get(0), "range")).isEqualTo(TestClient.json(TestClient.range(1, 25, 1, 33)));
        }
    }

    @Test
    void a_file_that_is_there_is_a_link() {
        try (TestClient client = start()) {
            client.open(uri("conf/flow.yml"), "yaml", 1, FLOW);

            JsonArray links = client.request("textDocument/documentLink", document("conf/flow.yml"))
                    .getAsJsonArray("result");

            assertThat(links).hasSize(1);
            assertThat(Json.string(links.get(0), "target")).isEqualTo(uri("conf/washer.yml"));
            assertThat(Json.at(links.get(0), "range")).isEqualTo(TestClient.json(TestClient.range(2, 10, 2, 20)));
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {5, 14})
    void a_key_and_its_value_are_explained(int character) {
        try (TestClient client = start()) {
            client.open(uri("conf/flow.yml"), "yaml", 1, FLOW.replace("washer.yml", "/srv/washer.yml"));

            JsonObject hover = client.request(
                            "textDocument/hover",
                            "{\"textDocument\": {\"uri\": \"" + uri("conf/flow.yml")
                                    + "\"}, \"position\": {\"line\": 2, \"character\": " + character + "}}")
                    .getAsJsonObject("result");

            assertThat(Json.string(hover, "contents", "value")).startsWith("# jina-relative-path");
        }
    }

    @Test
    void python_code_that_loads_a_file_names_the_place_in_it() {
        try (TestClient client = start()) {
            client.open(
                    uri("app.py"),
                    "python",
                    1,
                    "from jina import Flow\n\nflow = Flow.load_config(\"conf/flow.yml\")\n");

            JsonArray diagnostics = client.awaitPublished(uri("app.py"), 1).getAsJsonArray("diagnostics");

            JsonObject place = diagnostics
                    .get(0)
                    .getAsJsonObject()
                    .getAsJsonArray("relatedInformation")
                    .get(0)
                    .getAsJsonObject();
            assertThat(Json.string(place, "location", "uri")).isEqualTo(uri("conf/flow.yml"));
            assertThat(Json.at(place, "location", "range")).isEqualTo(TestClient.json(TestClient.range(2, 10, 2, 20)));
        }
    }

    @Test
    void what_lies_outside_of_the_workspace_is_not_read() throws IOException {
        Path inner = project.resolve("inner");
        Files.createDirectories(inner);
        try (TestClient client = TestClient.start(RULES)) {
            client.request("initialize", "{\"rootUri\": \"" + inner.toUri() + "\", \"capabilities\": {}}");
            client.open(
                    uri("inner/app.py"),
                    "python",
                    1,
                    "from jina import Flow\n\nFlow.load_config(\"../conf/flow.yml\")\n");
            client.open(uri("inner/flow.yml"), "yaml", 1, FLOW);

            JsonArray links = client.request("textDocument/documentLink", document("inner/flow.yml"))
                    .getAsJsonArray("result");

            assertThat(links).isEmpty();
            assertThat(client.published(uri("inner/app.py")).toString()).doesNotContain("relatedInformation");
        }
    }

    private String document(String path) {
        return "{\"textDocument\": {\"uri\": \"" + uri(path) + "\"}}";
    }
}
