package io.github.spawnproof.workspace;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.spawnproof.workspace.IgnoreRules.Answer;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class IgnoreRulesTest {

    /** Checked against `git check-ignore --no-index`. */
    @ParameterizedTest
    @CsvSource({
        "*.py, a/b.py, IGNORED",
        "*.py, b.pyc, SILENT",
        "/b.py, b.py, IGNORED",
        "/b.py, a/b.py, SILENT",
        "a/b, a/b, IGNORED",
        "a/b, x/a/b, SILENT",
        "**/b, x/a/b, IGNORED",
        "**/b, b, IGNORED",
        "a/**, a/x/y, IGNORED",
        "a/**, a, SILENT",
        "a/**/b, a/b, IGNORED",
        "a/**/b, a/x/y/b, IGNORED",
        "a/**/b, ab, SILENT",
        "a**b, axb, IGNORED",
        "a/**b, a/xb, IGNORED",
        "a/**b, a/x/b, SILENT",
        "?a**/b, aax/y/b, SILENT",
        "a?c, abc, IGNORED",
        "a/?b, a//b, SILENT",
        "[a-c].py, b.py, IGNORED",
        "[!a-c].py, b.py, SILENT",
        "[^a-c].py, d.py, IGNORED",
        "[]-].py, ].py, IGNORED",
        "[[:digit:]x].py, 7.py, IGNORED",
        "[a, [a, SILENT",
        "\\#a, #a, IGNORED",
        "#a, #a, SILENT",
        "\\!a, !a, IGNORED",
        "a\\*b, a*b, IGNORED",
        "a\\*b, axb, SILENT",
        "a.b, axb, SILENT",
        "'a ', a, IGNORED",
        "'a\\ ', 'a ', IGNORED",
        "a(b)+|{c}^$, a(b)+|{c}^$, IGNORED",
        "!a, a, KEPT",
        "a/, a, SILENT",
        "'', a, SILENT",
        "/, a, SILENT"
    })
    void patterns_mean_what_git_says(String pattern, String file, Answer expected) {
        assertThat(IgnoreRules.of(List.of(pattern)).check(file, false)).isEqualTo(expected);
    }

    @Test
    void a_pattern_with_a_slash_at_its_end_means_folders() {
        assertThat(IgnoreRules.of(List.of("a/")).check("x/a", true)).isEqualTo(Answer.IGNORED);
        assertThat(IgnoreRules.of(List.of("x/a/")).check("y/x/a", true)).isEqualTo(Answer.SILENT);
    }

    @Test
    void the_last_pattern_counts() {
        IgnoreRules rules = IgnoreRules.parse("\uFEFF*.py\n!keep.py\r\n\nkeep.py/\n");

        assertThat(rules.check("a.py", false)).isEqualTo(Answer.IGNORED);
        assertThat(rules.check("keep.py", false)).isEqualTo(Answer.KEPT);
        assertThat(rules.check("keep.py", true)).isEqualTo(Answer.IGNORED);
    }
}
