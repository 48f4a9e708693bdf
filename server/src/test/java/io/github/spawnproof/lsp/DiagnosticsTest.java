package io.github.spawnproof.lsp;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(120)
class DiagnosticsTest {

    private static final String EVERYTHING = """
            {"textDocument": {"publishDiagnostics": {"versionSupport": true, "codeDescriptionSupport": true,
                "relatedInformation": true, "dataSupport": true}}}
            """;

    @Test
    void a_finding_is_shown_with_all_that_the_client_understands() {
        try (TestClient client = TestClient.start()) {
            client.initialize(EVERYTHING);

            client.open(3, "x = FLAG\n");

            JsonArray diagnostics = client.awaitDiagnostics(3);
            assertThat(diagnostics).containsExactly(TestClient.json("""
                                    {"range": {"start": {"line": 0, "character": 4}, "end": {"line": 0, "character": 8}},
                                     "severity": 1, "code": "flag-word",
                                     "codeDescription": {"href": "https://example.org/flag"},
                                     "source": "spawnproof", "message": "`FLAG` is bad",
                                     "relatedInformation": [{"location": {"uri": "file:///shop/a.py", "range":
                                        {"start": {"line": 0, "character": 0}, "end": {"line": 0, "character": 0}}},
                                        "message": "the text starts here"}],
                                     "data": {"rule": "flag-word", "version": 3, "failsOn": []}}
                                    """));
        }
    }

    @Test
    void what_the_client_does_not_understand_is_left_out() {
        try (TestClient client = TestClient.start()) {
            client.initialize("{\"textDocument\": {\"publishDiagnostics\": {\"versionSupport\": false}}}");

            client.open(3, "x = FLAG\n");

            JsonObject published =
                    client.awaitMethod("textDocument/publishDiagnostics").getAsJsonObject("params");
            assertThat(published.keySet()).containsExactlyInAnyOrder("uri", "diagnostics");
            assertThat(published
                            .getAsJsonArray("diagnostics")
                            .get(0)
                            .getAsJsonObject()
                            .keySet())
                    .containsExactlyInAnyOrder("range", "severity", "code", "source", "message");
        }
    }

    @ParameterizedTest
    @CsvSource({"utf-8, 14, 18", "utf-16, 9, 13", "utf-32, 8, 12"})
    void columns_are_counted_as_negotiated(String encoding, int start, int end) {
        try (TestClient client = TestClient.start()) {
            client.initialize("{\"general\": {\"positionEncodings\": [\"" + encoding + "\"]}}");

            client.open(1, "#\r\n'é😀€' + FLAG");

            assertThat(client.awaitDiagnostics(1).get(0).getAsJsonObject().get("range"))
                    .isEqualTo(TestClient.json(TestClient.range(1, start, 1, end)));
        }
    }

    @Test
    void each_version_is_answered_and_closing_clears() {
        try (TestClient client = TestClient.start().initialized()) {
            client.open(1, "FLAG");
            assertThat(client.awaitDiagnostics(1)).hasSize(1);
            client.change(2, "fine");
            assertThat(client.awaitDiagnostics(2)).isEmpty();
            client.change(3, "FLAG FLAG");
            assertThat(client.awaitDiagnostics(3)).hasSize(2);

            client.closeDocument(TestClient.URI);

            JsonObject last =
                    client.awaitMethod("textDocument/publishDiagnostics").getAsJsonObject("params");
            assertThat(last.getAsJsonArray("diagnostics")).isEmpty();
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "file:///C%3A/Work/%61.py",
                "file:///c:/shop/a b.py",
                "file:///shop/100%.py",
                "file:///shop/caf%C3%A9.py",
                "untitled:Untitled-1",
                "vscode-notebook-cell:/shop/n.ipynb#W2sZmlsZQ%3D%3D",
                "vscode-vfs://github/o/r/a.py",
            })
    void documents_are_answered_under_the_clients_spelling(String uri) {
        try (TestClient client = TestClient.start().initialized()) {
            client.open(uri, "python", 1, "FLAG");

            assertThat(client.awaitPublished(uri, 1).getAsJsonArray("diagnostics"))
                    .hasSize(1);
        }
    }

    @ParameterizedTest
    @CsvSource({
        "file:///shop/a.txt, python, 1",
        "file:///shop/a.py, plaintext, 1",
        "file:///shop/a.pyi, '', 1",
        "file:///shop/a.js, javascript, 0",
        "untitled:a.py, plaintext, 0",
    })
    void the_language_id_or_the_extension_of_a_file_decides(String uri, String languageId, int published) {
        try (TestClient client = TestClient.start().initialized()) {
            client.open(uri, languageId, 1, "FLAG");
            client.notify(
                    "textDocument/didChange",
                    "{\"textDocument\": {\"uri\": \"%s\", \"version\": 2}, \"contentChanges\": [{\"text\": \"FLAG\"}]}"
                            .formatted(uri));
            client.open("file:///shop/last.py", "python", 1, "");
            client.awaitPublished("file:///shop/last.py", 1);

            assertThat(client.published(uri).isEmpty()).isEqualTo(published == 0);
            assertThat(client.log()).doesNotContain("not open");
        }
    }
}
