package io.github.spawnproof.lsp;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import io.github.spawnproof.finding.Applicability;
import io.github.spawnproof.finding.Fix;
import io.github.spawnproof.finding.TextEdit;
import io.github.spawnproof.python.PythonModule;
import io.github.spawnproof.rule.Fault;
import io.github.spawnproof.rule.Impact;
import io.github.spawnproof.rule.PythonRule;
import io.github.spawnproof.rule.Rule;
import io.github.spawnproof.source.TextRange;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@Timeout(120)
class CodeActionsTest {

    private static final String LITERAL = """
            {"textDocument": {"codeAction": {"codeActionLiteralSupport": {"codeActionKind": {"valueSet": []}},
                "isPreferredSupport": true}},
             "workspace": {"workspaceEdit": {"documentChanges": true}}}
            """;
    private static final String LAZY = """
            {"textDocument": {"codeAction": {"codeActionLiteralSupport": {"codeActionKind": {"valueSet": []}},
                "isPreferredSupport": true, "dataSupport": true, "resolveSupport": {"properties": ["edit"]}}},
             "workspace": {"workspaceEdit": {"documentChanges": true}}}
            """;
    private static final String ANY_KIND = "{\"diagnostics\": []}";

    private static TestClient start(String capabilities, String text) {
        return start(capabilities, text, List.of(new FlagWord()));
    }

    private static TestClient start(String capabilities, String text, List<? extends Rule> rules) {
        TestClient client = TestClient.start(rules);
        client.initialize(capabilities);
        client.open(4, text);
        return client;
    }

    private static List<String> titles(JsonArray actions) {
        List<String> titles = new ArrayList<>();
        actions.forEach(action -> titles.add(Json.string(action, "title")));
        return titles;
    }

    private static JsonObject titled(JsonArray actions, String title) {
        for (JsonElement action : actions) {
            if (Json.string(action, "title").equals(title)) {
                return action.getAsJsonObject();
            }
        }
        throw new AssertionError("no action " + title + " among " + actions);
    }

    private static JsonObject versionedEdit(String range, String newText) {
        return TestClient.json("""
                {"documentChanges": [{"textDocument": {"uri": "file:///shop/a.py", "version": 4},
                    "edits": [{"range": %s, "newText": "%s"}]}]}
                """.formatted(range, newText));
    }

    @Test
    void a_finding_under_the_cursor_can_be_fixed_ignored_and_fixed_with_all_others() {
        try (TestClient client = start(LITERAL, "x = FLAG\n")) {
            JsonArray actions = client.codeActions(TestClient.range(0, 8, 0, 8), ANY_KIND);

            assertThat(titles(actions))
                    .containsExactly(
                            "Delete it",
                            "Write GOOD",
                            "Ignore flag-word on this line",
                            "Ignore flag-word in this file",
                            "Apply all safe fixes of Spawnproof");
            JsonObject safe = titled(actions, "Write GOOD");
            assertThat(Json.string(safe, "kind")).isEqualTo("quickfix");
            assertThat(Json.isTrue(safe, "isPreferred")).isTrue();
            assertThat(safe.get("edit")).isEqualTo(versionedEdit(TestClient.range(0, 4, 0, 8), "GOOD"));
            assertThat(safe.has("data")).isFalse();
            assertThat(safe.getAsJsonArray("diagnostics")).hasSize(1);
            assertThat(titled(actions, "Delete it").has("isPreferred")).isFalse();
            JsonObject all = titled(actions, "Apply all safe fixes of Spawnproof");
            assertThat(Json.string(all, "kind")).isEqualTo("source.fixAll.spawnproof");
        }
    }

    /** Has two safe fixes for one fault. */
    private static final class TwoWays implements PythonRule {
        @Override
        public void check(PythonModule module, Consumer<Fault> faults) {
            TextRange range = new TextRange(0, 1);
            List<Fix> fixes = Stream.of("first", "second")
                    .map(title -> new Fix(title, Applicability.SAFE, List.of(TextEdit.replace(range, title))))
                    .toList();
            faults.accept(new Fault(range, "one of two", Impact.failsAlways(), List.of(), fixes));
        }
    }

