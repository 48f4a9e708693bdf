package io.github.spawnproof.lsp;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonNull;
import com.google.gson.JsonObject;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What a client must not do; the rows of facts/peers.md, section 3. */
@Timeout(120)
class RobustnessTest {

    private static int errorCode(JsonObject answer) {
        return answer.getAsJsonObject("error").get("code").getAsInt();
    }

    private static JsonObject awaitErrorWithoutId(TestClient client) {
        return client.await(
                "error without id",
                message -> message.has("error")
                        && message.has("id")
                        && message.get("id").isJsonNull());
    }

    private static void assertLives(TestClient client) {
        client.open("file:///shop/still.py", "python", 77, "FLAG");
        assertThat(client.awaitPublished("file:///shop/still.py", 77).getAsJsonArray("diagnostics"))
                .hasSize(1);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "not json | -32700",
                "{\"jsonrpc\": \"2.0\", \"id\": 1, \"method\": | -32700",
                "{} {} | -32700",
                "'' | -32700",
                "{} | -32600",
                "[] | -32600",
                "[{\"jsonrpc\": \"2.0\", \"id\": 1, \"method\": \"shutdown\"}] | -32600",
                "\"text\" | -32600",
                "5 | -32600",
                "null | -32600",
                "{\"jsonrpc\": \"2.0\", \"id\": 1} | -32600",
                "{\"jsonrpc\": \"2.0\", \"id\": null, \"method\": \"shutdown\"} | -32600",
                "{\"jsonrpc\": \"2.0\", \"id\": true, \"method\": \"shutdown\"} | -32600",
                "{\"jsonrpc\": \"2.0\", \"id\": 1e999, \"method\": \"shutdown\"} | -32600",
                "{\"jsonrpc\": \"2.0\", \"id\": [1], \"method\": \"shutdown\"} | -32600",
                "{\"jsonrpc\": \"2.0\", \"id\": 1, \"method\": 5} | -32600",
            })
    void a_body_that_is_no_message_is_answered_without_id(String body, int code) {
        try (TestClient client = TestClient.start().initialized()) {
            client.sendBody(body);

            assertThat(errorCode(awaitErrorWithoutId(client))).isEqualTo(code);
            assertLives(client);
        }
    }

    @Test
    void a_body_that_is_not_utf_8_is_answered_without_id() {
        try (TestClient client = TestClient.start().initialized()) {
            byte[] body = "{\"jsonrpc\": \"2.0\", \"id\": 1, \"method\": \"é\"}".getBytes(StandardCharsets.ISO_8859_1);

            client.sendRaw("Content-Length: " + body.length + "\r\n\r\n");
            client.sendRaw(body);

            assertThat(errorCode(awaitErrorWithoutId(client))).isEqualTo(-32700);
            assertLives(client);
        }
    }

    @Test
    void a_body_nested_without_end_is_answered() {
        try (TestClient client = TestClient.start().initialized()) {
            client.sendBody("{\"method\": \"x\", \"params\": " + "[".repeat(500_000) + "]".repeat(500_000) + "}");

            assertThat(errorCode(awaitErrorWithoutId(client))).isEqualTo(-32700);
            assertLives(client);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Content-Type: x\r\n\r\n{}",
                "Content-Length: many\r\n\r\n{}",
                "Content-Length: 1073741824\r\n\r\n{}",
                "no header at all\r\n\r\n",
            })
    void a_header_without_a_length_ends_the_server(String frame) {
        try (TestClient client = TestClient.start().initialized()) {
            client.sendRaw(frame);

            assertThat(client.awaitStatus()).isEqualTo(1);
            assertThat(client.log()).contains("lost track of the input");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"Content-Len", "Content-Length: 10\r\n\r\n{\"json"})
    void half_a_message_ends_the_server(String half) {
        TestClient client = TestClient.start().initialized();

        client.sendRaw(half);
        client.close();

        assertThat(client.awaitStatus()).isEqualTo(1);
    }

    @Test
    void headers_may_come_in_any_order_and_letter_case() {
        try (TestClient client = TestClient.start().initialized()) {
            String body = "{\"jsonrpc\": \"2.0\", \"id\": 900, \"method\": \"shutdown\"}";

            client.sendRaw("Content-Type: application/vscode-jsonrpc; charset=utf-8\r\ncontent-length: " + body.length()
                    + "\r\n\r\n" + body);

            assertThat(client.awaitAnswer(900).has("result")).isTrue();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"spawnproof/nonsense", "$/nonsense", "textDocument/rename", "textDocument/diagnostic"})
    void an_unknown_request_is_refused(String method) {
        try (TestClient client = TestClient.start().initialized()) {
            assertThat(errorCode(client.request(method, "{}"))).isEqualTo(-32601);
            assertLives(client);
        }
    }

    @Test
    void unknown_notifications_and_answers_are_ignored() {
        try (TestClient client = TestClient.start().initialized()) {
            client.notify("spawnproof/nonsense", "{}");
            client.notify("$/nonsense", "[1, 2]");
            client.notify("$/cancelRequest", "{\"id\": 12345}");
            client.notify("$/cancelRequest", "null");
            client.sendBody("{\"jsonrpc\": \"2.0\", \"id\": 4711, \"result\": 5}");
            client.sendBody("{\"jsonrpc\": \"2.0\", \"id\": null, \"error\": 5}");

            assertLives(client);
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "textDocument/hover | null",
                "textDocument/hover | []",
                "textDocument/hover | 5",
                "textDocument/hover | {}",
                "textDocument/hover | {\"textDocument\": {\"uri\": \"file:///shop/a.py\"}}",
                "textDocument/hover | {\"textDocument\": \"file:///shop/a.py\", \"position\": {\"line\": 0, \"character\": 0}}",
                "textDocument/hover | {\"textDocument\": {\"uri\": 5}, \"position\": {\"line\": 0, \"character\": 0}}",
                "textDocument/hover | {\"textDocument\": {\"uri\": \"x\"}, \"position\": {\"line\": \"0\", \"character\": 0}}",
                "textDocument/hover | {\"textDocument\": {\"uri\": \"x\"}, \"position\": {\"line\": 0.5, \"character\": 0}}",
                "textDocument/codeAction | {\"textDocument\": {\"uri\": \"x\"}}",
                "codeAction/resolve | {\"title\": \"x\"}",
                "codeAction/resolve | {\"title\": \"x\", \"data\": {\"uri\": \"file:///shop/a.py\"}, \"kind\": 5}",
            })
    void wrong_parameters_are_refused(String method, String params) {
        try (TestClient client = TestClient.start().initialized()) {
            client.open(1, "FLAG");

            assertThat(errorCode(client.request(method, params))).isEqualTo(-32602);
            assertLives(client);
        }
    }

    @Test
    void ids_are_answered_as_they_were_sent() {
        try (TestClient client = TestClient.start().initialized()) {
            client.sendBody("{\"jsonrpc\": \"2.0\", \"id\": \"seven\", \"method\": \"spawnproof/nonsense\"}");
            client.sendBody("{\"jsonrpc\": \"2.0\", \"id\": 9007199254740993, \"method\": \"spawnproof/nonsense\"}");

            client.await(
                    "a string", m -> m.has("error") && m.get("id").toString().equals("\"seven\""));
            client.await("a long", m -> m.has("error") && m.get("id").toString().equals("9007199254740993"));
        }
    }

    @ParameterizedTest
    @CsvSource({"0, 99", "99, 0", "-1, 0", "0, -1", "4294967295, 4294967295"})
    void hover_outside_of_the_text_is_clamped(long line, long character) {
        try (TestClient client = TestClient.start().initialized()) {
            client.open(1, "x = 1\ny = 2\n");

            JsonObject answer = client.request(
                    "textDocument/hover",
                    "{\"textDocument\": {\"uri\": \"%s\"}, \"position\": {\"line\": %d, \"character\": %d}}"
                            .formatted(TestClient.URI, line, character));

            assertThat(answer.get("result").isJsonNull()).isTrue();
        }
    }

    @Test
    void what_concerns_a_document_that_is_not_open_is_ignored() {
        try (TestClient client = TestClient.start().initialized()) {
            client.change(2, "FLAG");
            client.closeDocument(TestClient.URI);

            assertThat(client.hover(0, 0).get("result").isJsonNull()).isTrue();
            assertThat(client.codeActions(TestClient.range(0, 0, 0, 0), "{\"diagnostics\": []}"))
                    .isEmpty();
            assertThat(client.published(TestClient.URI)).isEmpty();
            assertThat(client.log()).contains("not open");
        }
    }

    @Test
    void a_document_opened_twice_is_the_second_one() {
        try (TestClient client = TestClient.start().initialized()) {
            client.open(1, "FLAG FLAG");
            client.open(2, "FLAG");

            assertThat(client.awaitDiagnostics(2)).hasSize(1);
        }
    }

    @Test
    void a_reversed_range_of_a_change_is_swapped() {
        try (TestClient client = TestClient.start().initialized()) {
            client.open(1, "ab\nFLAG\ncd\n");

            client.notify("textDocument/didChange", """
                    {"textDocument": {"uri": "file:///shop/a.py", "version": 2}, "contentChanges": [
                        {"range": {"start": {"line": 2, "character": 0}, "end": {"line": 1, "character": 0}},
                         "text": "FLAG FLAG\\n"}]}
                    """);

            assertThat(client.awaitDiagnostics(2)).hasSize(2);
        }
    }

    @Test
    void a_change_behind_the_end_is_clamped_to_it() {
        try (TestClient client = TestClient.start().initialized()) {
            client.open(1, "FLAG\n");

            client.notify("textDocument/didChange", """
                    {"textDocument": {"uri": "file:///shop/a.py", "version": 2}, "contentChanges": [
                        {"range": {"start": {"line": 50, "character": 9}, "end": {"line": 60, "character": 0}},
                         "text": "FLAG"}]}
                    """);

            assertThat(client.awaitDiagnostics(2)).hasSize(2);
        }
    }

    @Test
    void a_change_with_something_wrong_in_it_is_left_out_as_a_whole() {
        try (TestClient client = TestClient.start().initialized()) {
            client.open(1, "FLAG\n");
            client.awaitDiagnostics(1);

            client.notify("textDocument/didChange", """
                    {"textDocument": {"uri": "file:///shop/a.py", "version": 2}, "contentChanges": [
                        {"text": "FLAG FLAG FLAG"}, {"text": 5}]}
                    """);
            JsonObject hover = client.hover(0, 1);

            assertThat(Json.at(hover, "result", "range", "end", "character").getAsInt())
                    .isEqualTo(4);
            assertThat(client.log()).contains("ignored textDocument/didChange");
            assertThat(client.published(TestClient.URI)).hasSize(1);
        }
    }

    @Test
    void several_changes_in_one_notification_are_made_in_order() {
        try (TestClient client = TestClient.start().initialized()) {
            client.open(1, "x\n");

            client.notify("textDocument/didChange", """
                    {"textDocument": {"uri": "file:///shop/a.py", "version": 2}, "contentChanges": [
                        {"text": "FL\\n"},
                        {"range": {"start": {"line": 0, "character": 2}, "end": {"line": 1, "character": 0}},
                         "text": "AG"},
                        {"range": {"start": {"line": 0, "character": 0}, "end": {"line": 0, "character": 0}},
                         "text": "FLAG "}]}
                    """);

            assertThat(client.awaitDiagnostics(2)).hasSize(2);
        }
    }

    @Test
    void a_rule_that_throws_is_logged_once_and_loses_only_its_own_findings() {
        try (TestClient client =
                TestClient.start(List.of(new EntryGate(), new FlagWord())).initialized()) {
            client.open(1, "CRASH FLAG");

            assertThat(client.awaitDiagnostics(1)).hasSize(1);
            client.hover(0, 7);
            assertThat(client.received("window/logMessage"))
                    .hasSize(1)
                    .first()
                    .satisfies(params -> assertThat(params.get("message").getAsString())
                            .contains("entry-gate", "version 1", "IllegalStateException")
                            .doesNotContain("secret"));
            assertThat(client.log()).doesNotContain("secret");
        }
    }

    @Test
    void a_huge_text_is_said_not_to_be_analysed() {
        try (TestClient client = TestClient.start().initialized()) {
            String huge = "#".repeat(AnalysisWorker.MAX_TEXT_LENGTH);
            client.open(1, huge + "FLAG");
            assertThat(client.awaitDiagnostics(1)).isEmpty();
            assertThat(client.hover(0, huge.length() + 1).get("result").isJsonNull())
                    .isTrue();

            client.change(2, "FLAG");

            assertThat(client.awaitDiagnostics(2)).hasSize(1);
            assertThat(client.log()).containsOnlyOnce("longer than 2 MB");
        }
    }

    private static TestClient deafClient() {
        TestClient client =
                TestClient.startDeaf(List.of(new FlagWord()), SettingsSource.editorOnly(), System::nanoTime);
        client.send("initialize", TestClient.json("{\"capabilities\": {}}"));
        // Far more than a pipe holds.
        for (int version = 1; version <= 2_000; version++) {
            client.open("file:///shop/" + version + ".py", "python", version, "FLAG ".repeat(20));
        }
        return client;
    }

    @Test
    void a_client_that_reads_late_is_still_read_and_gets_everything() {
        try (TestClient client = deafClient()) {
            client.reading();

            assertThat(client.awaitPublished("file:///shop/2000.py", 2_000).getAsJsonArray("diagnostics"))
                    .hasSize(20);
            assertThat(client.published("file:///shop/1.py")).hasSize(1);
        }
    }

    @Test
    void a_client_that_never_reads_does_not_hold_up_the_end() {
        try (TestClient client = deafClient()) {
            client.send("shutdown", JsonNull.INSTANCE);
            client.sendBody("{\"jsonrpc\": \"2.0\", \"method\": \"exit\"}");

            assertThat(client.awaitStatus()).isZero();
        }
    }
}
