package io.github.spawnproof.workspace;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.spawnproof.source.Language;
import java.nio.file.Path;
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
    @ValueSource(strings = {"py", "yml", "launch.json", "notes.txt", "pyproject.toml", "Dockerfiles", ""})
    void other_files_are_read_by_nothing(Path file) {
        assertThat(FileKinds.of(file)).isEmpty();
    }
}
