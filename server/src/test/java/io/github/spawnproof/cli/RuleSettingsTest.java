package io.github.spawnproof.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What settings and flags make of single rules, in single files. */
class RuleSettingsTest {

    @TempDir
    Path temporary;

    private CliRun cli;

    @BeforeEach
    void enterFolder() throws IOException {
        Path folder = temporary.toRealPath();
        Files.createDirectory(folder.resolve(".git"));
        cli = new CliRun(folder);
    }

    @Test
    void a_rule_is_off_in_files_that_match_a_pattern() throws IOException {
        cli.file("a.py", "UNSAFE\n").file("tests/unit/b.py", "UNSAFE\n").file("spawnproof.toml", """
                [per-file-ignores]
                "tests/**" = ["flagged-word"]
                """);

        CliRun.Result result = cli.run("check");

        assertThat(result.out()).contains("a.py:1:1: error").doesNotContain("tests/");
        assertThat(result.out()).endsWith("Found 1 error in 2 files; 1 can be fixed with --fix=unsafe.\n");
    }

    @Test
    void a_severity_of_the_settings_decides_about_exit_status_and_what_is_shown() throws IOException {
        cli.file("a.py", "UNSAFE; REMARK\n").file("spawnproof.toml", "severity.flagged-word = 'hint'\n");

        CliRun.Result shown = cli.run("check");
        CliRun.Result hidden = cli.run("check", "--min-severity", "information");
        CliRun.Result flag = cli.run("check", "--severity", "flagged-word=error", "--min-severity", "error");

        assertThat(shown.out()).contains("a.py:1:1: hint[flagged-word]").contains("Found 2 hints in 1 file");
        assertThat(shown.status()).isZero();
        assertThat(hidden.out()).isEqualTo("No findings in 1 file.\n");
        assertThat(flag.out()).contains("Found 2 errors in 1 file");
        assertThat(flag.status()).isEqualTo(1);
    }

    @Test
    void json_counts_hints_where_there_are_any() throws IOException {
        cli.file("a.py", "UNSAFE\n");

        assertThat(cli.run("check", "--format", "json", "--severity", "flagged-word=hint")
                        .out())
                .contains("\"severity\": \"hint\"")
                .contains("\"information\": 0,\n    \"hints\": 1,\n    \"millis\": 0");
        assertThat(cli.run("check", "--format", "json").out()).doesNotContain("hints");
    }

    @Test
    void off_switches_a_rule_off() throws IOException {
        cli.file("a.py", "UNSAFE\n");

        CliRun.Result result = cli.run("check", "--severity", "flagged-word=off,explosive=hint");

        assertThat(result.out()).isEqualTo("No findings in 1 file.\n");
    }

    @Test
    void the_severity_of_wrong_settings_is_a_setting_too() throws IOException {
        cli.file("spawnproof.toml", "sevrity = 1\nseverity.invalid-setting = 'error'\n");

        CliRun.Result result = cli.run("check");

        assertThat(result.out())
                .contains("spawnproof.toml:1:1: error[invalid-setting] There is no setting `sevrity`; "
                        + "did you mean `severity`?");
    }

    @Test
    void wrong_severities_on_the_command_line_are_wrong_usage() {
        assertThat(cli.run("check", "--severity", "flaged-word=error").err())
                .isEqualTo("spawnproof: --severity: There is no rule `flaged-word`; did you mean `flagged-word`?\n");
        assertThat(cli.run("check", "--severity", "flagged-word=worse").err())
                .isEqualTo("spawnproof: --severity: `worse` is not one of error, warning, information, hint, off\n");
        CliRun.Result result = cli.run("check", "--severity", "flagged-word");
        assertThat(result.err())
                .isEqualTo("spawnproof: --severity: `flagged-word` is not of the form `RULE=SEVERITY`, "
                        + "such as `unguarded-process-start=warning`\n");
        assertThat(result.status()).isEqualTo(2);
    }
}
