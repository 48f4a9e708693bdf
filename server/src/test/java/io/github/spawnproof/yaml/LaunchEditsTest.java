package io.github.spawnproof.yaml;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.spawnproof.finding.TextEdit;
import io.github.spawnproof.source.SourceText;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LaunchEditsTest {

    private static final String NAME = "JINA_MP_START_METHOD";

    /** Returns the text after the edits; empty if there is no way to set the variable. */
    private static Optional<String> set(String text) {
        return LaunchEdits.setting(new SourceText(text), NAME, "spawn").map(edits -> TextEdit.apply(text, edits));
    }

    private static String launch(String configuration) {
        return "{\"configurations\": [" + configuration + "]}";
    }

    @Test
    void line_ends_tabs_and_what_is_there_stay() {
        String before =
                "{\r\n\t\"configurations\": [\r\n\t\t{\r\n\t\t\t\"type\": \"debugpy\", // é😀\r\n\t\t\t\"env\": {\"A\":"
                        + " \"1\"}\r\n\t\t}\r\n\t]\r\n}\r\n";

        assertThat(set(before)).hasValue(before.replace("\"1\"}", "\"1\", \"" + NAME + "\": \"spawn\"}"));
    }

    @Test
    void what_is_set_already_needs_no_edit() {
        String text = launch("{\"type\": \"python\", \"env\": {\"" + NAME + "\": \"spawn\"}}");

        assertThat(set(text)).hasValue(text);
        assertThat(set(text.replace("\"spawn\"", "\"frok\""))).hasValue(text);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "{\"type\": \"node\"}",
                "{\"type\": \"debugpy\", \"request\": \"attach\"}",
                "{\"type\": \"debugpy\", \"env\": null}",
                "{\"type\": \"debugpy\", \"env\": {\"JINA_MP_START_METHOD\": \"${input:method}\"}}",
                "{\"type\": \"debugpy\", \"env\": {\"JINA_MP_START_METHOD\": null}}",
                "{\"type\": \"debugpy\", \"env\": { /* nothing yet */ }}",
                "{\"type\": \"debugpy\", \"osx\": {}}",
                "{\"type\": \"debugpy\", \"env\": {\"A\": \"1\" \"B\": \"2\"}}",
                "{\"type\": \"debugpy\"",
                "{\n\"type\": \"debugpy\" /* a\ncomment */\n}",
            })
    void what_is_not_plain_is_left_alone(String configuration) {
        assertThat(set(launch(configuration))).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "[]", "null", "{}", "{\"configurations\": {}}", "configurations:\n- type: debugpy\n"})
    void what_is_no_launch_file_is_left_alone(String text) {
        assertThat(set(text)).isEmpty();
    }

    @Test
    void any_prefix_of_any_text_is_borne() {
        String text = "// é\n"
                + launch("\n  {\n    \"type\": \"python\", // \"\n    \"env\": {\n      \"A\": \"\\\"\",\n    }\n  },"
                        + " {\"type\": \"debugpy\"}\n");
        for (int end = 0; end <= text.length(); end++) {
            Optional<String> after = set(text.substring(0, end));

            assertThat(after.isPresent()).isEqualTo(end == text.length());
        }
    }
}
