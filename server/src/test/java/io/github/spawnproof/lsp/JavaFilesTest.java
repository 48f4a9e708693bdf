package io.github.spawnproof.lsp;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import io.github.spawnproof.rule.Rule;
import io.github.spawnproof.rule.RuleCatalog;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Java files in the editor. */
@Timeout(120)
class JavaFilesTest {

    private static final List<Rule> RULES = List.copyOf(RuleCatalog.load().all());
    private static final String RULE = "environment-set-wrong-side";
    private static final String UNUSED =
            "class A {\n    int x; // spawnproof: ignore[" + RULE + "]\n    /* 漢😀 */ void f() { go(; }\n}\n";

    private static TestClient start() {
        TestClient client = TestClient.start(RULES);
        client.initialize("""
                {"textDocument": {"publishDiagnostics": {"versionSupport": true, "dataSupport": true},
                    "hover": {"contentFormat": ["markdown"]},
                    "codeAction": {"codeActionLiteralSupport": {"codeActionKind": {"valueSet": ["quickfix", "source"]}},
                        "dataSupport": true, "resolveSupport": {"properties": ["edit"]}}},
                 "workspace": {"workspaceEdit": {"documentChanges": true}}}
                """);
        return client;
    }

    private static List<String> codes(JsonArray diagnostics) {
        List<String> codes = new ArrayList<>();
        diagnostics.forEach(diagnostic -> codes.add(Json.string(diagnostic, "code")));
        return codes;
    }

    @ParameterizedTest
    @CsvSource({"file:///p/A.java, java", "file:///p/A.java, python", "untitled:Untitled-1, java"})
    void java_is_known_by_its_name_or_language(String uri, String identifier) {
        try (TestClient client = start()) {
            client.open(uri, identifier, 1, UNUSED);

            assertThat(codes(client.awaitPublished(uri, 1).getAsJsonArray("diagnostics")))
                    .containsExactly("unused-suppression");
        }
    }

    /** Class files that jdtls shows, and old versions of files, are nobody's to change. */
    @ParameterizedTest
    @CsvSource({"jdt://contents/x.jar/A.class?=x", "git:/p/A.java?%7B%7D"})
    void what_is_no_file_of_the_project_stays_silent(String uri) {
        try (TestClient client = start()) {
            client.open(uri, "java", 1, UNUSED);
            client.open("file:///p/B.java", "java", 1, UNUSED);
            client.awaitPublished("file:///p/B.java", 1);

            assertThat(client.published(uri))
                    .allSatisfy(publication -> assertThat(publication.getAsJsonArray("diagnostics"))
                            .isEmpty());
        }
    }

    @Test
    void a_finding_is_silenced_and_the_comment_hovers() {
        String uri = "file:///p/A.java";
        String text = "class A {\n    void f() {\n        System.getenv().put(\"A\", \"b\");\n    }\n}\n";
        try (TestClient client = start()) {
            client.open(uri, "java", 1, text);
            JsonArray diagnostics = client.awaitPublished(uri, 1).getAsJsonArray("diagnostics");
            assertThat(codes(diagnostics)).containsExactly(RULE);

            JsonArray actions = client.request(
                            "textDocument/codeAction",
                            "{\"textDocument\": {\"uri\": \"" + uri + "\"}, \"range\": "
                                    + diagnostics.get(0).getAsJsonObject().get("range")
                                    + ", \"context\": {\"diagnostics\": " + diagnostics + "}}")
                    .getAsJsonArray("result");
            List<String> edits = new ArrayList<>();
            for (JsonElement action : actions) {
                if (Json.string(action, "title").startsWith("Ignore")) {
                    edits.add(client.request("codeAction/resolve", action).toString());
                }
            }
            assertThat(edits).hasSize(2);
            assertThat(edits.get(0)).contains("\"  // spawnproof: ignore[" + RULE + "]\"");
            assertThat(edits.get(1)).contains("\"// spawnproof: ignore-file[" + RULE + "]\\n\"");

            client.open("file:///p/B.java", "java", 1, "// spawnproof: ignore-file[" + RULE + "]\n" + text);
            assertThat(client.awaitPublished("file:///p/B.java", 1).getAsJsonArray("diagnostics"))
                    .isEmpty();
            String hover = client.request(
                            "textDocument/hover",
                            "{\"textDocument\": {\"uri\": \"file:///p/B.java\"},"
                                    + " \"position\": {\"line\": 0, \"character\": 30}}")
                    .toString();
            assertThat(hover).contains("# " + RULE);
        }
    }
}
