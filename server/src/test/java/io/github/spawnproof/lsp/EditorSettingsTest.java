package io.github.spawnproof.lsp;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonParser;
import io.github.spawnproof.boundary.OperatingSystem;
import io.github.spawnproof.boundary.PythonVersion;
import io.github.spawnproof.boundary.StartMethod;
import io.github.spawnproof.finding.Severity;
import io.github.spawnproof.project.Settings;
import io.github.spawnproof.project.SeverityOverrides;
import io.github.spawnproof.rule.RuleCatalog;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class EditorSettingsTest {

    private static final RuleCatalog CATALOG = new RuleCatalog(List.of(new FlagWord(), new EntryGate()));
    private static final Settings EVERYTHING = new Settings(
            Set.of("flag-word"),
            Set.of("entry-gate"),
            Severity.WARNING,
            List.of(OperatingSystem.LINUX, OperatingSystem.MACOS),
            List.of(new PythonVersion(3, 10), new PythonVersion(3, 14)),
            Optional.of(StartMethod.SPAWN),
            List.of("build/"));

    private static EditorSettings read(String json) {
        return EditorSettings.read(JsonParser.parseString(json), Settings.DEFAULT, CATALOG);
    }

    @ParameterizedTest
    @ValueSource(strings = {"""
                {"select": ["flag-word"], "ignore": ["entry-gate"], "min-severity": "warning",
                 "platforms": ["linux", "macos"], "python-versions": ["3.10", "3.14"], "start-method": "spawn",
                 "exclude": ["build/"]}
                """, """
                {"settings": {"spawnproof": {"select": ["flag-word"], "ignore": ["entry-gate"],
                 "minSeverity": "warning", "platforms": ["linux", "macos"], "pythonVersions": ["3.10", "3.14"],
                 "startMethod": "spawn", "exclude": ["build/"], "java": {"home": "/x"}, "trace": {"server": "off"}}}}
                """})
    void keys_are_kebab_case_or_camel_case(String json) {
        EditorSettings read = read(json);

        assertThat(read.problems()).isEmpty();
        assertThat(read.settings()).isEqualTo(EVERYTHING);
    }

    @ParameterizedTest
    @ValueSource(strings = {"{}", "null", "5", "[]", "\"x\"", "{\"minSeverity\": null, \"startMethod\": \"\"}"})
    void what_says_nothing_changes_nothing(String json) {
        EditorSettings read = EditorSettings.read(JsonParser.parseString(json), EVERYTHING, CATALOG);

        assertThat(read.problems()).isEmpty();
        assertThat(read.settings()).isEqualTo(EVERYTHING);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{\"select\": \"flag-word\"} | select must be a list of strings",
                "{\"ignore\": [5]} | ignore: 5 is not a string",
                "{\"select\": [\"flag-wort\"]} | select: unknown value \"flag-wort\"; is flag-word meant?",
                "{\"select\": [\"zzzzzzzzzzz\"]} | select: unknown value \"zzzzzzzzzzz\"; no rule has this id",
                "{\"minSeverity\": \"low\"} | unknown value \"low\"; use error, warning, information or hint",
                "{\"platforms\": [\"win32\"]} | unknown value \"win32\"; use windows, macos or linux",
                "{\"pythonVersions\": [\"2.7\"]} | unknown value \"2.7\"; use 3.8 to 3.15",
                "{\"pythonVersions\": [3.1]} | python-versions: 3.1 is not a string",
                "{\"startMethod\": \"thread\"} | unknown value \"thread\"; use fork, spawn or forkserver",
                "{\"severity\": {\"flag-wort\": \"hint\"}} | There is no rule `flag-wort`; did you mean `flag-word`?",
                "{\"severity\": {\"flag-word\": \"low\"}} | `low` is not one of error, warning, information, hint, off",
                "{\"severity\": \"off\"} | `severity` is a table of rules",
                "{\"perFileIgnores\": {\"#x\": [\"flag-word\"]}} | `#x` matches no file",
                "{\"baseline\": 5} | `baseline` takes the name of a file",
                "{\"startMethods\": \"spawn\"} | unknown setting startMethods; is start-method meant?",
            })
    void a_wrong_value_is_reported_and_left_out(String json, String problem) {
        EditorSettings read = read(json);

        assertThat(read.problems()).singleElement().asString().contains(problem);
        assertThat(read.settings()).isEqualTo(Settings.DEFAULT);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"java\": {\"classPath\": [\"lib/*\"], \"home\": \"\"}}",
                "{\"java\": {\"class-path\": [\"lib/*\"]}}",
                "{\"java.classPath\": [\"lib/*\"]}",
                "{\"java.class-path\": [\"lib/*\"]}"
            })
    void a_class_path_has_many_spellings(String json) {
        EditorSettings read = read(json);

        assertThat(read.problems()).isEmpty();
        assertThat(read.settings().javaClassPath()).containsExactly("lib/*");
    }

    @ParameterizedTest
    @ValueSource(strings = {"per-file-ignores", "perFileIgnores"})
    void rules_are_set_for_files_and_one_by_one(String key) {
        EditorSettings read = read("""
                {"%s": {"tests/**": ["flag-word"]}, "baseline": "known.json",
                 "severity": {"flag-word": "hint", "entry-gate": "off"}}
                """.formatted(key));

        assertThat(read.problems()).isEmpty();
        assertThat(read.settings().perFileIgnores()).isEqualTo(Map.of("tests/**", Set.of("flag-word")));
        assertThat(read.settings().severities())
                .isEqualTo(new SeverityOverrides(Map.of("flag-word", Severity.HINT), Set.of("entry-gate")));
        assertThat(read.settings().baseline()).contains("known.json");
    }

    @Test
    void what_is_deleted_from_a_table_is_gone() {
        Settings before = read("{\"severity\": {\"flag-word\": \"hint\"}, \"perFileIgnores\": {\"a\": []}}")
                .settings();

        EditorSettings read = EditorSettings.read(
                JsonParser.parseString("{\"severity\": {}, \"perFileIgnores\": {}}"), before, CATALOG);

        assertThat(read.settings()).isEqualTo(Settings.DEFAULT);
    }

    @Test
    void a_wrong_class_path_is_said() {
        assertThat(read("{\"java\": {\"classPath\": \"lib\"}}").problems())
                .containsExactly("editor settings: java.class-path must be a list of strings");
        assertThat(read("{\"java\": {\"clasPath\": []}}").problems())
                .containsExactly("editor settings: unknown setting java.clasPath; is java.class-path meant?");
    }

    @Test
    void the_rest_of_wrong_settings_counts() {
        EditorSettings read =
                read("{\"platforms\": [\"linux\", \"os2\"], \"minSeverity\": 5, \"ignore\": [\"flag-word\"]}");

        assertThat(read.problems()).hasSize(2);
        assertThat(read.settings().platforms()).containsExactly(OperatingSystem.LINUX);
        assertThat(read.settings().ignore()).containsExactly("flag-word");
    }
}
