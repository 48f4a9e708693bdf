package io.github.spawnproof.lsp;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import com.google.gson.JsonPrimitive;
import io.github.spawnproof.rule.Rule;
import io.github.spawnproof.rule.RuleCatalog;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Notebooks as an editor sends them, cell by cell. */
@Timeout(120)
class NotebooksTest {

    private static final List<Rule> RULES = List.copyOf(RuleCatalog.load().all());

    private static final String NOTEBOOK = "file:///work/My%20Titles.ipynb";
    private static final String CREATES =
            "{\"workspace\": {\"workspaceEdit\": {\"documentChanges\": true, \"resourceOperations\": [\"create\"]}},"
                    + "\"textDocument\": {\"publishDiagnostics\": {\"versionSupport\": true, \"relatedInformation\": true},"
                    + "\"codeAction\": {\"codeActionLiteralSupport\": {}}}}";
    private static final String IMPORT = "from multiprocessing import Pool\n";
    private static final String SLUG = "def slug(title):\n    return title.lower()\n";
    private static final String MAP = "# é😀\nwith Pool(2) as pool: pool.map(slug, ['A'])";

    private static String cell(String name) {
        return "vscode-notebook-cell:/work/My%20Titles.ipynb#" + name;
    }

    private static String item(String name, String language, String text) {
        return "{\"uri\": \"%s\", \"languageId\": \"%s\", \"version\": 1, \"text\": %s}"
                .formatted(cell(name), language, new JsonPrimitive(text));
    }

    private static String place(String name, int kind) {
        return "{\"kind\": %d, \"document\": \"%s\"}".formatted(kind, cell(name));
    }

    /** Opens a notebook of three code cells, with one of prose before them. */
    private static void open(TestClient client) {
        client.notify(
                "notebookDocument/didOpen",
                "{\"notebookDocument\": {\"uri\": \"%s\", \"notebookType\": \"jupyter-notebook\", \"version\": 1, \"cells\": [%s]}, \"cellTextDocuments\": [%s]}"
                        .formatted(
                                NOTEBOOK,
                                String.join(",", place("prose", 1), place("a", 2), place("b", 2), place("c", 2)),
                                String.join(
                                        ",",
                                        item("prose", "markdown", "# multiprocessing"),
                                        item("a", "python", IMPORT),
                                        item("b", "python", SLUG),
                                        item("c", "python", MAP))));
    }

    private static void change(TestClient client, int version, String cells) {
        client.notify(
                "notebookDocument/didChange",
                "{\"notebookDocument\": {\"uri\": \"%s\", \"version\": %d}, \"change\": {\"cells\": %s}}"
                        .formatted(NOTEBOOK, version, cells));
    }

    private static String textContent(String name, int version, String range, String text) {
        return "{\"textContent\": [{\"document\": {\"uri\": \"%s\", \"version\": %d}, \"changes\": [{\"range\": %s, \"text\": %s}]}]}"
                .formatted(cell(name), version, range, new JsonPrimitive(text));
    }

    private static JsonArray diagnostics(TestClient client, String name, int version) {
        return client.awaitPublished(cell(name), version).getAsJsonArray("diagnostics");
    }

    private static TestClient start() {
        TestClient client = TestClient.start(RULES);
        client.initialize(CREATES);
        open(client);
        return client;
    }

    private static List<String> titles(JsonArray actions) {
        return actions.asList().stream()
                .map(action -> Json.string(action, "title"))
                .toList();
    }

    private static JsonArray actions(TestClient client) {
        return client.request(
                        "textDocument/codeAction",
                        "{\"textDocument\": {\"uri\": \"%s\"}, \"range\": %s, \"context\": {\"diagnostics\": []}}"
                                .formatted(cell("c"), TestClient.range(1, 32, 1, 32)))
                .getAsJsonArray("result");
    }

    @Test
    void the_server_says_that_it_takes_notebooks() {
        try (TestClient client = TestClient.start(RULES)) {
            JsonObject result = client.initialize("{}");

            assertThat(Json.at(result, "capabilities", "notebookDocumentSync").toString())
                    .isEqualTo("{\"notebookSelector\":[{\"notebook\":\"*\",\"cells\":[{\"language\":\"python\"}]}]}");
        }
    }

