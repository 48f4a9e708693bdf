package io.github.spawnproof.lsp;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonObject;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@Timeout(120)
class HoverTest {

    private static JsonObject hover(String formats) {
        try (TestClient client = TestClient.start()) {
            client.initialize("{\"textDocument\": {\"hover\": {\"contentFormat\": " + formats + "}}}");
            client.open(1, "é = FLAG\n");
            return client.hover(0, 6).getAsJsonObject("result");
        }
    }

    @Test
    void a_finding_is_explained_by_its_page() {
        JsonObject hover = hover("[\"markdown\", \"plaintext\"]");

        assertThat(hover.get("range")).isEqualTo(TestClient.json(TestClient.range(0, 4, 0, 8)));
        assertThat(Json.string(hover, "contents", "kind")).isEqualTo("markdown");
        assertThat(Json.string(hover, "contents", "value"))
                .startsWith("# flag-word\n")
                .contains("## Fix", "Write `GOOD`.")
                .doesNotContain("## When to ignore");
    }

    @Test
    void a_client_without_markdown_gets_plain_text() {
        JsonObject hover = hover("[\"plaintext\"]");

        assertThat(Json.string(hover, "contents", "kind")).isEqualTo("plaintext");
        assertThat(Json.string(hover, "contents", "value"))
                .startsWith("flag-word\n\nThe word FLAG is bad, for tests.\n")
                .contains("See the manual (https://example.org/manual).")
                .contains("x = FLAG  # not a heading, `kept`")
                .doesNotContain("```", "**");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "[\"plaintext\", \"markdown\"] | plaintext",
                "[\"html\", \"markdown\"] | markdown",
                "[\"html\"] | plaintext",
                "[] | markdown",
            })
    void the_first_format_that_both_know_is_taken(String formats, String kind) {
        assertThat(Json.string(hover(formats), "contents", "kind")).isEqualTo(kind);
    }

    @Test
    void elsewhere_there_is_nothing_to_say() {
        try (TestClient client = TestClient.start().initialized()) {
            client.open(1, "x = FLAG\n");

            JsonObject answer = client.hover(0, 1);

            assertThat(answer.has("result")).isTrue();
            assertThat(answer.get("result").isJsonNull()).isTrue();
        }
    }
}
