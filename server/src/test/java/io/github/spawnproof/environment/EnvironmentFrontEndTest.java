package io.github.spawnproof.environment;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.spawnproof.boundary.VariableSetting;
import io.github.spawnproof.source.CancelToken;
import io.github.spawnproof.source.DocumentSnapshot;
import io.github.spawnproof.source.Language;
import io.github.spawnproof.source.SourceText;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class EnvironmentFrontEndTest {

    private static final String ALL_FORMS = ".env,.bashrc,Dockerfile,jina.service,tox.ini,pyproject.toml";

    private static EnvironmentFile read(String file, String text) {
        return new EnvironmentFrontEnd()
                .read(DocumentSnapshot.of("file:///project/" + file, Language.ENVIRONMENT, text), CancelToken.NEVER);
    }

    /** Returns {@code NAME=value}, the range's text behind it in brackets; {@code ?} for a value that the file does not tell. */
    private static List<String> settings(String file, String text) {
        String known = text.replace("JINA", "JINA_MP_START_METHOD");
        EnvironmentFile read = read(file, known);
        SourceText source = read.source();
        return read.settings().stream()
                .peek(setting -> assertThat(source.slice(setting.range())).isEqualTo(setting.name()))
                .map(setting -> setting.name().replace("JINA_MP_START_METHOD", "JINA") + "=" + value(setting, source))
                .toList();
    }

    private static String value(VariableSetting setting, SourceText source) {
        return setting.value().orElse("?") + "[" + source.slice(setting.valueRange()) + "]";
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '~', textBlock = """
            .env       | JINA=spawn               | JINA=spawn[spawn]
            .env       | export JINA=spawn        | JINA=spawn[spawn]
            .env       | JINA = spawn             | JINA=spawn[spawn]
            .env       | JINA="spawn "            | JINA=spawn [spawn ]
            .env       | JINA='spawn'             | JINA=spawn[spawn]
            .env       | JINA=spawn # why         | JINA=spawn[spawn]
            .env       | JINA=                    | JINA=[]
            .env       | JINA=$OTHER              | JINA=?[$OTHER]
            .env       | JINA=${OTHER:-spawn}     | JINA=?[${OTHER:-spawn}]
            .env       | JINA='$OTHER'            | JINA=$OTHER[$OTHER]
            .env.local | JINA=fork                | JINA=fork[fork]
            run.sh     | JINA=spawn python x.py   | JINA=spawn[spawn]
            run.sh     | A=1 JINA=spawn python x  | JINA=spawn[spawn]
            run.sh     | A="1 2" JINA=spawn x     | JINA=spawn[spawn]
            run.sh     | export A=1 JINA=spawn    | JINA=spawn[spawn]
            run.sh     | export "JINA=spawn"      | JINA=spawn[spawn]
            run.sh     | declare -x JINA=spawn    | JINA=spawn[spawn]
            run.sh     | env -i JINA=spawn x      | JINA=spawn[spawn]
            run.sh     | cd x && JINA=spawn y     | JINA=spawn[spawn]
            run.sh     | (JINA=spawn y)           | JINA=spawn[spawn]
            run.sh     | if x; then JINA=spawn y  | JINA=spawn[spawn]
            run.sh     | JINA=$(choose)           | JINA=?[$]
            run.sh     | JINA="sp"awn             | JINA=spawn["sp"awn]
            Dockerfile | ENV JINA=spawn           | JINA=spawn[spawn]
            Dockerfile | env JINA spawn           | JINA=spawn[spawn]
            Dockerfile | ENV A=1 JINA="spawn"     | JINA=spawn[spawn]
            Dockerfile | ENV JINA=${METHOD}       | JINA=?[${METHOD}]
            x.service  | Environment=JINA=spawn   | JINA=spawn[spawn]
            x.service  | Environment="JINA=spawn" | JINA=spawn[spawn]
            x.service  | Environment=A=1 JINA=spawn | JINA=spawn[spawn]
            x.service  | Environment="A=1 2" "JINA=spawn " | JINA=spawn [spawn ]
            x.service  | Environment=JINA=%i      | JINA=?[%i]
            """)
    void reads_the_forms_of_one_setting(String file, String text, String expected) {
        assertThat(settings(file, text)).containsExactly(expected);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '~', textBlock = """
            .env       | # JINA=spawn
            .env       | MY_JINA=spawn
            .env       | JINA_2=spawn
            .env       | A=JINA=spawn
            run.sh     | echo JINA=spawn
            run.sh     | echo "JINA=spawn"
            run.sh     | echo x # JINA=spawn
            run.sh     | grep -q JINA=spawn .env
            run.sh     | test "$JINA" = spawn
            run.sh     | unset JINA
            Dockerfile | RUN echo JINA=spawn
            Dockerfile | ARG JINA=spawn
            Dockerfile | # ENV JINA=spawn
            x.service  | ExecStart=/bin/x JINA=spawn
            x.service  | # Environment=JINA=spawn
            x.service  | ; Environment=JINA=spawn
            tox.ini    | JINA = spawn
            """)
    void is_silent_about_what_sets_nothing(String file, String text) {
        assertThat(settings(file, text)).isEmpty();
    }

    @Test
    void a_statement_of_a_dockerfile_goes_on_behind_a_backslash() {
        assertThat(settings(
                        "Dockerfile",
                        "FROM python\nENV A=1 \\\n    # a comment\n    JINA=spawn \\\n    B=2\nRUN JINA=fork x\n"))
                .containsExactly("JINA=spawn[spawn]");
    }

    @Test
    void tox_has_its_variables_below_a_key() {
        assertThat(
                        settings(
                                "tox.ini",
                                "[testenv]\nsetenv =\n    A = 1\n    JINA = spawn\n    OTHER = {env:JINA:fork}\ncommands =\n    JINA = fork\n"))
                .containsExactly("JINA=spawn[spawn]");
        assertThat(settings("tox.ini", "[testenv]\nset_env = JINA = spawn\n")).containsExactly("JINA=spawn[spawn]");
        assertThat(settings("tox.ini", "[testenv]\nset_env =\n    JINA = {posargs}\n"))
                .containsExactly("JINA=?[{posargs}]");
    }

    @Test
    void the_plugin_of_pytest_has_flags_before_the_name() {
        assertThat(settings("pytest.ini", "[pytest]\nenv =\n    D:JINA=spawn\n    R:D:A=1\naddopts = -q\n"))
                .containsExactly("JINA=spawn[spawn]");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '~', textBlock = """
            [tool.pytest_env];JINA = "spawn"                        | JINA=spawn[spawn]
            [tool.pytest_env];JINA = {value = "spawn", raw = true}  | JINA=spawn[spawn]
            [tool.pytest_env.JINA];value = 'spawn'                  | JINA=spawn[spawn]
            [tool.pytest_env];"JINA" = "{HOME}"                     | JINA=?[{HOME}]
            [tool.pytest.ini_options];env = ["A=1", "R:D:JINA=x"]   | JINA=x[x]
            [tool.pytest.ini_options];env = ["JINA = spawn "]       | JINA=spawn[spawn]
            [tool.hatch.envs.test.env-vars];JINA = "spawn" # why    | JINA=spawn[spawn]
            [tool.pdm.scripts];x = {cmd = "y", env = {JINA = "fork"}} | JINA=fork[fork]
            [[tool.x.env]];a.b = [1, 2];JINA = "spawn"              | JINA=spawn[spawn]
            ?broken [;[tool.pytest_env];= 1;JINA = "spawn"          | JINA=spawn[spawn]
            [tool.pytest_env];A = "it;JINA = "spawn"                | JINA=spawn[spawn]
            [tool.pytest_env];JINA = "a\\tb"                      | JINA=?[a\\tb]
            """)
    void reads_the_tables_of_toml(String text, String expected) {
        assertThat(settings("pyproject.toml", text.replace(";", "\n"))).containsExactly(expected);
    }

    @Test
    void toml_is_deep_and_long_without_end() {
        assertThat(settings("pyproject.toml", "env = " + "[".repeat(100_000) + "\nenv.JINA = 'spawn'\n"))
                .containsExactly("JINA=spawn[spawn]");
        assertThat(settings("pyproject.toml", "x = \"\"\"\nenv.JINA = 'spawn'\n"))
                .isEmpty();
        assertThat(settings("pyproject.toml", "env.JINA = 1\nenv.JINA = true\nJINA = 'spawn'\n"))
                .isEmpty();
    }

    @Test
    void what_a_shell_hands_to_a_command_is_no_command() {
        assertThat(settings("run.sh", "cat <<EOF >x\nJINA=a\nEOF\nJINA=spawn x\n"))
                .containsExactly("JINA=spawn[spawn]");
        assertThat(settings("run.sh", "cat << 'E F' <<-TWO\nJINA=a\nE F\nJINA=b\n\tTWO\nJINA=spawn x\n"))
                .containsExactly("JINA=spawn[spawn]");
        assertThat(settings("run.sh", "cat <<<EOF\nJINA=spawn x\nEOF\n")).containsExactly("JINA=spawn[spawn]");
        assertThat(settings("run.sh", "x=$((1 << 2))\ny=$(( 1 <<2 ))\nJINA=spawn x\n"))
                .containsExactly("JINA=spawn[spawn]");
        assertThat(settings("run.sh", "cat <<")).isEmpty();
    }

    @Test
    void ranges_are_right_behind_a_mark_emoji_and_other_line_ends() {
        assertThat(settings(".env", "\uFEFFA=\uD83D\uDE00\r\nJINA=spawn\r\n")).containsExactly("JINA=spawn[spawn]");
        assertThat(settings(".env", "\uFEFFJINA=spawn")).containsExactly("JINA=spawn[spawn]");
        assertThat(settings(".env", "A=1\rJINA=spawn\r")).containsExactly("JINA=spawn[spawn]");
    }

    @Test
    void a_quote_that_stays_open_costs_no_other_line() {
        assertThat(settings(".env", "A='it\nJINA=spawn\n")).containsExactly("JINA=spawn[spawn]");
        assertThat(settings("Dockerfile", "LABEL a=it's\nENV JINA=spawn\n")).containsExactly("JINA=spawn[spawn]");
        assertThat(settings("run.sh", "echo it's\nJINA=spawn x\n")).containsExactly("JINA=spawn[spawn]");
    }

    @Test
    void a_string_of_several_lines_is_one_word_for_a_shell() {
        assertThat(settings("run.sh", "echo 'first\nJINA=spawn x\n'\nJINA=fork y\n"))
                .containsExactly("JINA=fork[fork]");
    }

    @ParameterizedTest
    @ValueSource(strings = {".env", ".bashrc", "Dockerfile", "jina.service", "tox.ini", "pyproject.toml"})
    void any_prefix_of_any_text_gives_facts_in_order(String file) {
        String text = """
                [testenv]
                setenv =
                  JINA_MP_START_METHOD = 'spawn'
                export JINA_MP_START_METHOD="a\\
                 b" # it's
                env = ["D:JINA_MP_START_METHOD=spawn", {a = 'JINA_MP_START_METHOD=x'}]
                set_env = {JINA_MP_START_METHOD = "spawn", x = [}
                cat <<EOF
                JINA_MP_START_METHOD=x
                EOF
                ENV JINA_MP_START_METHOD spawn
                Environment="JINA_MP_START_METHOD=x" JINA_MP_START_METHOD=""";
        for (int end = 0; end <= text.length(); end++) {
            EnvironmentFile read = read(file, text.substring(0, end));

            int last = 0;
            for (VariableSetting setting : read.settings()) {
                assertThat(setting.range().start()).isGreaterThanOrEqualTo(last);
                assertThat(setting.valueRange().start())
                        .isGreaterThan(setting.range().start());
                assertThat(setting.valueRange().end())
                        .isBetween(setting.valueRange().start(), end);
                last = setting.range().end();
            }
        }
    }

    @Test
    void comments_are_known_in_the_forms_that_have_them() {
        for (String file : ALL_FORMS.split(",", -1)) {
            EnvironmentFile read = read(file, "# spawnproof: ignore-file[x]\nA=1\n");

            assertThat(read.comments()).hasSize(1);
            assertThat(read.source().slice(read.comments().get(0))).isEqualTo("# spawnproof: ignore-file[x]");
            assertThat(read.firstStatement()).isEqualTo(29);
        }
    }
}