    @Test
    void a_finding_is_published_for_its_cell() {
        try (TestClient client = start()) {
            JsonArray found = diagnostics(client, "c", 1);

            assertThat(found).hasSize(1);
            assertThat(Json.string(found.get(0), "code")).isEqualTo("notebook-definition-crosses");
            assertThat(Json.at(found.get(0), "range")).isEqualTo(TestClient.json(TestClient.range(1, 31, 1, 35)));
            JsonElement related = found.get(0)
                    .getAsJsonObject()
                    .getAsJsonArray("relatedInformation")
                    .get(0);
            assertThat(Json.string(related, "location", "uri")).isEqualTo(cell("b"));
            assertThat(Json.at(related, "location", "range")).isEqualTo(TestClient.json(TestClient.range(0, 4, 0, 8)));
            assertThat(diagnostics(client, "a", 1)).isEmpty();
            assertThat(diagnostics(client, "b", 1)).isEmpty();
            assertThat(client.published(cell("prose"))).isEmpty();
            assertThat(client.published(NOTEBOOK)).isEmpty();
        }
    }

    @Test
    void a_change_of_one_cell_changes_the_findings_of_another() {
        try (TestClient client = start()) {
            assertThat(diagnostics(client, "c", 1)).hasSize(1);

            change(client, 2, textContent("b", 2, TestClient.range(0, 0, 2, 0), "from shop import slug\n"));

            assertThat(diagnostics(client, "b", 2)).isEmpty();
            assertThat(diagnostics(client, "c", 1)).isEmpty();
            // The first cell has the same version and the same diagnostics.
            assertThat(client.published(cell("a"))).hasSize(1);
        }
    }

    @Test
    void cells_come_and_go() {
        try (TestClient client = start()) {
            assertThat(diagnostics(client, "c", 1)).hasSize(1);

            change(
                    client,
                    2,
                    "{\"structure\": {\"array\": {\"start\": 3, \"deleteCount\": 1, \"cells\": [%s]}, \"didOpen\": [%s], \"didClose\": [{\"uri\": \"%s\"}]}}"
                            .formatted(place("d", 2), item("d", "python", "\n" + MAP), cell("c")));

            assertThat(diagnostics(client, "d", 1)).hasSize(1);
            List<JsonObject> ofGone = client.published(cell("c"));
            assertThat(ofGone.get(ofGone.size() - 1).getAsJsonArray("diagnostics"))
                    .isEmpty();
            assertThat(Json.at(ofGone.get(ofGone.size() - 1), "version").isJsonNull())
                    .isTrue();
        }
    }

    @Test
    void nothing_stays_of_a_closed_notebook() {
        try (TestClient client = start()) {
            assertThat(diagnostics(client, "c", 1)).hasSize(1);

            client.notify(
                    "notebookDocument/didClose",
                    "{\"notebookDocument\": {\"uri\": \"%s\"}, \"cellTextDocuments\": []}".formatted(NOTEBOOK));
            client.shutDownAndExit();

            for (String name : List.of("a", "b", "c")) {
                List<JsonObject> all = client.published(cell(name));
                assertThat(all.get(all.size() - 1).getAsJsonArray("diagnostics"))
                        .isEmpty();
            }
        }
    }

    @Test
    void hover_in_a_cell_shows_the_page() {
        try (TestClient client = start()) {
            JsonObject hover = client.request(
                    "textDocument/hover",
                    "{\"textDocument\": {\"uri\": \"%s\"}, \"position\": {\"line\": 1, \"character\": 32}}"
                            .formatted(cell("c")));

            assertThat(Json.string(hover, "result", "contents", "value")).contains("notebook-definition-crosses");
            assertThat(Json.at(hover, "result", "range")).isEqualTo(TestClient.json(TestClient.range(1, 31, 1, 35)));
        }
    }