    @Test
    void only_the_first_safe_fix_is_preferred() {
        try (TestClient client = start(LITERAL, "x\n", List.of(new TwoWays()))) {
            JsonArray actions = client.codeActions(TestClient.range(0, 0, 0, 0), ANY_KIND);

            assertThat(Json.isTrue(titled(actions, "first"), "isPreferred")).isTrue();
            assertThat(titled(actions, "second").has("isPreferred")).isFalse();
        }
    }

    @Test
    void suppressions_are_written_into_the_text() {
        try (TestClient client = start(LITERAL, "x = FLAG\n")) {
            JsonArray actions = client.codeActions(TestClient.range(0, 5, 0, 5), ANY_KIND);

            assertThat(titled(actions, "Ignore flag-word on this line").get("edit"))
                    .isEqualTo(versionedEdit(TestClient.range(0, 8, 0, 8), "  # spawnproof: ignore[flag-word]"));
            assertThat(titled(actions, "Ignore flag-word in this file").get("edit"))
                    .isEqualTo(versionedEdit(TestClient.range(0, 0, 0, 0), "# spawnproof: ignore-file[flag-word]\\n"));
        }
    }

    @Test
    void where_no_finding_is_only_the_whole_file_can_be_fixed() {
        try (TestClient client = start(LITERAL, "x = 1\ny = FLAG\n")) {
            assertThat(titles(client.codeActions(TestClient.range(0, 0, 0, 5), ANY_KIND)))
                    .containsExactly("Apply all safe fixes of Spawnproof");
        }
        try (TestClient client = start(LITERAL, "x = 1\n")) {
            assertThat(client.codeActions(TestClient.range(0, 0, 0, 5), ANY_KIND))
                    .isEmpty();
        }
    }

    @ParameterizedTest
    @CsvSource({
        "quickfix, 4",
        "source, 1",
        "source.fixAll, 1",
        "source.fixAll.spawnproof, 1",
        "'', 5",
        "source.fix, 0",
        "source.fixAll.ruff, 0",
        "source.fixAll.spawnproof.more, 0",
        "refactor, 0",
        "quick, 0",
    })
    void only_the_kinds_asked_for_are_answered(String kind, int count) {
        try (TestClient client = start(LITERAL, "x = FLAG\n")) {
            assertThat(client.codeActions(
                            TestClient.range(0, 4, 0, 4), "{\"diagnostics\": [], \"only\": [\"" + kind + "\"]}"))
                    .hasSize(count);
        }
    }

    @Test
    void titles_are_unique_and_offers_that_do_the_same_are_one() {
        try (TestClient client = start(LITERAL, "FLAG FLAG\n")) {
            JsonArray actions =
                    client.codeActions(TestClient.range(0, 0, 0, 9), "{\"diagnostics\": [], \"only\": [\"quickfix\"]}");

            assertThat(titles(actions))
                    .containsExactly(
                            "Delete it (line 1, column 1)",
                            "Write GOOD (line 1, column 1)",
                            "Delete it (line 1, column 6)",
                            "Write GOOD (line 1, column 6)",
                            "Ignore flag-word on this line",
                            "Ignore flag-word in this file");
            assertThat(titled(actions, "Ignore flag-word in this file").getAsJsonArray("diagnostics"))
                    .hasSize(2);
        }
    }

    @Test
    void fix_all_applies_all_safe_fixes() {
        try (TestClient client = start(LITERAL, "FLAG\nFLAG\n")) {
            JsonArray actions = client.codeActions(
                    TestClient.range(0, 0, 0, 0), "{\"diagnostics\": [], \"only\": [\"source.fixAll\"]}");

            JsonArray edits = Json.at(actions.get(0), "edit", "documentChanges")
                    .getAsJsonArray()
                    .get(0)
                    .getAsJsonObject()
                    .getAsJsonArray("edits");
            assertThat(edits).extracting(edit -> Json.string(edit, "newText")).containsExactly("GOOD", "GOOD");
        }
    }

