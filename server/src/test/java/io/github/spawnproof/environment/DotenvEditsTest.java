package io.github.spawnproof.environment;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.spawnproof.finding.TextEdit;
import io.github.spawnproof.source.SourceText;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class DotenvEditsTest {

    private static final String NAME = "JINA_MP_START_METHOD";

    private static Optional<String> set(String text) {
        String known = text.replace("JINA", NAME);
        return DotenvEdits.setting(new SourceText(known), NAME, "spawn")
                .map(edits -> TextEdit.apply(known, edits).replace(NAME, "JINA"));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '~', nullValues = "-", textBlock = """
            A=1;               | A=1;JINA=spawn;
            A=1                | A=1;JINA=spawn
            export A=1;        | export A=1;export JINA=spawn;
            export A=1;B=2;    | export A=1;B=2;JINA=spawn;
            # JINA=fork;       | # JINA=fork;JINA=spawn;
            JINA=fork # why;   | JINA=spawn # why;
            JINA="fork";A=1;   | JINA="spawn";A=1;
            JINA=;             | JINA=spawn;
            JINA=a;JINA=spawn; | JINA=spawn;JINA=spawn;
            JINA=spawn;        | JINA=spawn;
            """)
    void the_file_says_it_afterwards_and_all_else_is_as_before(String before, String after) {
        assertThat(set(before.replace(";", "\n"))).hasValue(after.replace(";", "\n"));
        assertThat(set(before.replace(";", "\r\n")).map(text -> text.replace("\r\n", "\n")))
                .hasValue(after.replace(";", "\n"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"JINA=$OTHER\n", "JINA=`choose`\n", "JINA=spawn\nJINA=${OTHER:-fork}\n"})
    void what_only_running_it_tells_is_left_alone(String text) {
        assertThat(set(text)).isEmpty();
    }

    @Test
    void an_empty_file_gets_a_line() {
        assertThat(set("")).hasValue("JINA=spawn\n");
    }
}
