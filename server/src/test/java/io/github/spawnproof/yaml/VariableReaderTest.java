package io.github.spawnproof.yaml;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.spawnproof.boundary.VariableSetting;
import io.github.spawnproof.project.Surroundings;
import io.github.spawnproof.source.CancelToken;
import io.github.spawnproof.source.DocumentSnapshot;
import io.github.spawnproof.source.Language;
import io.github.spawnproof.source.TextRange;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class VariableReaderTest {

    private static final String JINA = "JINA_MP_START_METHOD";
    private static final String OBJC = "OBJC_DISABLE_INITIALIZE_FORK_SAFETY";

    static Stream<Arguments> files() {
        return Stream.of(
                Arguments.of(
                        "docker-compose.yml",
                        """
                        x-env: &env
                          OTHER: spawn
                        services:
                          web:
                            image: x
                            environment:
                              <<: *env
                              JINA_MP_START_METHOD: spawn
                          worker:
                            environment:
                              - JINA_MP_START_METHOD=fork
                              - "OBJC_DISABLE_INITIALIZE_FORK_SAFETY=YES"
                              - 'JINA_MP_START_METHOD= Spawn '
                          host:
                            environment:
                              - JINA_MP_START_METHOD
                              - JINA_MP_START_METHOD=${METHOD:-spawn}
                        """,
                        List.of(
                                "JINA_MP_START_METHOD=spawn",
                                "JINA_MP_START_METHOD=fork",
                                "OBJC_DISABLE_INITIALIZE_FORK_SAFETY=YES",
                                "JINA_MP_START_METHOD= Spawn ",
                                "JINA_MP_START_METHOD?",
                                "JINA_MP_START_METHOD?${METHOD:-spawn}")),
                Arguments.of("k8s.yaml", """
                        apiVersion: apps/v1
                        kind: Deployment
                        spec:
                          template:
                            spec:
                              containers:
                                - name: a
                                  env:
                                    - name: JINA_MP_START_METHOD
                                      value: "spawn"
                                    - name: OBJC_DISABLE_INITIALIZE_FORK_SAFETY
                                      valueFrom: {secretKeyRef: {name: a, key: b}}
                        ---
                        kind: ConfigMap
                        data:
                          JINA_MP_START_METHOD: forkserver
                        """, List.of("JINA_MP_START_METHOD=spawn", "JINA_MP_START_METHOD=forkserver")),
                Arguments.of(
                        ".github/workflows/test.yml",
                        """
                        on: push
                        env:
                          JINA_MP_START_METHOD: a
                        jobs:
                          test:
                            env:
                              JINA_MP_START_METHOD: b
                            steps:
                              - run: x
                                env: {JINA_MP_START_METHOD: c}
                              - run: JINA_MP_START_METHOD=d pytest
                              - env:
                                  JINA_MP_START_METHOD: ${{ matrix.method }}
                        """,
                        List.of(
                                "JINA_MP_START_METHOD=a",
                                "JINA_MP_START_METHOD=b",
                                "JINA_MP_START_METHOD=c",
                                "JINA_MP_START_METHOD?${{ matrix.method }}")),
                Arguments.of(
                        ".gitlab-ci.yml",
                        """
                        variables:
                          JINA_MP_START_METHOD:
                            value: spawn
                            description: how children start
                        test:
                          variables:
                            JINA_MP_START_METHOD: fork
                            OBJC_DISABLE_INITIALIZE_FORK_SAFETY: YES
                          script: pytest
                        """,
                        List.of(
                                "JINA_MP_START_METHOD=spawn",
                                "JINA_MP_START_METHOD=fork",
                                "OBJC_DISABLE_INITIALIZE_FORK_SAFETY?YES")),
                Arguments.of(
                        ".vscode/launch.json",
                        """
                        {
                        \t// "env": {"JINA_MP_START_METHOD": "no"},
                        \t"configurations": [
                        \t\t{
                        \t\t\t"name": "a // b",
                        \t\t\t"env": {"JINA_MP_START_METHOD":"spawn", /* x */ "OTHER": "é😀\\u00e9"},
                        \t\t\t"osx": {"env": {"OBJC_DISABLE_INITIALIZE_FORK_SAFETY": "${env:X}",},},
                        \t\t\t"envFile": "JINA_MP_START_METHOD=no"
                        \t\t},
                        \t],
                        }
                        """,
                        List.of("JINA_MP_START_METHOD=spawn", "OBJC_DISABLE_INITIALIZE_FORK_SAFETY?${env:X}")),
                Arguments.of(
                        ".vscode/settings.json",
                        """
                        {"terminal.integrated.env.linux": {"JINA_MP_START_METHOD": "spawn "},
                         "python.envFile": "${workspaceFolder}/JINA_MP_START_METHOD",
                         "terminal.integrated.env.osx": {"OBJC_DISABLE_INITIALIZE_FORK_SAFETY": null}}
                        """,
                        List.of("JINA_MP_START_METHOD=spawn ", "OBJC_DISABLE_INITIALIZE_FORK_SAFETY?null")),
                Arguments.of(
                        ".vscode/tasks.json",
                        "{\"tasks\": [{\"options\": {\"env\": {\"JINA_MP_START_METHOD\": \"fork\"}}}]}\n",
                        List.of("JINA_MP_START_METHOD=fork")),
                Arguments.of("flow.yml", """
                        jtype: Flow
                        executors:
                          - uses: Own
                            env:
                              JINA_MP_START_METHOD: nonsense
                        """, List.of()),
                Arguments.of("mkdocs.yml", "nav:\n  - JINA_MP_START_METHOD: method.md\n", List.of()));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("files")
    void settings_are_found_with_their_places(String file, String text, List<String> expected) {
        for (String variant : List.of(text, "\uFEFF" + text.replace("\n", "\r\n"))) {
            List<VariableSetting> settings = read(file, variant);

            assertThat(settings.stream().map(setting -> show(setting, variant))).isEqualTo(expected);
            assertThat(settings)
                    .allSatisfy(setting ->
                            assertThat(slice(variant, setting.range())).isEqualTo(setting.name()));
        }
    }

    @Test
    void a_key_without_a_value_has_an_empty_place_for_it() {
        String text = "env:\n  " + JINA + ":\n  OTHER: 1\n";

        VariableSetting setting = read("a.yml", text).get(0);

        assertThat(setting.value()).isEmpty();
        assertThat(setting.valueRange())
                .isEqualTo(new TextRange(text.indexOf(":\n  O") + 1, text.indexOf(":\n  O") + 1));
    }

    @Test
    void what_is_typed_at_the_end_leaves_the_rest() {
        assertThat(read("a.yml", "env:\n  " + OBJC + ": 'YES'\n  other: [\"x\nb: c"))
                .hasSize(1);
    }

    private static List<VariableSetting> read(String file, String text) {
        return new YamlFrontEnd()
                .read(
                        DocumentSnapshot.of("file:///project/" + file, Language.YAML, text),
                        Surroundings.UNKNOWN,
                        CancelToken.NEVER)
                .settings();
    }

    private static String show(VariableSetting setting, String text) {
        String written = slice(text, setting.valueRange());
        setting.value().ifPresent(value -> assertThat(written).isEqualTo(value));
        return setting.name() + (setting.value().isPresent() ? "=" : "?") + written;
    }

    private static String slice(String text, TextRange range) {
        return text.substring(range.start(), range.end());
    }
}
