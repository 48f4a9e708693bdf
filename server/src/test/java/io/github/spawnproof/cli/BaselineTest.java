package io.github.spawnproof.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class BaselineTest {

    @TempDir
    Path temporary;

    private Path folder;
    private CliRun cli;

    @BeforeEach
    void enterFolder() throws IOException {
        folder = temporary.toRealPath();
        Files.createDirectory(folder.resolve(".git"));
        cli = new CliRun(folder);
    }

    @Test
    void what_is_found_is_listed_and_then_hidden() throws IOException {
        cli.file("b.py", "UNSAFE; UNSAFE\nx = FLAG\n").file("app/a.py", "  REMARK  +   1 # \"é\"\n");

        CliRun.Result written = cli.run("check", "--write-baseline", "known.json");
        CliRun.Result checked = cli.run("check", "--baseline", "known.json");

        assertThat(written.out()).isEqualTo("""
                Wrote `known.json`, which lists 4 findings in 2 files.
                No findings in 2 files; 4 in the baseline.
                """);
        assertThat(written.status()).isZero();
        assertThat(text("known.json")).isEqualTo("""
                {
                  "version": 1,
                  "findings": {
                    "app/a.py": [
                      {"rule": "flagged-word", "code": "REMARK + 1 # \\"é\\""}
                    ],
                    "b.py": [
                      {"rule": "flagged-word", "code": "UNSAFE; UNSAFE", "count": 2},
                      {"rule": "flagged-word", "code": "x = FLAG"}
                    ]
                  }
                }
                """);
        assertThat(checked.out()).isEqualTo("No findings in 2 files; 4 in the baseline.\n");
        assertThat(checked.err()).isEmpty();
        assertThat(checked.status()).isZero();
    }

    @Test
    void moved_and_indented_code_stays_known_and_one_more_of_it_is_new() throws IOException {
        cli.file("a.py", "UNSAFE(1,  2)\nx = FLAG\n");
        cli.run("check", "--write-baseline", "known.json");

        cli.file("a.py", "\n\nif True:\r\n\tx   =  FLAG\r\n\tUNSAFE(1, 2)\r\n");
        assertThat(cli.run("check", "--baseline", "known.json").out())
                .isEqualTo("No findings in 1 file; 2 in the baseline.\n");

        cli.file("a.py", "UNSAFE(1, 2)\nx = FLAG\nx = FLAG\n");
        CliRun.Result more = cli.run("check", "--baseline", "known.json");
        assertThat(more.out())
                .startsWith("a.py:3:5: warning[flagged-word]")
                .endsWith("Found 1 warning in 1 file; 1 can be fixed with --fix; 2 in the baseline.\n");
        assertThat(more.status()).isEqualTo(1);
    }

    @Test
    void the_same_code_in_another_file_is_new() throws IOException {
        cli.file("a.py", "UNSAFE\n");
        cli.run("check", "--write-baseline", "known.json");

        cli.file("b.py", "UNSAFE\n");

        assertThat(cli.run("check", "--baseline", "known.json").out()).startsWith("b.py:1:1: error");
    }

    @Test
    void settings_name_a_baseline_from_their_own_folder() throws IOException {
        cli.file("sub/pkg/a.py", "UNSAFE\n").file("b.py", "UNSAFE\n");
        cli.run("check", "--write-baseline", "sub/conf/../known.json", "sub");
        cli.file("sub/spawnproof.toml", "baseline = \"known.json\"\n");

        CliRun.Result result = cli.run("check");

        assertThat(text("sub/known.json")).contains("\"pkg/a.py\": [");
        assertThat(result.out()).startsWith("b.py:1:1: error").endsWith("; 1 in the baseline.\n");
    }

    @Test
    void entries_that_match_nothing_are_said_and_do_not_fail() throws IOException {
        cli.file("a.py", "UNSAFE\nUNSAFE\nREMARK\n").file("gone.py", "FLAG\n");
        cli.run("check", "--write-baseline", "known.json");
        cli.file("a.py", "REMARK\nUNSAFE\n");
        Files.delete(folder.resolve("gone.py"));

        CliRun.Result result = cli.run("check", "--baseline", "known.json");

        assertThat(result.out())
                .contains(
                        "known.json:6:7: information[stale-baseline-entry] `flagged-word` finds only 1 of 2 like this "
                                + "in `a.py`; `--write-baseline known.json` mends the entry")
                .contains("known.json:9:7: information[stale-baseline-entry] `flagged-word` finds nothing like this in "
                        + "`gone.py` any more")
                .endsWith("in 1 file; 2 in the baseline.\n");
        assertThat(result.status()).isZero();
        cli.run("check", "--write-baseline", "known.json");
        assertThat(text("known.json")).doesNotContain("gone.py", "count");
        assertThat(cli.run("check", "--baseline", "known.json").out()).doesNotContain("stale");
    }

    @ParameterizedTest
    @ValueSource(strings = {"--ignore=flagged-word", "--platform=linux", "--severity=flagged-word=off"})
    void what_a_run_does_not_look_for_is_not_stale(String flag) throws IOException {
        cli.file("a.py", "FLAG\n");
        cli.run("check", "--write-baseline", "known.json");
        cli.file("a.py", "\n");

        assertThat(cli.run("check", "--baseline", "known.json", flag).out()).doesNotContain("stale");
        assertThat(cli.run("check", "--baseline", "known.json").out()).contains("[stale-baseline-entry]");
    }

    @Test
    void what_was_not_checked_is_neither_stale_nor_lost() throws IOException {
        cli.file("a/a.py", "UNSAFE\n").file("b/b.py", "UNSAFE\n").file("b/gone.py", "UNSAFE\n");
        cli.run("check", "--write-baseline", "known.json");
        cli.file("a/a.py", "x\n").file("b/b.py", "x\n");
        Files.delete(folder.resolve("b/gone.py"));

        assertThat(cli.run("check", "--baseline", "known.json", "a").out())
                .contains("in `a/a.py`")
                .doesNotContain("b/");
        cli.run("check", "--write-baseline", "known.json", "a");
        assertThat(text("known.json")).contains("b/b.py").doesNotContain("a/a.py", "gone");
    }

    @Test
    void rules_that_flags_switch_off_keep_their_entries() throws IOException {
        cli.file("a.py", "UNSAFE\n");
        cli.run("check", "--write-baseline", "known.json");
        String before = text("known.json");

        CliRun.Result result = cli.run("check", "--select", "explosive", "--write-baseline", "known.json");

        assertThat(result.status()).isZero();
        assertThat(text("known.json")).isEqualTo(before);
    }

    @Test
    void what_is_below_the_least_severity_is_not_stale() throws IOException {
        cli.file("a.py", "REMARK\n");
        cli.run("check", "--write-baseline", "known.json");

        CliRun.Result result = cli.run("check", "--baseline", "known.json", "--min-severity", "error");

        assertThat(result.out()).isEqualTo("No findings in 1 file.\n");
        assertThat(result.err()).isEmpty();
    }

    @Test
    void fixes_leave_alone_what_the_baseline_lists() throws IOException {
        cli.file("a.py", "FLAG\n");
        cli.run("check", "--write-baseline", "known.json");
        cli.file("a.py", "FLAG\nx = FLAG\n");

        cli.run("check", "--baseline", "known.json", "--fix");

        assertThat(text("a.py")).isEqualTo("FLAG\nx = flag\n");
    }

    @Test
    void json_says_how_many_are_hidden_and_notices_what_is_stale() throws IOException {
        cli.file("a.py", "UNSAFE\nFLAG\n");
        cli.run("check", "--write-baseline", "known.json");
        cli.file("a.py", "UNSAFE\n");

        String json =
                cli.run("check", "--baseline", "known.json", "--format", "json").out();

        assertThat(json)
                .contains("\"rule\": \"stale-baseline-entry\"", "\"file\": \"known.json\"")
                .contains("\"information\": 1,\n    \"baselined\": 1,\n    \"millis\": 0");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{ | is no JSON at line 1 column 2",
                "{\"version\": 1, \"findings\": {}} x | is no JSON",
                "{'version': 1} | is no JSON at line 1 column 3",
                "[] | is no baseline: it has no `version`",
                "{\"version\": 2, \"findings\": []} | has version 2, and this program knows version 1",
                "{\"version\": \"1\", \"findings\": {}} | is no baseline: `version` is \"1\"",
                "{\"version\": 1} | is no baseline: `findings` must be an object",
                "{\"version\": 1, \"findings\": {\"a.py\": 5}} | is no baseline: `a.py` must have a list",
                "{\"version\": 1, \"findings\": {\"a.py\": [5]}} | is no baseline: a finding of `a.py` is no object",
                "{\"version\": 1, \"findings\": {\"a.py\": [{\"rule\": 1}]}} | is no baseline: `rule` of a finding",
                "{\"version\": 1, \"findings\": {\"a.py\": [{\"rule\": \"x\", \"code\": \"\", \"count\": 0}]}} | "
                        + "is no baseline: `count` is 0",
            })
    void a_bad_file_is_an_error_and_is_not_overwritten(String text, String problem) throws IOException {
        cli.file("a.py", "UNSAFE\n").file("known.json", text);

        CliRun.Result used = cli.run("check", "--baseline", "known.json");
        CliRun.Result written = cli.run("check", "--write-baseline", "known.json");

        assertThat(used.err()).startsWith("spawnproof: the baseline `known.json` " + problem);
        assertThat(used.out()).isEmpty();
        assertThat(used.status()).isEqualTo(2);
        assertThat(written.err())
                .startsWith("spawnproof: `known.json` " + problem)
                .endsWith("; it is left as it is\n");
        assertThat(written.status()).isEqualTo(2);
        assertThat(text("known.json")).isEqualTo(text);
    }

    @Test
    void a_baseline_that_is_not_there_is_an_error() throws IOException {
        cli.file("a.py", "x\n").file("spawnproof.toml", "baseline = 'known.json'\n");

        CliRun.Result result = cli.run("check");

        assertThat(result.err())
                .isEqualTo("spawnproof: the baseline `known.json` does not exist; "
                        + "`spawnproof check --write-baseline` makes it\n");
        assertThat(result.status()).isEqualTo(2);
        assertThat(cli.run("check", "--write-baseline", "known.json").out())
                .startsWith("Wrote `known.json`, which lists nothing.\n");
        assertThat(cli.run("check").status()).isZero();
    }

    @Test
    void a_baseline_that_cannot_be_written_is_an_error() throws IOException {
        cli.file("a.py", "UNSAFE\n");

        CliRun.Result result = cli.run("check", "--write-baseline", "no/folder.json");

        assertThat(result.err())
                .startsWith("spawnproof: `no/folder.json` cannot be written: there is no such folder\n");
        assertThat(result.status()).isEqualTo(2);
        try (Stream<Path> files = Files.list(folder)) {
            assertThat(files.map(file -> file.getFileName().toString())).containsExactlyInAnyOrder(".git", "a.py");
        }
    }

    @Test
    void settings_that_are_wrong_are_never_known() throws IOException {
        cli.file("spawnproof.toml", "wrong = 1\n").file("a.py", "x\n");

        CliRun.Result result = cli.run("check", "--write-baseline", "known.json");

        assertThat(result.out()).contains("spawnproof.toml:1:1: warning[invalid-setting]");
        assertThat(result.status()).isEqualTo(1);
    }

    @Test
    void standard_input_is_compared_too() throws IOException {
        cli.file("a.py", "UNSAFE\n");
        cli.run("check", "--write-baseline", "known.json");

        CliRun.Result result = cli.input("\nUNSAFE\nUNSAFE\n")
                .run("check", "--baseline", "known.json", "--stdin-filename", "a.py", "-");

        assertThat(result.out()).startsWith("a.py:3:1: error");
    }

    @ParameterizedTest
    @ValueSource(strings = {"--diff", "--baseline=b.json", "-"})
    void what_makes_no_sense_together_is_refused(String other) {
        CliRun.Result result = cli.run("check", "--write-baseline", "a.json", other);

        assertThat(result.err())
                .isEqualTo("spawnproof: --write-baseline goes neither with --diff nor with --baseline nor with"
                        + " standard input\n");
        assertThat(result.status()).isEqualTo(2);
    }

    @Test
    void an_error_is_explained_although_its_finding_is_known() throws IOException {
        cli.file("a.py", "UNSAFE\n").file("spawnproof.toml", "baseline = 'missing.json'\n");

        CliRun.Result result = cli.run("explain", "PicklingError: Can't pickle <function <lambda> at 0x7f>: x");

        assertThat(result.err()).doesNotContain("missing.json");
    }

    @Test
    void long_lines_are_shortened_and_still_told_apart() throws IOException {
        cli.file("a.py", "UNSAFE" + " + 1".repeat(100) + "\n");
        cli.run("check", "--write-baseline", "known.json");

        assertThat(text("known.json").lines().mapToInt(String::length).max().orElse(0))
                .isLessThan(280);
        assertThat(cli.run("check", "--baseline", "known.json").status()).isZero();
        cli.file("a.py", "UNSAFE" + " + 1".repeat(101) + "\n");
        assertThat(cli.run("check", "--baseline", "known.json").status()).isEqualTo(1);
    }

    private String text(String name) throws IOException {
        return Files.readString(folder.resolve(name));
    }
}
