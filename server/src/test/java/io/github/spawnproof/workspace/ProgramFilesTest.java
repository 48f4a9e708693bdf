package io.github.spawnproof.workspace;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.spawnproof.project.ImportOutline;
import io.github.spawnproof.project.OutlineReader;
import io.github.spawnproof.project.PythonSources;
import io.github.spawnproof.source.DocumentSnapshot;
import io.github.spawnproof.source.Language;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** How often the modules of a program are read. */
class ProgramFilesTest {

    /** Counts how often it reads; what it makes says which reader that was. */
    private static final class CountingReader implements OutlineReader {

        private final String key;
        private int reads;

        CountingReader(String key) {
            this.key = key;
        }

        @Override
        public String key() {
            return key;
        }

        @Override
        public ImportOutline read(DocumentSnapshot module, String path) {
            reads++;
            return new ImportOutline(path + "/", List.of(key, module.source().text()), false);
        }
    }

    @TempDir
    Path root;

    private final Map<Path, DocumentSnapshot> open = new HashMap<>();
    private PythonSources sources;

    @BeforeEach
    void make_a_program() throws IOException {
        Files.createDirectory(root.resolve("app"));
        Files.writeString(root.resolve("app/jobs.py"), "on disk");
        sources = new FileListing(root, path -> Optional.ofNullable(open.get(path)), Optional.empty(), Optional.empty())
                .python();
    }

    private static ImportOutline outline(String key, String text) {
        return new ImportOutline("app/jobs/", List.of(key, text), false);
    }

    @Test
    void a_module_is_read_once_by_each_reader() {
        CountingReader standard = new CountingReader("standard");
        CountingReader other = new CountingReader("other");
        for (int time = 0; time < 3; time++) {
            assertThat(sources.outline("app/jobs", standard)).hasValue(outline("standard", "on disk"));
            assertThat(sources.outline("app/jobs", other)).hasValue(outline("other", "on disk"));
        }

        assertThat(standard.reads).isEqualTo(1);
        assertThat(other.reads).isEqualTo(1);
    }

    @Test
    void the_text_of_an_open_module_counts_and_readers_with_the_same_key_share() {
        CountingReader first = new CountingReader("standard");
        CountingReader second = new CountingReader("standard");
        CountingReader other = new CountingReader("other");
        open.put(root.resolve("app/jobs.py"), DocumentSnapshot.of("file:///jobs.py", Language.PYTHON, "as typed"));

        assertThat(sources.outline("app/jobs", first)).hasValue(outline("standard", "as typed"));
        assertThat(sources.outline("app/jobs", second)).hasValue(outline("standard", "as typed"));
        assertThat(sources.outline("app/jobs", other)).hasValue(outline("other", "as typed"));

        assertThat(first.reads).isEqualTo(1);
        assertThat(second.reads).isZero();
        assertThat(other.reads).isEqualTo(1);
    }

    @Test
    void there_is_no_outline_of_what_is_not_there() {
        assertThat(sources.outline("app/nothing", new CountingReader(""))).isEmpty();
    }
}