    @Test
    void a_client_without_versioned_edits_gets_plain_ones() {
        String capabilities = "{\"textDocument\": {\"codeAction\": {\"codeActionLiteralSupport\": {}}}}";
        try (TestClient client = start(capabilities, "x = FLAG\n")) {
            JsonObject safe = titled(client.codeActions(TestClient.range(0, 4, 0, 4), ANY_KIND), "Write GOOD");

            assertThat(safe.get("edit"))
                    .isEqualTo(TestClient.json("{\"changes\": {\"file:///shop/a.py\": [{\"range\": "
                            + TestClient.range(0, 4, 0, 8) + ", \"newText\": \"GOOD\"}]}}"));
            assertThat(safe.has("isPreferred")).isFalse();
        }
    }

    @Test
    void a_client_that_knows_commands_only_gets_nothing() {
        try (TestClient client = start("{}", "x = FLAG\n")) {
            assertThat(client.codeActions(TestClient.range(0, 4, 0, 4), ANY_KIND))
                    .isEmpty();
        }
    }

    @Test
    void a_client_that_resolves_gets_the_same_edits_later() {
        try (TestClient literal = start(LITERAL, "FLAG\nx = FLAG FLAG\n");
                TestClient lazy = start(LAZY, "FLAG\nx = FLAG FLAG\n")) {
            String everything = TestClient.range(0, 0, 2, 0);
            JsonArray expected = literal.codeActions(everything, ANY_KIND);

            JsonArray actions = lazy.codeActions(everything, ANY_KIND);

            assertThat(titles(actions)).isEqualTo(titles(expected)).hasSizeGreaterThan(8);
            for (int i = 0; i < actions.size(); i++) {
                JsonObject action = actions.get(i).getAsJsonObject();
                assertThat(action.has("edit")).isFalse();
                JsonObject resolved = lazy.request("codeAction/resolve", action).getAsJsonObject("result");
                assertThat(resolved.get("edit"))
                        .isEqualTo(expected.get(i).getAsJsonObject().get("edit"));
                assertThat(resolved.get("title")).isEqualTo(action.get("title"));
                assertThat(resolved.get("kind")).isEqualTo(action.get("kind"));
            }
        }
    }

    @Test
    void an_action_of_an_older_version_is_not_resolved() {
        try (TestClient client = start(LAZY, "x = FLAG\n")) {
            JsonElement action =
                    client.codeActions(TestClient.range(0, 4, 0, 4), ANY_KIND).get(0);

            client.change(5, "xy = FLAG\n");
            JsonObject changed = client.request("codeAction/resolve", action);
            client.closeDocument(TestClient.URI);
            JsonObject closed = client.request("codeAction/resolve", action);
            client.open(4, "something else FLAG\n");
            JsonObject reopened = client.request("codeAction/resolve", action);

            assertThat(List.of(changed, closed, reopened))
                    .allSatisfy(answer -> assertThat(
                                    Json.at(answer, "error", "code").getAsInt())
                            .isEqualTo(-32801));
        }
    }

    @Test
    void data_that_is_not_ours_is_refused() {
        try (TestClient client = start(LAZY, "x = FLAG\n")) {
            JsonObject action = client.codeActions(TestClient.range(0, 4, 0, 4), ANY_KIND)
                    .get(0)
                    .getAsJsonObject();
            for (int finding : new int[] {-1, 1}) {
                action.getAsJsonObject("data").addProperty("finding", finding);

                JsonObject answer = client.request("codeAction/resolve", action);

                assertThat(Json.at(answer, "error", "code").getAsInt()).isEqualTo(-32602);
            }
        }
    }

    @Test
    void nothing_is_analysed_twice_for_requests() {
        EntryGate gate = new EntryGate();
        try (TestClient client = start(LAZY, "x = FLAG\n", List.of(gate, new FlagWord()))) {
            JsonArray actions = client.codeActions(TestClient.range(0, 4, 0, 4), ANY_KIND);
            client.request("codeAction/resolve", actions.get(0));
            client.hover(0, 4);
            client.codeActions(TestClient.range(0, 4, 0, 4), ANY_KIND);

            assertThat(gate.texts()).containsExactly("x = FLAG\n");
        }
    }
}
