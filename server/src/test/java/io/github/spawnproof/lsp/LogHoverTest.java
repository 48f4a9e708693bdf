package io.github.spawnproof.lsp;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import io.github.spawnproof.rule.Rule;
import io.github.spawnproof.rule.RuleCatalog;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Logs and notes in the editor: nothing is found in them, and the errors that they quote are explained. */
@Timeout(120)
class LogHoverTest {

    private static final List<Rule> RULES = List.copyOf(RuleCatalog.load().all());

    private static final String LOG = """
            2026-11-23 10:00:00,123 INFO started
            Traceback (most recent call last):
              File "shop.py", line 7, in <module>
                Process(target=work, args=(lock,)).start()
            TypeError: cannot pickle '_thread.RLock' object

            During handling of the above exception, another exception occurred:

            Traceback (most recent call last):
              File "shop.py", line 9, in <module>
                process.join()
            AssertionError: can only join a started process
            """;

    private static JsonElement hover(TestClient client, String uri, int line, int character) {
        return client.request(
                        "textDocument/hover",
                        "{\"textDocument\": {\"uri\": \"%s\"}, \"position\": {\"line\": %d, \"character\": %d}}"
                                .formatted(uri, line, character))
                .get("result");
    }

    private static String markdown(JsonElement hover) {
        return Json.string(hover, "contents", "value");
    }

    @ParameterizedTest
    @CsvSource({
        "file:///shop/run.log, log",
        "file:///shop/run.log, plaintext",
        "file:///shop/slurm-17.out, unknown",
        "file:///shop/notes.txt, text",
        "file:///shop/notes.md, markdown",
        "file:///shop/notes.rst, restructuredtext",
        "untitled:Untitled-1, plaintext",
        "output:shop, Log"
    })
    void a_known_message_has_its_page_and_nothing_else_happens(String uri, String language) {
        try (TestClient client = TestClient.start(RULES).initialized()) {
            client.open(uri, language, 1, LOG);

            JsonObject hover = hover(client, uri, 4, 20).getAsJsonObject();

            assertThat(hover.get("range")).isEqualTo(TestClient.json(TestClient.range(4, 0, 4, 47)));
            assertThat(markdown(hover))
                    .startsWith("`TypeError: cannot pickle '_thread.RLock' object`\n")
                    .contains("# unpicklable-self\n");
            assertThat(hover(client, uri, 0, 30).isJsonNull()).isTrue();
            assertThat(client.request("textDocument/codeAction", """
                                    {"textDocument": {"uri": "%s"}, "range": {"start": {"line": 4, "character": 0},
                                     "end": {"line": 4, "character": 40}}, "context": {"diagnostics": []}}
                                    """.formatted(uri))
                            .getAsJsonArray("result"))
                    .isEmpty();
        }
    }

    @Test
    void a_symptom_tells_its_cause() {
        String uri = "file:///shop/run.log";
        try (TestClient client = TestClient.start(RULES).initialized()) {
            client.open(uri, "log", 1, LOG);

            assertThat(markdown(hover(client, uri, 11, 20)))
                    .startsWith("`AssertionError: can only join a started process`\n")
                    .contains("This is only a symptom of `TypeError: cannot pickle '_thread.RLock' object`")
                    .contains("# unpicklable-self\n");
        }
    }

    @Test
    void a_program_in_a_log_has_no_findings() {
        String uri = "file:///shop/notes.md";
        try (TestClient client = TestClient.start(RULES).initialized()) {
            client.open(uri, "markdown", 1, """
                    ```python
                    from multiprocessing import Pool

                    Pool(2).map(lambda n: n, [1])  # spawnproof: ignore[no-such-rule]
                    ```
                    """);

            assertThat(hover(client, uri, 3, 14).isJsonNull()).isTrue();
            assertThat(client.published(uri)).isEmpty();
        }
    }

    @Test
    void files_that_have_a_language_of_their_own_keep_it() {
        try (TestClient client = TestClient.start(RULES).initialized()) {
            client.open("file:///shop/.env", "plaintext", 1, "JINA_MP_START_METHOD=spwan\n");

            assertThat(client.awaitPublished("file:///shop/.env", 1).getAsJsonArray("diagnostics"))
                    .hasSize(1);
        }
    }

    @Test
    void a_long_log_is_as_quick_as_a_short_one() {
        String uri = "file:///shop/long.log";
        String noise = "2026-11-23 10:00:00,123 INFO shop.worker: sold tea to customer 4711 at (can only join\n";
        String text = noise.repeat(100_000) + LOG + noise.repeat(10_000);
        try (TestClient client = TestClient.start(RULES).initialized()) {
            client.open(uri, "log", 1, text);
            assertThat(markdown(hover(client, uri, 100_004, 20))).contains("# unpicklable-self\n");
            long start = System.nanoTime();

            for (int i = 0; i < 20; i++) {
                assertThat(markdown(hover(client, uri, 100_011, 20))).contains("# unpicklable-self\n");
            }

            assertThat(TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - start)).isLessThan(10_000);
        }
    }
}