    @Test
    void a_fix_makes_a_module_and_changes_the_cell() {
        try (TestClient client = start()) {
            JsonArray actions = actions(client);

            assertThat(titles(actions).subList(0, 2))
                    .containsExactly(
                            "Move it to a module beside the notebook",
                            "Let the cell write a module with `%%writefile`");
            assertThat(Json.at(actions.get(0), "edit", "documentChanges"))
                    .isEqualTo(JsonParser.parseString(
                            """
                    [{"kind": "create", "uri": "file:///work/my_titles_workers.py"},
                     {"textDocument": {"uri": "%s", "version": 1},
                      "edits": [{"range": %s, "newText": "from my_titles_workers import slug"}]},
                     {"textDocument": {"uri": "file:///work/my_titles_workers.py", "version": null},
                      "edits": [{"range": %s, "newText": "def slug(title):\\n    return title.lower()\\n"}]}]
                    """.formatted(cell("b"), TestClient.range(0, 0, 2, 0), TestClient.range(0, 0, 0, 0))));
        }
    }

    @Test
    void a_client_that_makes_no_files_is_offered_the_other_fix() {
        try (TestClient client = TestClient.start(RULES)) {
            client.initialize(CREATES.replace("[\"create\"]", "[]"));
            open(client);

            JsonArray actions = actions(client);

            assertThat(titles(actions).get(0)).isEqualTo("Let the cell write a module with `%%writefile`");
            assertThat(Json.at(actions.get(0), "edit", "documentChanges").getAsJsonArray().asList().stream()
                            .map(change -> Json.string(change, "textDocument", "uri")))
                    .containsExactly(cell("b"), cell("c"));
        }
    }

    @Test
    void columns_are_those_of_the_encoding() {
        try (TestClient client = TestClient.start(RULES)) {
            client.initialize(CREATES.substring(0, CREATES.length() - 1)
                    + ", \"general\": {\"positionEncodings\": [\"utf-8\"]}}");
            open(client);
            assertThat(diagnostics(client, "c", 1)).hasSize(1);

            // Behind # é😀 of the last cell: 8 bytes.
            change(client, 2, textContent("c", 2, TestClient.range(0, 8, 0, 8), "\nslug = abs"));

            assertThat(diagnostics(client, "c", 2)).isEmpty();
        }
    }

    @Test
    void who_pulls_diagnostics_gets_those_of_cells_pushed() {
        try (TestClient client = TestClient.start(RULES)) {
            client.initialize("{\"textDocument\": {\"diagnostic\": {}, \"publishDiagnostics\": {}},"
                    + "\"workspace\": {\"diagnostics\": {\"refreshSupport\": true}}}");
            open(client);
            assertThat(diagnostics(client, "c", 1)).hasSize(1);

            JsonObject report = client.request(
                    "textDocument/diagnostic", "{\"textDocument\": {\"uri\": \"%s\"}}".formatted(cell("c")));

            assertThat(Json.at(report, "result", "items").getAsJsonArray()).isEmpty();
        }
    }

    @Test
    void what_makes_no_sense_changes_nothing() {
        try (TestClient client = start()) {
            assertThat(diagnostics(client, "c", 1)).hasSize(1);

            client.notify(
                    "notebookDocument/didChange",
                    "{\"notebookDocument\": {\"uri\": \"file:///other.ipynb\", \"version\": 2}, \"change\": {}}");
            change(client, 2, textContent("nobody", 2, TestClient.range(0, 0, 0, 1), "x"));
            change(client, 3, "{\"structure\": {\"array\": {\"start\": -7, \"deleteCount\": -1}}}");
            change(client, 4, "{\"structure\": {\"array\": {\"start\": 99, \"deleteCount\": 99}}}");
            change(client, 5, "{\"structure\": 5}");
            change(client, 6, textContent("c", 2, TestClient.range(9, 9, 9, 9), " # end"));

            assertThat(diagnostics(client, "c", 2)).hasSize(1);
        }
    }

    @Test
    void the_text_of_a_notebooks_file_is_not_python() {
        try (TestClient client = TestClient.start(RULES).initialized()) {
            client.open(NOTEBOOK, "json", 1, "{\"cells\": [\"from multiprocessing import Pool\", lambda: 0]}");
            client.open(TestClient.URI, "python", 1, IMPORT);

            assertThat(client.awaitDiagnostics(1)).isEmpty();
            assertThat(client.published(NOTEBOOK)).isEmpty();
        }
    }
}
