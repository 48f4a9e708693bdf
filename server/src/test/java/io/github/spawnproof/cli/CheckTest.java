package io.github.spawnproof.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.github.spawnproof.rule.RuleCatalog;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CheckTest {

    @TempDir
    Path temporary;

    private Path folder;
    private CliRun cli;

    @BeforeEach
    void enterFolder() throws IOException {
        // A repository of its own, so that nothing above the temporary folder counts.
        folder = temporary.toRealPath();
        Files.createDirectory(folder.resolve(".git"));
        cli = new CliRun(folder);
    }

    @Test
    void text_shows_the_code_related_places_fixes_and_a_summary() throws IOException {
        cli.file("app/run.py", "x = MADE\n\n\n\n\n\n\n\n\n\tp = '漢😀' + FLAG  # why\n")
                .file("app/unsafe.py", "UNSAFE; REMARK\n");

        CliRun.Result result = cli.run("check");

        assertThat(result.out()).isEqualTo("""
                        app/run.py:10:14: warning[flagged-word] `FLAG` must not cross; fails on Windows, macOS and Linux with Python 3.14+
                            |
                         10 |     p = '漢😀' + FLAG  # why
                            |                  ^^^^
                            |
                            = note: app/run.py:1:5: it is made here
                          1 | x = MADE
                            |     ----
                            |
                            = help[safe]: Write it small (apply with --fix)

                        app/unsafe.py:1:1: error[flagged-word] `UNSAFE` must not cross
                           |
                         1 | UNSAFE; REMARK
                           | ^^^^^^
                           |
                           = help[unsafe]: Take it away (apply with --fix=unsafe)

                        app/unsafe.py:1:9: information[flagged-word] `REMARK` must not cross
                           |
                         1 | UNSAFE; REMARK
                           |         ^^^^^^

                        Found 1 error, 1 warning and 1 information in 2 files; 1 can be fixed with --fix, 1 more with --fix=unsafe.
                        """);
        assertThat(result.err()).isEmpty();
        assertThat(result.status()).isEqualTo(1);
    }

    @Test
    void json_has_the_documented_form() throws IOException {
        cli.file("app/run.py", "x = MADE; s = '😀'; FLAG\nUNSAFE").file("bin.py", new byte[] {'a', 0, 'b'});

        CliRun.Result result = cli.run("check", "--format", "json", ".");

        assertThat(result.out()).isEqualTo("""
                        {
                          "version": 1,
                          "findings": [
                            {
                              "rule": "flagged-word",
                              "severity": "warning",
                              "file": "app/run.py",
                              "range": {
                                "start": {
                                  "line": 1,
                                  "column": 21
                                },
                                "end": {
                                  "line": 1,
                                  "column": 25
                                }
                              },
                              "message": "`FLAG` must not cross; fails on Windows, macOS and Linux with Python 3.14+",
                              "failsOn": [
                                "windows",
                                "macos",
                                "linux>=3.14"
                              ],
                              "related": [
                                {
                                  "file": "app/run.py",
                                  "range": {
                                    "start": {
                                      "line": 1,
                                      "column": 5
                                    },
                                    "end": {
                                      "line": 1,
                                      "column": 9
                                    }
                                  },
                                  "message": "it is made here"
                                }
                              ],
                              "fixes": [
                                {
                                  "title": "Write it small",
                                  "safety": "safe",
                                  "edits": [
                                    {
                                      "file": "app/run.py",
                                      "range": {
                                        "start": {
                                          "line": 1,
                                          "column": 21
                                        },
                                        "end": {
                                          "line": 1,
                                          "column": 25
                                        }
                                      },
                                      "newText": "flag"
                                    }
                                  ]
                                }
                              ]
                            },
                            {
                              "rule": "flagged-word",
                              "severity": "error",
                              "file": "app/run.py",
                              "range": {
                                "start": {
                                  "line": 2,
                                  "column": 1
                                },
                                "end": {
                                  "line": 2,
                                  "column": 7
                                }
                              },
                              "message": "`UNSAFE` must not cross",
                              "failsOn": [],
                              "related": [],
                              "fixes": [
                                {
                                  "title": "Take it away",
                                  "safety": "unsafe",
                                  "edits": [
                                    {
                                      "file": "app/run.py",
                                      "range": {
                                        "start": {
                                          "line": 2,
                                          "column": 1
                                        },
                                        "end": {
                                          "line": 2,
                                          "column": 7
                                        }
                                      },
                                      "newText": "None"
                                    }
                                  ]
                                }
                              ]
                            }
                          ],
                          "notices": [
                            {
                              "file": "bin.py",
                              "kind": "skipped",
                              "message": "is a binary file"
                            }
                          ],
                          "summary": {
                            "files": 1,
                            "errors": 1,
                            "warnings": 1,
                            "information": 0,
                            "millis": 0
                          }
                        }
                        """);
        assertThat(result.status()).isEqualTo(1);
    }

    @Test
    void time_is_measured() throws IOException {
        cli.file("a.py", "pass\n").clockStepNanos(7_000_000);

        assertThat(cli.run("check", "--format=json").out()).containsPattern("\"millis\": [1-9]");
        assertThat(cli.run("check", "--statistics").out()).containsPattern("Time: 0.0[1-9] s");
    }

    @Test
    void a_clean_tree_says_so_and_exits_with_0() throws IOException {
        cli.file("a.py", "pass\n").file("b.pyw", "pass\n").file("c.pyi", "FLAG\n");

        CliRun.Result result = cli.run("check", ".");

        assertThat(result.out()).isEqualTo("No findings in 2 files.\n");
        assertThat(result.status()).isZero();
    }

    @Test
    void information_alone_and_exit_zero_exit_with_0() throws IOException {
        cli.file("remark.py", "REMARK\n").file("flag.py", "FLAG\n");

        assertThat(cli.run("check", "remark.py").status()).isZero();
        assertThat(cli.run("check", "flag.py").status()).isEqualTo(1);
        assertThat(cli.run("check", "--exit-zero", "flag.py").status()).isZero();
    }

    @Test
    void minimal_severity_hides_what_lies_below_and_decides_about_the_exit_status() throws IOException {
        cli.file("a.py", "REMARK; FLAG\n");

        CliRun.Result warnings = cli.run("check", "--min-severity", "warning", ".");
        CliRun.Result errors = cli.run("check", "--min-severity=error", ".");

        assertThat(warnings.out()).contains("`FLAG`").doesNotContain("`REMARK`");
        assertThat(errors.out()).isEqualTo("No findings in 1 file.\n");
        assertThat(errors.status()).isZero();
    }

    @Test
    void flags_choose_rules_and_targets() throws IOException {
        cli.file("a.py", "FLAG\n");

        assertThat(cli.run("check", "--ignore", "explosive, flagged-word").out())
                .startsWith("No findings");
        assertThat(cli.run("check", "--select", "explosive").out()).startsWith("No findings");
        assertThat(cli.run("check", "--platform", "linux", "--python-version", "3.12,3.13")
                        .out())
                .startsWith("No findings");
        assertThat(cli.run("check", "--platform", "linux", "--python-version", "3.14")
                        .out())
                .contains("error[flagged-word]");
        assertThat(cli.run("check", "--start-method", "fork", "--platform", "linux,macos")
                        .out())
                .startsWith("No findings");
    }

    @Test
    void wrong_usage_exits_with_2_and_says_what_to_do() throws IOException {
        cli.file("a.py", "FLAG\n");

        assertUsage("`nowhere` does not exist", "check", ".", "nowhere");
        assertUsage(
                "--select: There is no rule `flaged-word`; did you mean `flagged-word`?",
                "check",
                "--select",
                "flaged-word");
        assertUsage("--min-severity: `warn` is not one of error, warning, information", "check", "--min-severity=warn");
        assertUsage("--python-version: `2.7` is not one of 3.8,", "check", "--python-version", "2.7");
        assertUsage("--format: `sarf` is not one of text, concise, json, sarif", "check", "--format", "sarf");
        assertUsage("there is no option `--sellect`; did you mean `--select`?", "check", "--sellect=x");
        assertUsage("there is no command `chek`; did you mean `check`?", "chek");
        assertUsage("there is no rule `flaggedword`; did you mean `flagged-word`?", "rule", "flaggedword");
        assertUsage("Missing required parameter", "rule");
        assertUsage("`x` is one argument too many", "rules", "x");
        assertUsage("standard input and other paths cannot be checked together", "check", "-", "a.py");
        assertUsage(
                "--diff and --format json exclude each other on standard output",
                "check",
                "--format",
                "json",
                "--diff");
    }

    private void assertUsage(String message, String... arguments) {
        CliRun.Result result = cli.run(arguments);

        assertThat(result.err()).startsWith("spawnproof: ").contains(message).doesNotContain("\tat ");
        assertThat(result.out()).isEmpty();
        assertThat(result.status()).isEqualTo(2);
    }

    @Test
    void no_command_prints_help_on_standard_error() {
        CliRun.Result result = cli.run();

        assertThat(result.err()).contains("Commands:").contains("  check ");
        assertThat(result.status()).isEqualTo(2);
    }

    @Test
    void help_and_version_go_to_standard_output() {
        assertThat(cli.run("--version").out()).isEqualTo("spawnproof 1.2.3\n");
        assertThat(cli.run("check", "--help").out())
                .contains("--select=RULE,...", "--fix[=unsafe]", "Exit status: 0")
                .doesNotContain("\\s");
        assertThat(cli.run("server", "--help").out()).contains("--socket=PORT");
        assertThat(cli.run("--help").status()).isZero();
    }

    @Test
    void output_does_not_depend_on_the_number_of_threads() throws IOException {
        for (int i = 0; i < 60; i++) {
            cli.file("d%d/m%d.py".formatted(i % 7, i), "FLAG\n".repeat(i % 4) + (i % 5 == 0 ? "BOOM" : ""));
        }

        CliRun.Result one = cli.threads(1).run("check");
        CliRun.Result many = cli.threads(8).run("check");
        CliRun.Result order = cli.threads(8).run("check", "d6", "d5", ".", "d0/m0.py");

        assertThat(one.out()).contains("Found 90 warnings in 60 files");
        assertThat(many.out()).isEqualTo(one.out());
        assertThat(many.err()).isEqualTo(one.err());
        assertThat(order.out()).isEqualTo(one.out());
    }

    @Test
    void a_rule_that_throws_loses_its_own_findings_only() throws IOException {
        cli.file("a.py", "BOOM; FLAG\n").file("b.py", "FLAG\n");

        CliRun.Result result = cli.run("check");

        assertThat(result.out()).contains("a.py:1:7:", "b.py:1:1:", "Found 2 warnings in 2 files");
        assertThat(result.err())
                .isEqualTo("a.py: rule-failed: rule `explosive` failed: java.lang.IllegalStateException: boom\n");
        assertThat(result.status()).isEqualTo(1);
    }

    @Test
    void a_named_file_that_cannot_be_read_is_a_failure_and_one_in_a_folder_is_not() throws IOException {
        cli.file("bad.py", new byte[] {'x', '\n', '\'', (byte) 0xE9, '\''});

        CliRun.Result named = cli.run("check", "bad.py");
        CliRun.Result found = cli.run("check", ".");

        assertThat(named.err())
                .isEqualTo("bad.py: unreadable: is not UTF-8: byte 0xE9 in line 2; "
                        + "declare its encoding in the first line, such as `# coding: latin-1`\n");
        assertThat(named.status()).isEqualTo(2);
        assertThat(found.err()).isEqualTo(named.err());
        assertThat(found.status()).isZero();
    }

    @Test
    void fix_applies_the_safe_fixes_and_reports_what_remains() throws IOException {
        cli.file("a.py", "FLAG; FLAG\nUNSAFE\n").file("b.py", "FLAG\n").file("c.py", "pass\n");

        CliRun.Result result = cli.run("check", "--fix", ".");

        assertThat(folder.resolve("a.py")).hasContent("flag; flag\nUNSAFE\n");
        assertThat(folder.resolve("b.py")).hasContent("flag\n");
        assertThat(result.out()).startsWith("a.py:2:1: error[flagged-word]").endsWith("""
                        Fixed 3 findings in 2 files.
                        Found 1 error in 3 files; 1 can be fixed with --fix=unsafe.
                        """);
        assertThat(result.status()).isEqualTo(1);
    }

    @Test
    void fix_unsafe_applies_both() throws IOException {
        cli.file("a.py", "FLAG\nUNSAFE\n");

        CliRun.Result result = cli.run("check", "--fix=unsafe");

        assertThat(folder.resolve("a.py")).hasContent("flag\nNone\n");
        assertThat(result.out()).isEqualTo("Fixed 2 findings in 1 file.\nNo findings in 1 file.\n");
        assertThat(result.status()).isZero();
    }

    @Test
    void fix_keeps_encoding_byte_order_mark_line_ends_and_a_missing_final_newline() throws IOException {
        byte[] latin = "# coding: latin-1\r\nx = 'é'\rFLAG\u000c".getBytes(StandardCharsets.ISO_8859_1);
        cli.file("latin.py", latin).file("mark.py", "\uFEFFx = '漢'\r\n\r\nFLAG");

        cli.run("check", "--fix");

        assertThat(Files.readAllBytes(folder.resolve("latin.py")))
                .isEqualTo("# coding: latin-1\r\nx = 'é'\rflag\u000c".getBytes(StandardCharsets.ISO_8859_1));
        assertThat(Files.readAllBytes(folder.resolve("mark.py")))
                .isEqualTo("\uFEFFx = '漢'\r\n\r\nflag".getBytes(StandardCharsets.UTF_8));
    }

    @Test
    void fix_leaves_a_file_alone_whose_encoding_lacks_a_character() throws IOException {
        String text = "# coding: latin-1\nEURO\n";
        cli.file("a.py", text);

        CliRun.Result result = cli.run("check", "--fix");

        assertThat(folder.resolve("a.py")).hasContent(text);
        assertThat(result.err())
                .isEqualTo("a.py: skipped: cannot be fixed: its encoding, ISO-8859-1, lacks a character of the fix\n");
        assertThat(result.out()).contains("a.py:2:1: error[flagged-word]");
        assertThat(result.status()).isEqualTo(1);
    }

    @Test
    void fix_keeps_permissions_and_follows_links_and_leaves_nothing_behind() throws IOException {
        cli.file("real/a.py", "FLAG\n");
        Path file = folder.resolve("real/a.py");
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-x--x"));
        Path link = Files.createSymbolicLink(folder.resolve("link.py"), file);

        cli.run("check", "--fix", "link.py");

        assertThat(link).isSymbolicLink();
        assertThat(file).hasContent("flag\n");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                .isEqualTo("rwxr-x--x");
        assertThat(folder.resolve("real")).isDirectoryNotContaining("glob:**.spawnproof");
    }

    @Test
    void diff_shows_the_fix_and_changes_nothing() throws IOException {
        cli.file("a/x.py", "one\ntwo\nthree\nfour\nFLAG\nUNSAFE").file("b.py", "pass\n");

        CliRun.Result safe = cli.run("check", "--diff");
        CliRun.Result unsafe = cli.run("check", "--diff", "--fix=unsafe");
        CliRun.Result nothing = cli.run("check", "--diff", "b.py");

        assertThat(safe.out()).isEqualTo("""
                        --- a/x.py
                        +++ a/x.py
                        @@ -2,5 +2,5 @@
                         two
                         three
                         four
                        -FLAG
                        +flag
                         UNSAFE
                        \\ No newline at end of file
                        """);
        assertThat(safe.err()).isEqualTo("Would fix 1 finding in 1 file.\n");
        assertThat(safe.status()).isEqualTo(1);
        assertThat(unsafe.out()).contains("-UNSAFE\n", "+None\n");
        assertThat(nothing.status()).isZero();
        assertThat(nothing.err()).isEqualTo("Nothing to fix in 1 file.\n");
        assertThat(folder.resolve("a/x.py")).hasContent("one\ntwo\nthree\nfour\nFLAG\nUNSAFE");
    }

    @Test
    void statistics_count_rules_and_name_the_targets_and_their_origin() throws IOException {
        cli.file("a.py", "FLAG; UNSAFE\n")
                .file("pyproject.toml", "[project]\nrequires-python = '>=3.12'\n")
                .file("sub/spawnproof.toml", "platforms = ['linux']\nstart-method = 'spawn'\n")
                .file("sub/b.py", "FLAG\n");

        CliRun.Result result = cli.run("check", "--statistics");

        assertThat(result.out()).isEqualTo("""
                             3  flagged-word  2 can be fixed with --fix

                        Found 2 errors and 1 warning in 3 files; 2 can be fixed with --fix, 1 more with --fix=unsafe.
                        Targets of 2 files: Windows, macOS and Linux (default) with Python 3.12 to 3.15 (requires-python in pyproject.toml).
                        Targets of 1 file: Linux (platforms in spawnproof.toml) with Python 3.12 to 3.15 (requires-python in pyproject.toml), start method spawn.
                        Time: 0.00 s.
                        """);
        assertThat(result.status()).isEqualTo(1);
    }

    @Test
    void standard_input_goes_by_the_given_name() throws IOException {
        cli.file("sub/spawnproof.toml", "ignore = ['flagged-word']\n").input("FLAG\n");

        assertThat(cli.run("check", "-").out()).startsWith("-:1:1: warning[flagged-word]");
        assertThat(cli.run("check", "--stdin-filename", "./lib/x.py").out()).startsWith("lib/x.py:1:1: warning");
        assertThat(cli.run("check", "--stdin-filename", "sub/x.py", "-").out()).startsWith("No findings");
    }

    @Test
    void standard_input_with_fix_becomes_standard_output() {
        byte[] latin = "# coding: latin-1\r\n'é'; FLAG; UNSAFE".getBytes(StandardCharsets.ISO_8859_1);

        CliRun.Result result = cli.input(latin).run("check", "--fix", "--stdin-filename", "x.py");

        assertThat(result.outBytes())
                .isEqualTo("# coding: latin-1\r\n'é'; flag; UNSAFE".getBytes(StandardCharsets.ISO_8859_1));
        assertThat(result.err()).startsWith("x.py:2:12: error[flagged-word]").contains("Fixed 1 finding in 1 file.");
        assertThat(result.status()).isEqualTo(1);
    }

    @Test
    void standard_input_that_cannot_be_fixed_comes_out_as_it_went_in() {
        byte[] binary = {'F', 'L', 'A', 'G', 0, 1, 2, (byte) 0xFF};

        CliRun.Result result = cli.input(binary).run("check", "--fix", "-");

        assertThat(result.outBytes()).isEqualTo(binary);
        assertThat(result.err()).startsWith("-: skipped: is a binary file\n");
        assertThat(result.status()).isEqualTo(2);
    }

    @Test
    void a_reader_that_has_seen_enough_ends_the_command_quietly() throws IOException {
        cli.file("a.py", "FLAG\n".repeat(5000));

        CliRun.Result result = cli.runIntoClosedPipe("check");

        assertThat(result.err()).isEmpty();
        assertThat(result.status()).isZero();
    }

    @Test
    void colour_follows_flag_environment_and_terminal() throws IOException {
        cli.file("a.py", "FLAG\n");

        assertThat(cli.run("check").out()).doesNotContain("\u001B");
        assertThat(cli.run("check", "--color=always").out()).contains("\u001B[1;33mwarning[flagged-word]\u001B[0m");
        cli.onTerminal();
        assertThat(cli.run("check").out()).contains("\u001B");
        assertThat(cli.run("check", "--color=never").out()).doesNotContain("\u001B");
        cli.variable("NO_COLOR", "1");
        assertThat(cli.run("check").out()).doesNotContain("\u001B");
    }

    @Test
    void a_terminal_sees_the_progress_after_a_second_and_then_nothing_of_it() throws IOException {
        for (int i = 0; i < 20; i++) {
            cli.file("m%02d.py".formatted(i), "pass\n");
        }

        String slow = cli.onTerminal().clockStepNanos(300_000_000).run("check").err();
        String fast = cli.clockStepNanos(1000).run("check").err();

        assertThat(slow).containsPattern("\\[[# ]{24}\\] \\d+ of 20 files").endsWith("\r\u001B[K");
        assertThat(fast).isEmpty();
    }

    @Test
    void code_cannot_steer_the_terminal() throws IOException {
        cli.file("a.py", "x = '\u001B[2J\u202E'; FLAG\n");

        String out = cli.run("check").out();

        assertThat(out)
                .contains(" 1 | x = '\uFFFD[2J\uFFFD'; FLAG\n", "   |              ^^^^\n")
                .doesNotContain("\u001B");
    }

    @Test
    void a_long_line_is_shown_around_the_place() throws IOException {
        cli.file("a.py", "x".repeat(500) + " FLAG " + "y".repeat(500) + "\n");

        String out = cli.run("check").out();

        assertThat(out)
                .contains(
                        " 1 | …" + "x".repeat(59) + " FLAG " + "y".repeat(95) + "…\n",
                        "   | " + " ".repeat(61) + "^^^^\n");
    }

    @Test
    void files_outside_of_the_current_folder_are_named_as_typed() throws IOException {
        cli.file("lib/a.py", "FLAG\n").file("app/b.py", "pass\n").file("spawnproof.toml", "unknown-key = 1\n");
        CliRun inApp = new CliRun(folder.resolve("app"));

        assertThat(inApp.run("check", "../lib").out())
                .startsWith("../lib/a.py:1:1:")
                .contains("../spawnproof.toml:1:1: warning[invalid-setting]");
        assertThat(inApp.run("check", folder.resolve("lib").toString()).out())
                .startsWith(folder.resolve("lib/a.py") + ":1:1:");
        assertThat(cli.run("check", folder.resolve("lib").toString()).out()).startsWith("lib/a.py:1:1:");
    }

    @Test
    void problems_of_settings_are_findings_of_the_settings_file() throws IOException {
        cli.file(
                        "pyproject.toml",
                        "[tool.spawnproof]\nignore = [\"flaged-word\", \"explosive\"]\nmin-severty = 'error'\n")
                .file("a.py", "BOOM\n");

        CliRun.Result result = cli.run("check");

        assertThat(result.out()).isEqualTo("""
                        pyproject.toml:2:11: warning[invalid-setting] There is no rule `flaged-word`; did you mean `flagged-word`?
                           |
                         2 | ignore = ["flaged-word", "explosive"]
                           |           ^^^^^^^^^^^^^
                           |
                           = help[unsafe]: Change to `flagged-word` (apply with --fix=unsafe)

                        pyproject.toml:3:1: warning[invalid-setting] There is no setting `min-severty`; did you mean `min-severity`?
                           |
                         3 | min-severty = 'error'
                           | ^^^^^^^^^^^
                           |
                           = help[unsafe]: Change to `min-severity` (apply with --fix=unsafe)

                        Found 2 warnings in 2 files; 2 can be fixed with --fix=unsafe.
                        """);
        assertThat(result.err()).isEmpty(); // The valid part is in force: the rule that throws is off.
        assertThat(result.status()).isEqualTo(1);
    }

    @Test
    void settings_that_are_fixed_are_in_force_at_once() throws IOException {
        cli.file("spawnproof.toml", "ignore = [\"flaged-word\"]\n").file("a.py", "FLAG\n");

        CliRun.Result result = cli.run("check", "--fix=unsafe");

        assertThat(folder.resolve("spawnproof.toml")).hasContent("ignore = [\"flagged-word\"]\n");
        assertThat(folder.resolve("a.py")).hasContent("FLAG\n");
        assertThat(result.out()).isEqualTo("Fixed 1 finding in 1 file.\nNo findings in 1 file.\n");
    }

    @Test
    void rule_prints_its_page() {
        CliRun.Result plain = cli.run("rule", "flagged-word");
        CliRun.Result styled = cli.run("rule", "--color", "always", "flagged-word");

        assertThat(plain.out()).startsWith("# flagged-word\n").endsWith("FLAG\n```\n");
        assertThat(styled.out())
                .contains("\u001B[1m## What happens\u001B[0m\n", "\u001B[36m`FLAG`\u001B[0m fails, and \\ costs $1.\n");
    }

    @Test
    void rules_lists_ids_and_summaries() {
        CliRun.Result result = cli.run("rules");

        assertThat(result.out()).isEqualTo("""
                        explosive        A word that makes this rule throw.
                        flagged-word     A word in capitals stands in the code.
                        invalid-setting  A setting of Spawnproof has an unknown name or a value that it cannot have; it is not in force.
                        """);
    }

    private static final String SET_TOO_LATE =
            "import os\n\nos.environ[\"OBJC_DISABLE_INITIALIZE_FORK_SAFETY\"] = \"YES\"\n\nprint(os.name)\n";

    @Test
    void a_fix_of_another_file_changes_both() throws IOException {
        cli.rules(RuleCatalog.load()).file("app/serve.py", SET_TOO_LATE).file(".env", "PORT=8080\n");

        CliRun.Result shown = cli.run("check", "--fix=unsafe", "--diff");

        assertThat(shown.out())
                .contains("+OBJC_DISABLE_INITIALIZE_FORK_SAFETY=YES")
                .contains("-os.environ[");
        assertThat(folder.resolve(".env")).hasContent("PORT=8080\n");

        CliRun.Result fixed = cli.run("check", "--fix=unsafe");

        assertThat(folder.resolve(".env")).hasContent("PORT=8080\nOBJC_DISABLE_INITIALIZE_FORK_SAFETY=YES\n");
        assertThat(folder.resolve("app/serve.py")).hasContent("import os\n\nprint(os.name)\n");
        assertThat(fixed.out()).startsWith("Fixed 1 finding");
    }

    @Test
    void two_files_may_set_the_same_elsewhere() throws IOException {
        cli.rules(RuleCatalog.load())
                .file("a.py", SET_TOO_LATE)
                .file("b.py", SET_TOO_LATE)
                .file(".env", "PORT=8080\n");

        cli.run("check", "--fix=unsafe");

        assertThat(folder.resolve(".env")).hasContent("PORT=8080\nOBJC_DISABLE_INITIALIZE_FORK_SAFETY=YES\n");
        assertThat(folder.resolve("a.py")).hasContent("import os\n\nprint(os.name)\n");
        assertThat(folder.resolve("b.py")).hasContent("import os\n\nprint(os.name)\n");
    }

    @Test
    void a_fix_whose_other_file_cannot_be_written_changes_nothing() throws IOException {
        Path readOnly = Path.of("/proc/version");
        assumeTrue(Files.isRegularFile(readOnly), "a file that nobody can replace, not even the administrator");
        cli.rules(RuleCatalog.load()).file("serve.py", SET_TOO_LATE);
        Path link = Files.createSymbolicLink(folder.resolve(".env"), readOnly);

        CliRun.Result result = cli.run("check", "--fix=unsafe", "serve.py");

        Files.delete(link);
        assertThat(folder.resolve("serve.py")).hasContent(SET_TOO_LATE);
        assertThat(result.out() + result.err()).contains("is left as it is, since `.env` cannot be fixed");
        assertThat(result.out()).contains("env-set-too-late").doesNotContain("Fixed");
    }

    @Test
    void a_settings_file_has_findings_of_both_kinds() throws IOException {
        cli.rules(RuleCatalog.load()).file("pyproject.toml", """
                        [tool.pytest_env]
                        JINA_MP_START_METHOD = "spwan"

                        [tool.spawnproof]
                        min-severty = "error"
                        """);

        CliRun.Result result = cli.run("check");

        assertThat(result.out())
                .contains("pyproject.toml:2:25: warning[invalid-start-method]")
                .contains("pyproject.toml:5:1: warning[invalid-setting]")
                .contains("Found 2 warnings in 1 file");

        cli.run("check", "--fix=unsafe");

        assertThat(folder.resolve("pyproject.toml")).hasContent("""
                        [tool.pytest_env]
                        JINA_MP_START_METHOD = "spwan"

                        [tool.spawnproof]
                        min-severity = "error"
                        """);

        cli.run("check", "--fix=unsafe", "--min-severity", "information");

        assertThat(folder.resolve("pyproject.toml")).content().contains("\"spawn\"");
    }
}
