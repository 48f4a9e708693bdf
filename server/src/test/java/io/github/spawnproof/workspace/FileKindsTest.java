package io.github.spawnproof.workspace;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.spawnproof.source.Language;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class FileKindsTest {

    @ParameterizedTest
    @CsvSource({
        "dockerfile.py, PYTHON",
        ".env.py, PYTHON",
        "Dockerfile, ENVIRONMENT",
        "Dockerfile.gpu, ENVIRONMENT",
        "api.Dockerfile, ENVIRONMENT",
        ".env, ENVIRONMENT",
        ".env.local, ENVIRONMENT",
        "flow.YML, YAML",
        ".vscode/launch.json, YAML",
        "titles.ipynb, NOTEBOOK",
    })
    void a_name_tells_what_reads_a_file(Path file, Language language) {
        assertThat(FileKinds.of(file)).contains(language);
    }

    @ParameterizedTest
    @ValueSource(strings = {"py", "yml", "launch.json", "notes.txt", "other.toml", "Dockerfiles", ""})
    void other_files_are_read_by_nothing(Path file) {
        assertThat(FileKinds.of(file)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"run.log", "notes.txt", "README.md", "slurm.out"})
    void text_is_read_only_where_it_is_open(String name) {
        assertThat(FileKinds.of(Path.of(name))).isEmpty();
        assertThat(FileKinds.ofDocument("", Optional.of(Path.of(name)))).contains(Language.TEXT);
    }

    @ParameterizedTest
    @CsvSource({
        "python, run.log, PYTHON",
        "plaintext, run.py, PYTHON",
        "plaintext, flow.yml, YAML",
        "plaintext, .env, ENVIRONMENT",
        "python, Dockerfile, ENVIRONMENT",
        "log, run.1, TEXT",
        "Log, run.1, TEXT"
    })
    void what_the_editor_says_and_the_name_decide(String identifier, String name, Language language) {
        assertThat(FileKinds.ofDocument(identifier, Optional.of(Path.of(name)))).contains(language);
    }

    @ParameterizedTest
    @CsvSource({"rust, main.rs", "'', Makefile", "json, data.json", "json, titles.ipynb", "python, titles.ipynb"})
    void others_are_left_alone(String identifier, String name) {
        assertThat(FileKinds.ofDocument(identifier, Optional.of(Path.of(name)))).isEmpty();
    }
}
