package io.github.spawnproof.workspace;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.spawnproof.boundary.OperatingSystem;
import io.github.spawnproof.boundary.PythonVersion;
import io.github.spawnproof.boundary.StartMethod;
import io.github.spawnproof.finding.Finding;
import io.github.spawnproof.finding.Severity;
import io.github.spawnproof.finding.TextEdit;
import io.github.spawnproof.project.Project;
import io.github.spawnproof.project.SelectedMethod;
import io.github.spawnproof.project.Settings;
import io.github.spawnproof.rule.RuleCatalog;
import io.github.spawnproof.rules.invalidsetting.InvalidSetting;
import io.github.spawnproof.rules.unusedsuppression.UnusedSuppression;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ProjectFinderTest {

    private static final RuleCatalog RULES = new RuleCatalog(List.of(new InvalidSetting(), new UnusedSuppression()));

    @TempDir
    Path folder;

    private ProjectFinder finder;
    private Overrides none;

    @BeforeEach
    void makeFinder() throws IOException {
        Files.createDirectory(folder.resolve(".git"));
        finder = new ProjectFinder(RULES);
        none = Overrides.ofCommandLine(SettingsLayer.EMPTY, folder);
    }

    @Test
    void without_any_file_the_defaults_are_in_force() {
        FoundProject found = finder.find(folder.resolve("a.py"), none);

        assertThat(found).isEqualTo(new FoundProject(Project.DEFAULT, Optional.empty(), "default", "default"));
    }

    @Test
    void all_keys_of_a_settings_file_are_read() throws IOException {
        write("pyproject.toml", """
                [tool.spawnproof]
                select = ["invalid-setting", "unused-suppression"]
                ignore = ["unused-suppression"]
                min-severity = "warning"
                platforms = ["linux", "windows"]
                python-versions = ["3.9", "3.14"]
                start-method = "spawn"
                exclude = ["gen/", "*_pb2.py"]
                """);

        FoundProject found = finder.find(folder.resolve("sub/a.py"), none);

        assertThat(found.settingsFile().orElseThrow().problems()).isEmpty();
        assertThat(found.project().settings())
                .isEqualTo(new Settings(
                        Set.of("invalid-setting", "unused-suppression"),
                        Set.of("unused-suppression"),
                        Severity.WARNING,
                        List.of(OperatingSystem.LINUX, OperatingSystem.WINDOWS),
                        List.of(new PythonVersion(3, 9), new PythonVersion(3, 14)),
                        Optional.of(StartMethod.SPAWN),
                        List.of("gen/", "*_pb2.py")));
        assertThat(found.versionsFrom()).isEqualTo("python-versions in pyproject.toml");
        assertThat(found.systemsFrom()).isEqualTo("platforms in pyproject.toml");
    }

    @Test
    void the_nearest_file_replaces_those_above_it() throws IOException {
        write("spawnproof.toml", "min-severity = 'error'\nstart-method = 'fork'\n");
        write("sub/pyproject.toml", "[tool.black]\nline-length = 100\n# spawnproof has no table here\n");
        write("sub/deep/pyproject.toml", "[tool]\nspawnproof = { min-severity = 'warning' }\n");
        write("sub/deep/both/pyproject.toml", "[tool.spawnproof]\nstart-method = 'fork'\n");
        write("sub/deep/both/spawnproof.toml", "start-method = 'spawn'\n");

        assertThat(settings("a.py").minSeverity()).isEqualTo(Severity.ERROR);
        assertThat(settings("sub/a.py").minSeverity()).isEqualTo(Severity.ERROR);
        assertThat(settings("sub/deep/a.py").minSeverity()).isEqualTo(Severity.WARNING);
        assertThat(settings("sub/deep/a.py").startMethod()).isEmpty();
        assertThat(settings("sub/deep/both/a.py").startMethod()).contains(StartMethod.SPAWN);
    }

    @Test
    void flags_count_more_than_the_file_and_the_file_more_than_the_editor() throws IOException {
        write("spawnproof.toml", "start-method = 'fork'\nmin-severity = 'error'\n");
        SettingsLayer flags = layer(Map.of("min-severity", "warning"));
        SettingsLayer editor =
                layer(Map.of("min-severity", "information", "start-method", "spawn", "platforms", List.of("macos")));

        FoundProject found = finder.find(folder.resolve("a.py"), new Overrides(flags, editor, folder));

        assertThat(found.project().settings().minSeverity()).isEqualTo(Severity.WARNING);
        assertThat(found.project().settings().startMethod()).contains(StartMethod.FORK);
        assertThat(found.project().targets().systems()).containsExactly(OperatingSystem.MACOS);
        assertThat(found.systemsFrom()).isEqualTo("the editor's settings");
    }

    @Test
    void problems_point_at_the_faulty_part_and_the_rest_is_in_force() throws IOException {
        write("pyproject.toml", """
                # é 😀
                [tool.spawnproof]
                "sel ect" = 1
                select = ["unused-supression", 7,
                  'invalid-setting']
                ignore = "unused-suppression"
                  min_severity = 'error' # 😀
                python-versions = [3.10, "3.7", '3.12']
                platforms = ["😀", "linx"]
                start-method = { a = 1 } # why
                exclude = ["a", 1.5]
                nested.key = 1

                [tool.spawnproof.table]
                x = 1
                """);

        assertThat(problems())
                .containsExactly(
                        "3:1 \"sel ect\" There is no setting `sel ect`; did you mean `select`?",
                        "4:11 \"unused-supression\" There is no rule `unused-supression`; "
                                + "did you mean `unused-suppression`?",
                        "4:32 7 `select` takes strings, such as \"unguarded-process-start\"",
                        "6:10 \"unused-suppression\" `ignore` takes a list of strings",
                        "7:3 min_severity There is no setting `min_severity`; did you mean `min-severity`?",
                        "8:20 3.10 `python-versions` takes strings, such as \"3.10\"",
                        "8:26 \"3.7\" `3.7` is not one of 3.8, 3.9, 3.10, 3.11, 3.12, 3.13, 3.14, 3.15",
                        "9:14 \"😀\" `😀` is not one of windows, macos, linux",
                        "9:20 \"linx\" `linx` is not one of windows, macos, linux",
                        "10:16 { a = 1 } `start-method` takes one of \"fork\", \"spawn\", \"forkserver\"",
                        "11:17 1.5 `exclude` takes strings, such as \"1.5\"",
                        "12:1 nested.key There is no setting `nested`; there are "
                                + String.join(", ", SettingsValues.KEYS),
                        "14:1 [tool.spawnproof.table] There is no setting `table`; there are "
                                + String.join(", ", SettingsValues.KEYS));
        Settings settings = settings("a.py");
        assertThat(settings.select()).containsExactly("invalid-setting");
        assertThat(settings.pythonVersions()).containsExactly(new PythonVersion(3, 12));
        assertThat(settings.exclude()).containsExactly("a");
        assertThat(settings.platforms()).isEmpty();
    }

    @Test
    void a_class_path_is_relative_to_the_file_that_names_it() throws IOException {
        write("spawnproof.toml", "java.class-path = ['lib/*', '/opt/x.jar']\n");
        write("sub/pyproject.toml", "[tool.spawnproof.java]\nclass-path = ['classes']\n");
        write("quoted/spawnproof.toml", "'java.class-path' = ['a.jar']\n");

        assertThat(problems()).isEmpty();
        assertThat(settings("A.java").javaClassPath()).containsExactly(folder.resolve("lib") + "/*", "/opt/x.jar");
        assertThat(settings("sub/A.java").javaClassPath())
                .containsExactly(folder.resolve("sub/classes").toString());
        assertThat(settings("quoted/A.java").javaClassPath())
                .containsExactly(folder.resolve("quoted/a.jar").toString());
    }

    @Test
    void a_wrong_class_path_is_said_where_it_is() throws IOException {
        write("spawnproof.toml", "java.class-path = ['a.jar', 5]\n");
        assertThat(problems()).containsExactly("1:29 5 `java.class-path` takes strings, such as \"lib/*\"");

        finder.invalidate();
        write("spawnproof.toml", "java.class-path = 'a.jar'\n");
        assertThat(problems()).containsExactly("1:19 'a.jar' `java.class-path` takes a list of strings");

        finder.invalidate();
        write("spawnproof.toml", "[java]\nclas-path = ['a.jar']\n");
        assertThat(problems())
                .containsExactly("2:1 clas-path There is no setting `java.clas-path`; did you mean `java.class-path`?");
        assertThat(finder.find(folder.resolve("a.py"), none)
                        .settingsFile()
                        .orElseThrow()
                        .problems()
                        .get(0)
                        .fixes())
                .isEmpty();

        finder.invalidate();
        write("spawnproof.toml", "java = 5\n");
        assertThat(problems()).singleElement().asString().startsWith("1:1 java There is no setting `java`");
    }

    @Test
    void damaged_toml_is_said_where_it_is() throws IOException {
        write("pyproject.toml", "[tool.spawnproof]\nignore = = 3\nmin-severity = 'error'\nmin-severity = 'warning'\n");

        assertThat(problems()).hasSize(2);
        assertThat(problems().get(0)).startsWith("2:10 = This is no valid TOML: Unexpected '='");
        assertThat(problems().get(1)).startsWith("4:1 min-severity This is no valid TOML: min-severity previously");
        assertThat(settings("a.py").minSeverity()).isEqualTo(Severity.ERROR);
    }

    @Test
    void a_table_in_the_own_file_is_explained() throws IOException {
        write("spawnproof.toml", "[tool.spawnproof]\nmin-severity = 'error'\n");

        assertThat(problems())
                .containsExactly(
                        "1:1 [tool.spawnproof] In `spawnproof.toml` the settings stand at the top, in no table");
    }

    @Test
    void a_settings_file_that_is_no_utf_8_is_said() throws IOException {
        Files.write(folder.resolve("spawnproof.toml"), new byte[] {'#', (byte) 0xE9});

        assertThat(problems()).containsExactly("1:1  The file cannot be read as UTF-8");
    }

    @Test
    void targets_come_from_the_project_s_metadata() throws IOException {
        write("a/pyproject.toml", "[project]\nname = 'x'\nrequires-python = \">=3.13\" # comment\n");
        write("b/pyproject.toml", "[tool.poetry.dependencies]\npython = \"^3.14\"\nrequests = '*'\n");
        write("c/pyproject.toml", """
                [project]
                description = \"""
                requires-python = '>=3.15'
                \"""
                classifiers = [
                  "Programming Language :: Python :: 3",
                  "Programming Language :: Python :: 3.9", # [not the end]
                  'Programming Language :: Python :: 3.11',
                ]
                """);
        write("d/setup.cfg", "[metadata]\nname = d\n[options]\npython_requires =\n    >=3.12,\n    <3.14\n");
        write(
                "e/setup.cfg",
                "[metadata]\nclassifiers =\n    Programming Language :: Python :: 3.10\n    License :: x\n");
        write("f/pyproject.toml", "[project]\nrequires-python = '==2.7.*'\n[build-system]\nrequires = ['x']\n");
        write("f/setup.cfg", "[options]\npython_requires: >=3.15\n");
        write("g/pyproject.toml", "[other]\nrequires-python = '>=3.15'\n");

        assertThat(targets("a/x.py")).isEqualTo("3.13 3.14 3.15 requires-python in pyproject.toml");
        assertThat(targets("a/deep/x.py")).isEqualTo(targets("a/x.py"));
        assertThat(targets("b/x.py")).isEqualTo("3.14 3.15 tool.poetry.dependencies.python in pyproject.toml");
        assertThat(targets("c/x.py")).isEqualTo("3.9 3.11 classifiers in pyproject.toml");
        assertThat(targets("d/x.py")).isEqualTo("3.12 3.13 python_requires in setup.cfg");
        assertThat(targets("e/x.py")).isEqualTo("3.10 classifiers in setup.cfg");
        assertThat(targets("f/x.py")).isEqualTo("3.15 python_requires in setup.cfg");
        assertThat(targets("g/x.py")).isEqualTo("3.10 3.11 3.12 3.13 3.14 3.15 default");
    }

    @Test
    void the_interpreter_of_a_project_counts_where_its_metadata_say_nothing() throws IOException {
        write("a/.python-version", "3.12.4\n");
        write("b/.python-version", "# pyenv\n3.14t\ncpython-3.11-linux\npypy3.10-7.3\nsystem\n2.7.18\n");
        write("c/.python-version", "3.12\n");
        write("c/pyproject.toml", "[project]\nrequires-python = '>=3.14'\n");
        write("d/.python-version", "system\n");

        assertThat(targets("a/x.py")).isEqualTo("3.12 .python-version");
        assertThat(targets("b/x.py")).isEqualTo("3.10 3.11 3.14 .python-version");
        assertThat(targets("c/x.py")).isEqualTo("3.14 3.15 requires-python in pyproject.toml");
        assertThat(targets("d/x.py")).endsWith(" default");
    }

    @Test
    void metadata_above_the_repository_do_not_count() throws IOException {
        write("pyproject.toml", "[project]\nrequires-python = '>=3.15'\n");
        Files.createDirectories(folder.resolve("repo/.git"));

        assertThat(targets("x.py")).startsWith("3.15 ");
        assertThat(targets("repo/x.py")).endsWith(" default");
    }

    @Test
    void exclusion_is_relative_to_the_settings_file() throws IOException {
        write("sub/spawnproof.toml", "exclude = ['/gen', 'x/**/skip.py', '!keep.py']\n");

        assertThat(excluded("sub/gen", true)).isTrue();
        assertThat(excluded("sub/a/gen", true)).isFalse();
        assertThat(excluded("sub/x/y/z/skip.py", false)).isTrue();
        assertThat(excluded("gen", true)).isFalse();
    }

    @Test
    void what_was_read_is_remembered_until_it_is_invalidated() throws IOException {
        write("spawnproof.toml", "min-severity = 'error'\n");
        assertThat(settings("a.py").minSeverity()).isEqualTo(Severity.ERROR);

        write("spawnproof.toml", "min-severity = 'warning'\n");

        assertThat(settings("a.py").minSeverity()).isEqualTo(Severity.ERROR);
        finder.invalidate();
        assertThat(settings("a.py").minSeverity()).isEqualTo(Severity.WARNING);
    }

    @Test
    void what_the_environment_selects_is_found_in_the_nearest_folder_that_says_so() throws IOException {
        write(".env", "A=1\nJINA_MP_START_METHOD=spawn\n");
        write("service/Dockerfile", "FROM python\nENV JINA_MP_START_METHOD=Fork\n");

        assertThat(selected("src/deep/a.py")).contains(new SelectedMethod(StartMethod.SPAWN, ".env, line 2"));
        assertThat(selected("service/a.py")).contains(new SelectedMethod(StartMethod.FORK, "Dockerfile, line 2"));
    }

    @Test
    void environment_files_that_differ_or_mean_nothing_select_nothing() throws IOException {
        write("differ/.env", "JINA_MP_START_METHOD=spawn\n");
        write("differ/Dockerfile", "ENV JINA_MP_START_METHOD=fork\n");
        write("invalid/.env", "JINA_MP_START_METHOD=spwan\n");
        write("open/.env", "JINA_MP_START_METHOD=$METHOD\n");
        write("run.sh", "JINA_MP_START_METHOD=spawn python a.py\n");

        assertThat(selected("differ/a.py")).isEmpty();
        assertThat(selected("invalid/a.py")).isEmpty();
        assertThat(selected("open/a.py")).isEmpty();
        assertThat(selected("a.py")).isEmpty();
    }

    @Test
    void the_environment_of_the_folder_above_a_project_is_not_its_own() throws IOException {
        write(".env", "JINA_MP_START_METHOD=spawn\n");
        write("inner/pyproject.toml", "[project]\nname = 'inner'\n");

        assertThat(selected("inner/src/a.py")).isEmpty();
        assertThat(selected("other/a.py")).isPresent();
    }

    @Test
    void a_changed_environment_is_read_again_when_that_is_asked_for() throws IOException {
        assertThat(selected("a.py")).isEmpty();

        write(".env", "JINA_MP_START_METHOD=spawn\n");
        finder.invalidate();

        assertThat(selected("a.py")).isPresent();
    }

    @Test
    void rules_are_off_in_files_that_match_a_pattern() throws IOException {
        write("sub/pyproject.toml", """
                [tool.spawnproof.per-file-ignores]
                "tests/**" = ["unused-suppression"]
                "gen" = ["invalid-setting"]
                "*_pb2.py" = ["invalid-setting", "unused-suppression"]
                "/only.py" = ["unused-suppression"]
                """);

        assertThat(settings("sub/tests/a.py").ignore()).containsExactly("unused-suppression");
        assertThat(settings("sub/tests/deep/a.py").ignore()).containsExactly("unused-suppression");
        assertThat(settings("sub/x/gen/y/a.py").ignore()).containsExactly("invalid-setting");
        assertThat(settings("sub/tests/gen/x_pb2.py").ignore())
                .containsExactlyInAnyOrder("invalid-setting", "unused-suppression");
        assertThat(settings("sub/only.py").ignore()).containsExactly("unused-suppression");
        assertThat(settings("sub/x/only.py").ignore()).isEmpty();
        assertThat(settings("tests/a.py").ignore()).isEmpty();
    }

    @Test
    void patterns_of_the_editor_are_relative_to_its_folder_and_those_of_a_file_replace_them() throws IOException {
        Overrides editor = Overrides.ofEditor(
                layer(Map.of("per-file-ignores./tests/", List.of("unused-suppression"))), folder.resolve("w"));
        write("w/file/spawnproof.toml", "per-file-ignores = { '*.txt' = [] }\n");

        assertThat(ignored("w/tests/a.py", editor)).containsExactly("unused-suppression");
        assertThat(ignored("tests/a.py", editor)).isEmpty();
        assertThat(ignored("w/file/tests/a.py", editor)).isEmpty();
    }

    private Set<String> ignored(String file, Overrides overrides) {
        return finder.projectOf(folder.resolve(file), overrides).settings().ignore();
    }

    @Test
    void severities_count_rule_by_rule() throws IOException {
        write("spawnproof.toml", "[severity]\ninvalid-setting = 'error'\nunused-suppression = 'off'\n");
        SettingsLayer flags = layer(Map.of("severity.unused-suppression", "hint"));
        SettingsLayer editor = layer(Map.of("severity.invalid-setting", "off"));

        Settings ofFile = settings("a.py");
        Settings ofAll = finder.projectOf(folder.resolve("a.py"), new Overrides(flags, editor, folder))
                .settings();

        assertThat(ofFile.severities().changed()).isEqualTo(Map.of("invalid-setting", Severity.ERROR));
        assertThat(ofFile.isOn("unused-suppression")).isFalse();
        assertThat(ofAll.severities().changed())
                .isEqualTo(Map.of("invalid-setting", Severity.ERROR, "unused-suppression", Severity.HINT));
        assertThat(ofAll.isOn("unused-suppression")).isTrue();
    }

    @Test
    void what_is_wrong_in_a_table_of_rules_or_files_is_said_where_it_is() throws IOException {
        write("pyproject.toml", """
                [tool.spawnproof.severity]
                unused-supression = "off"
                invalid-setting = "eror"
                unused-suppression = 5
                [tool.spawnproof.per-file-ignores]
                "tests/**" = ["unused-suppression", 'invalid-settings', 7]
                "#x" = ["invalid-setting"]
                "!x" = ["invalid-setting"]
                docs = "invalid-setting"
                """);

        assertThat(problems())
                .containsExactly(
                        "2:1 unused-supression There is no rule `unused-supression`; did you mean `unused-suppression`?",
                        "3:19 \"eror\" `eror` is not one of error, warning, information, hint, off",
                        "4:22 5 `severity.unused-suppression` takes one of \"error\", \"warning\", \"information\", "
                                + "\"hint\", \"off\"",
                        "6:37 'invalid-settings' There is no rule `invalid-settings`; did you mean `invalid-setting`?",
                        "6:57 7 `per-file-ignores.tests/**` takes strings, such as \"unguarded-process-start\"",
                        "7:1 \"#x\" `#x` matches no file; patterns are those of `.gitignore`",
                        "8:1 \"!x\" `!x` matches no file; patterns are those of `.gitignore`",
                        "9:8 \"invalid-setting\" `per-file-ignores.docs` takes a list of strings");
        assertThat(mended())
                .contains("[tool.spawnproof.severity]\nunused-suppression = \"off\"\ninvalid-setting = \"error\"");
    }

    @Test
    void tables_may_be_written_in_other_ways() throws IOException {
        write("spawnproof.toml", """
                severity.unused-supression = "off"
                per-file-ignores = { "a" = ["invalid-settin"] }
                baseline = 5
                """);
        assertThat(problems())
                .containsExactly(
                        "1:10 unused-supression There is no rule `unused-supression`; did you mean `unused-suppression`?",
                        "2:29 \"invalid-settin\" There is no rule `invalid-settin`; did you mean `invalid-setting`?",
                        "3:12 5 `baseline` takes the name of a file");

        finder.invalidate();
        write("spawnproof.toml", "severity = { invalid-setting = 'eror', x = 'off' }\nper-file-ignores = ['a']\n");
        assertThat(problems())
                .containsExactly(
                        "1:32 'eror' `eror` is not one of error, warning, information, hint, off",
                        "1:40 x There is no rule `x`; `spawnproof rules` lists them",
                        "2:20 ['a'] `per-file-ignores` is a table of patterns: "
                                + "`\"tests/**\" = [\"unguarded-process-start\"]`");

        finder.invalidate();
        write("spawnproof.toml", "severity = 'error'\n[severities]\n[per-file-ignores.tests]\n");
        assertThat(problems())
                .containsExactly(
                        "1:12 'error' `severity` is a table of rules: `unguarded-process-start = \"warning\"`",
                        "2:1 [severities] There is no setting `severities`; did you mean `severity`?",
                        "3:1 [per-file-ignores.tests] `per-file-ignores.tests` takes a list of strings");
    }

    /** Returns the settings file after the fixes of all its problems. */
    private String mended() {
        SettingsFile file =
                finder.find(folder.resolve("a.py"), none).settingsFile().orElseThrow();
        List<TextEdit> edits = file.problems().stream()
                .flatMap(problem -> problem.fixes().stream())
                .flatMap(fix -> fix.edits().stream())
                .toList();
        return TextEdit.apply(file.source().text(), edits);
    }

    private Optional<SelectedMethod> selected(String file) {
        return finder.projectOf(folder.resolve(file), none).selected();
    }

    private void write(String name, String text) throws IOException {
        Path path = folder.resolve(name);
        Files.createDirectories(path.getParent());
        Files.writeString(path, text);
    }

    private Settings settings(String file) {
        return finder.projectOf(folder.resolve(file), none).settings();
    }

    private boolean excluded(String path, boolean isFolder) {
        return finder.isExcluded(folder.resolve(path), isFolder, none);
    }

    private String targets(String file) {
        FoundProject found = finder.find(folder.resolve(file), none);
        StringBuilder text = new StringBuilder();
        found.project()
                .targets()
                .versions()
                .forEach(version -> text.append(version).append(' '));
        return text + found.versionsFrom();
    }

    private static SettingsLayer layer(Map<String, ?> values) {
        return SettingsValues.read(values, RULES).layer();
    }

    /** Returns each problem as line, column, the marked text and the message. */
    private List<String> problems() {
        SettingsFile file =
                finder.find(folder.resolve("a.py"), none).settingsFile().orElseThrow();
        return file.problems().stream().map(problem -> describe(file, problem)).toList();
    }

    private static String describe(SettingsFile file, Finding problem) {
        int start = problem.range().start();
        int line = file.source().lines().lineAt(start);
        int column = start - file.source().lines().start(line);
        return "%d:%d %s %s".formatted(line + 1, column + 1, file.source().slice(problem.range()), problem.message());
    }
}
