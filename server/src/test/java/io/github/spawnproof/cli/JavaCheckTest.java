package io.github.spawnproof.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.spawnproof.rule.RuleCatalog;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Java files on the command line. */
class JavaCheckTest {

    private static final String UNUSED = "class A {\n    int x; // spawnproof: ignore[shadowed-callable] why\n}\n";

    @TempDir
    Path temporary;

    private Path folder;
    private CliRun cli;

    @BeforeEach
    void enterFolder() throws IOException {
        folder = temporary.toRealPath();
        Files.createDirectory(folder.resolve(".git"));
        cli = new CliRun(folder).rules(RuleCatalog.load());
    }

    @Test
    void java_files_are_found_and_checked() throws IOException {
        cli.file("src/A.java", UNUSED)
                .file("pom.xml", "")
                .file("target/B.java", UNUSED)
                .file("gen/C.java", UNUSED);
        cli.file(".gitignore", "gen\n");

        CliRun.Result result = cli.run("check");

        assertThat(result.out()).contains("src/A.java:2:34: information[unused-suppression]", "in 1 file");
        assertThat(result.err()).isEmpty();
        assertThat(result.status()).isZero();
    }

    @Test
    void fixes_are_applied_or_shown() throws IOException {
        cli.file("A.java", UNUSED);

        assertThat(cli.run("check", "--fix", "--diff").out()).contains("-    int x; // spawnproof", "+    int x;\n");
        assertThat(Files.readString(folder.resolve("A.java"))).isEqualTo(UNUSED);

        cli.run("check", "--fix");
        assertThat(Files.readString(folder.resolve("A.java"))).isEqualTo("class A {\n    int x;\n}\n");
    }

    @Test
    void standard_input_is_java_by_its_name() {
        CliRun.Result result = cli.input(UNUSED).run("check", "--stdin-filename", "A.java", "-");

        assertThat(result.out()).contains("A.java:2:34: information[unused-suppression]");
    }

    @Test
    void damaged_text_is_no_failure() throws IOException {
        cli.file("A.java", "class A { void f() { go(\n")
                .file("B.java", "\u0000{{{((")
                .file("C.java", "");

        CliRun.Result result = cli.run("check");

        assertThat(result.status()).isIn(0, 2);
        assertThat(result.err()).doesNotContain("Exception");
    }
}
