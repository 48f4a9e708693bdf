package io.github.spawnproof.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ShowSettingsTest {

    private static final String SETTINGS = """
            [project]
            requires-python = ">=3.13"

            [tool.spawnproof]
            ignore = ["explosive"]
            platforms = ["linux", "windows"]
            exclude = ["gen/"]

            [tool.spawnproof.per-file-ignores]
            "*.txt" = ["flagged-word"]
            "tests/" = ["flagged-word"]

            [tool.spawnproof.severity]
            invalid-setting = "error"

            [tool.spawnproof.boundaries]
            "acme.run" = "(func @pickle) starts"
            "acme.Farm" = "class : multiprocessing.pool.Pool"
            "acme.Session" = "opaque a session"
            "acme.fast" = "= multiprocessing.Pool"
            """;

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
    void without_settings_all_is_by_default() {
        CliRun.Result result = cli.run("show-settings");

        assertThat(result.out()).isEqualTo("""
                # Settings of ., from no settings file

                select = []                                # default
                ignore = []                                # default
                min-severity = "hint"                      # default
                platforms = ["windows", "macos", "linux"]  # default
                python-versions = ["3.10", "3.11", "3.12", "3.13", "3.14", "3.15"]  # default
                exclude = []                               # default
                java.class-path = []                       # default

                # Start methods by default: spawn on Windows; spawn on macOS; \
                fork (3.10, 3.11, 3.12, 3.13) and forkserver (3.14, 3.15) on Linux
                # Rules: 3 on, 0 off
                """);
        assertThat(result.status()).isZero();
    }

    @Test
    void each_setting_says_where_it_comes_from() throws IOException {
        cli.file("pyproject.toml", SETTINGS).file("tests/a.py", "").file(".env", "A=1\nJINA_MP_START_METHOD=spawn\n");

        CliRun.Result result = cli.run("show-settings", "tests/a.py", "--min-severity", "error");

        assertThat(result.out().lines().map(line -> line.replaceAll(" +#", "  #")))
                .containsExactly(
                        "# Settings of tests/a.py, from pyproject.toml",
                        "",
                        "select = []  # default",
                        "ignore = [\"explosive\"]  # pyproject.toml:5",
                        "per-file-ignores.\"*.txt\" = [\"flagged-word\"]  # pyproject.toml:10",
                        "per-file-ignores.\"tests/\" = [\"flagged-word\"]  # pyproject.toml:11",
                        "severity.invalid-setting = \"error\"  # pyproject.toml:14",
                        "min-severity = \"error\"  # command line",
                        "platforms = [\"windows\", \"linux\"]  # pyproject.toml:6",
                        "python-versions = [\"3.13\", \"3.14\", \"3.15\"]  # requires-python in pyproject.toml",
                        "start-method = \"spawn\"  # .env, line 2, for programs that use Jina",
                        "exclude = [\"gen/\"]  # pyproject.toml:7",
                        "java.class-path = []  # default",
                        "boundaries.\"acme.run\" = \"(func @pickle) starts\"  # pyproject.toml:17",
                        "boundaries.\"acme.Farm\" = \"class : multiprocessing.pool.Pool\"  # pyproject.toml:18",
                        "boundaries.\"acme.Session\" = \"opaque a session\"  # pyproject.toml:19",
                        "boundaries.\"acme.fast\" = \"= multiprocessing.Pool\"  # pyproject.toml:20",
                        "",
                        "# Start methods by default: spawn on Windows; "
                                + "fork (3.13) and forkserver (3.14, 3.15) on Linux",
                        "# Rules: 1 on, 2 off",
                        "#   explosive: off, by `ignore` (pyproject.toml:5)",
                        "#   flagged-word: off, by `per-file-ignores` (pyproject.toml:11)",
                        "#   invalid-setting: error, by `severity` (pyproject.toml:14)");
    }

    @Test
    void an_excluded_file_and_wrong_settings_are_said() throws IOException {
        cli.file("spawnproof.toml", "exclude = ['gen/']\nbaseline = 'known.json'\nwrong = 1\n")
                .file("gen/deep/a.py", "");

        CliRun.Result result = cli.run("show-settings", "gen/deep/a.py", "--select", "flagged-word");

        assertThat(result.out())
                .contains("# It is left out of checks by `exclude`.\n")
                .contains("# 1 wrong setting in that file, which `check` shows.\n")
                .contains("# Baseline: it does not exist; ")
                .endsWith("# Rules: 1 on, 2 off\n#   flagged-word: on\n");
    }

    @Test
    void a_baseline_says_what_it_lists_of_the_file() throws IOException {
        cli.file("a.py", "UNSAFE\nUNSAFE\n").file("b.py", "UNSAFE\n");
        cli.run("check", "--write-baseline", "known.json");

        CliRun.Result result = cli.run("show-settings", "--baseline", "known.json", "a.py");

        assertThat(result.out())
                .contains("# Baseline: it lists 2 findings of this file\n")
                .containsPattern("baseline = \".*known.json\" +# command line");
    }

    @Test
    void json_has_the_same() throws IOException {
        cli.file("pyproject.toml", SETTINGS).file("tests/a.py", "");

        JsonObject json = JsonParser.parseString(cli.run("show-settings", "tests/a.py", "--format", "json")
                        .out())
                .getAsJsonObject();

        assertThat(json.keySet())
                .containsExactly("version", "file", "settingsFile", "excluded", "settings", "targets", "rules");
        assertThat(json.get("settingsFile").getAsString()).isEqualTo("pyproject.toml");
        assertThat(json.getAsJsonArray("settings"))
                .extracting(JsonElement::toString)
                .contains(
                        "{\"key\":\"ignore\",\"value\":[\"explosive\"],"
                                + "\"origin\":{\"kind\":\"file\",\"file\":\"pyproject.toml\",\"line\":5}}",
                        "{\"key\":\"min-severity\",\"value\":\"hint\",\"origin\":{\"kind\":\"default\"}}",
                        "{\"key\":\"python-versions\",\"value\":[\"3.13\",\"3.14\",\"3.15\"],"
                                + "\"origin\":{\"kind\":\"project\",\"note\":\"requires-python in pyproject.toml\"}}");
        assertThat(json.getAsJsonArray("targets"))
                .hasSize(6)
                .extracting(JsonElement::toString)
                .contains("{\"platform\":\"linux\",\"pythonVersion\":\"3.14\",\"startMethod\":\"forkserver\"}");
        assertThat(json.getAsJsonArray("rules"))
                .extracting(JsonElement::toString)
                .containsExactly(
                        "{\"id\":\"explosive\",\"on\":false,\"setting\":\"ignore\","
                                + "\"origin\":{\"kind\":\"file\",\"file\":\"pyproject.toml\",\"line\":5}}",
                        "{\"id\":\"flagged-word\",\"on\":false,\"setting\":\"per-file-ignores\","
                                + "\"origin\":{\"kind\":\"file\",\"file\":\"pyproject.toml\",\"line\":11}}",
                        "{\"id\":\"invalid-setting\",\"on\":true,\"severity\":\"error\",\"setting\":\"severity\","
                                + "\"origin\":{\"kind\":\"file\",\"file\":\"pyproject.toml\",\"line\":14}}");
    }

    @Test
    void what_is_not_there_has_no_settings() {
        CliRun.Result result = cli.run("show-settings", "nowhere.py");

        assertThat(result.err()).isEqualTo("spawnproof: `nowhere.py` does not exist\n");
        assertThat(result.status()).isEqualTo(2);
    }
}
