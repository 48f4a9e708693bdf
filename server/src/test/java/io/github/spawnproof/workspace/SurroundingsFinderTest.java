package io.github.spawnproof.workspace;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.spawnproof.project.Surroundings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SurroundingsFinderTest {

    @TempDir
    Path temporary;

    private Path root;

    @BeforeEach
    void makeProject() throws IOException {
        root = temporary.toRealPath().resolve("project");
        write("pyproject.toml");
        write("app/main.py");
        write("conf/flow.yml");
        write("node_modules/x/index.yml");
        write("venv/pyvenv.cfg");
        write("venv/lib/x.py");
        write(".git/config");
    }

    private void write(String path) throws IOException {
        Files.createDirectories(root.resolve(path).getParent());
        Files.writeString(root.resolve(path), "x: " + path + "\n");
    }

    private Surroundings around(String file, boolean only, Path... bases) {
        return new SurroundingsFinder().of(root.resolve(file), List.of(bases), only);
    }

    @Test
    void the_files_are_those_of_the_repository_without_what_others_put_there() {
        Surroundings around = around("conf/flow.yml", false);

        assertThat(around.files()).hasValue(List.of("app/main.py", "conf/flow.yml", "pyproject.toml"));
        assertThat(around.folder()).isEqualTo("conf/");
        assertThat(around("main.py", false).folder()).isEmpty();
    }

    @Test
    void nothing_is_listed_outside_of_the_folders_that_may_be_read() {
        assertThat(around("conf/flow.yml", true, root).files()).isPresent();
        assertThat(around("conf/flow.yml", true, root.resolve("conf")).files()).isEmpty();
        assertThat(around("conf/flow.yml", true).files()).isEmpty();
    }

    @Test
    void without_a_mark_the_given_folder_is_the_root() throws IOException {
        Path bare = temporary.toRealPath().resolve("bare");
        Files.createDirectories(bare.resolve("sub"));
        Files.writeString(bare.resolve("sub/a.yml"), "");
        Surroundings around = new SurroundingsFinder().of(bare.resolve("sub/a.yml"), List.of(bare), false);

        assertThat(around.files()).hasValue(List.of("sub/a.yml"));
    }

    @Test
    void a_link_to_a_folder_makes_the_list_unknown() throws IOException {
        Files.createSymbolicLink(root.resolve("link"), temporary);

        assertThat(around("conf/flow.yml", false).files()).isEmpty();
    }

    @Test
    void a_configuration_is_found_from_the_own_folder_then_from_the_root() {
        Surroundings around = around("app/main.py", false);

        assertThat(around.configuration("../conf/flow.yml")).isPresent();
        assertThat(around.configuration("conf/flow.yml")).isPresent();
        assertThat(around.configuration("flow.yml")).isEmpty();
        assertThat(around.configuration("main.py")).isEmpty();
        assertThat(around.configuration("../../../etc/passwd.yml")).isEmpty();
        assertThat(around.configuration("a\0.yml")).isEmpty();
        assertThat(around.uriOf("main.py"))
                .hasValue(root.resolve("app/main.py").toUri().toString());
    }

    @Test
    void the_nearest_file_is_that_of_the_lowest_folder_up_to_the_root() throws IOException {
        write(".env");
        write("app/inner/x.py");
        Files.writeString(temporary.toRealPath().resolve(".above"), "x");

        assertThat(around("app/inner/x.py", false).nearest(".env"))
                .hasValueSatisfying(found -> assertThat(found.uri()).endsWith("/project/.env"));
        assertThat(around("app/inner/x.py", true, root).nearest(".env")).isPresent();
        assertThat(around("app/inner/x.py", true).nearest(".env")).isEmpty();
        assertThat(around("app/inner/x.py", false).nearest(".above")).isEmpty();

        write("app/.env");

        assertThat(around("app/inner/x.py", false).nearest(".env"))
                .hasValueSatisfying(found -> assertThat(found.uri()).endsWith("/app/.env"));
    }

    @Test
    void a_file_that_would_not_be_written_as_it_was_is_not_taken() throws IOException {
        Files.write(root.resolve(".env"), new byte[] {(byte) 0xEF, (byte) 0xBB, (byte) 0xBF, 'A', '=', '1'});

        assertThat(around("app/main.py", false).nearest(".env")).isEmpty();
    }
}
