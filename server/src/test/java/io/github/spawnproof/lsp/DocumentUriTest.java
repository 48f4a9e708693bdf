package io.github.spawnproof.lsp;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DocumentUriTest {

    @ParameterizedTest
    @CsvSource({
        "file:///C:/a.py, file:///c%3A/a.py",
        "file:///C%3a/a.py, file:///c:/a.py",
        "FILE:///a.py, file:///a.py",
        "file:/a.py, file:///a.py",
        "file://localhost/a.py, file:///a.py",
        "file://HOST/a.py, file://host/a.py",
        "file:///a%20b%2Bc.py, file:///a b+c.py",
        "file:///caf%C3%A9.py, file:///cafe%CC%81.py",
        "file:///100%.py, file:///100%25.py",
        "untitled:Untitled%2D1, untitled:Untitled-1",
    })
    void spellings_of_one_place_have_one_key(String one, String other) {
        assertThat(DocumentUri.of(one).key()).isEqualTo(DocumentUri.of(other).key());
        assertThat(DocumentUri.of(one).spelling()).isEqualTo(one);
    }

    @ParameterizedTest
    @CsvSource({
        "file:///a.py, file:///A.py",
        "file:///c:/A.py, file:///c:/a.py",
        "file://host/a.py, file:///a.py",
        "untitled:/a.py, file:///a.py",
        "vscode-notebook-cell:/n.ipynb#W0, vscode-notebook-cell:/n.ipynb%23W0",
        "vscode-notebook-cell:/n.ipynb#W0, vscode-notebook-cell:/n.ipynb#W1",
    })
    void different_places_have_different_keys(String one, String other) {
        assertThat(DocumentUri.of(one).key()).isNotEqualTo(DocumentUri.of(other).key());
    }

    @ParameterizedTest
    @CsvSource({"''", "%", "file:", "file:%", "file://", ":", "no-scheme", "file:///a%2", "file:///%00.py"})
    void anything_has_a_key(String spelling) {
        assertThat(DocumentUri.of(spelling).spelling()).isEqualTo(spelling);
        assertThat(DocumentUri.of(spelling).path().isPresent()
                        || !DocumentUri.of(spelling).hasPythonExtension()
                        || spelling.contains("%00"))
                .isTrue();
    }

    @Test
    void only_files_have_a_path() {
        assertThat(DocumentUri.of("file:///shop/a%20b.py").path()).contains(Path.of("/shop/a b.py"));
        assertThat(DocumentUri.of("untitled:/shop/a.py").path()).isEmpty();
        assertThat(DocumentUri.of("vscode-vfs://github/a.py").path()).isEmpty();
    }

    @Test
    void the_extension_of_a_file_tells_python() {
        assertThat(DocumentUri.of("file:///A.PY").hasPythonExtension()).isTrue();
        assertThat(DocumentUri.of("file:///a.pyi").hasPythonExtension()).isTrue();
        assertThat(DocumentUri.of("file:///a.pyw").hasPythonExtension()).isTrue();
        assertThat(DocumentUri.of("file:///a.pyc").hasPythonExtension()).isFalse();
        assertThat(DocumentUri.of("untitled:a.py").hasPythonExtension()).isFalse();
    }
}
