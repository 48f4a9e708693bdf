package io.github.spawnproof.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.spawnproof.rule.RuleCatalog;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Rows that a project's settings add to what is known of libraries. */
class OwnBoundariesTest {

    private static final String TABLE = "[tool.spawnproof.boundaries]\n";

    @TempDir
    Path temporary;

    private CliRun cli;

    @BeforeEach
    void enterFolder() throws IOException {
        Path folder = temporary.toRealPath();
        Files.createDirectory(folder.resolve(".git"));
        cli = new CliRun(folder).rules(RuleCatalog.load());
    }

    @Test
    void a_function_of_a_library_that_nobody_knows() throws IOException {
        cli.file("pyproject.toml", TABLE + "\"acme.run\" = \"(func @pickle, items @items) starts\"\n")
                .file("a.py", "from acme import run as go\n\ngo(lambda n: n, [1])\n");

        assertThat(cli.run("check").out())
                .contains("a.py:3:1: warning[unguarded-process-start] `run` starts a process")
                .contains("a.py:3:4: error[lambda-crosses-process] `run` sends this to another process");
    }

    @Test
    void a_function_of_the_project_by_the_name_that_is_imported() throws IOException {
        cli.file("pyproject.toml", TABLE + "\"app.jobs.run\" = \"(func @pickle)\"\n")
                .file("src/app/__init__.py", "from .jobs import run\n")
                .file("src/app/jobs.py", "def run(func):\n    return compiled(func)\n")
                .file("a.py", "import app\n\napp.run(lambda: 1)\napp.other(lambda: 1)\n");

        String out = cli.run("check").out();

        assertThat(out).contains("a.py:3:9: error[lambda-crosses-process]").doesNotContain("a.py:4");
    }

    @Test
    void classes_other_names_and_what_cannot_be_pickled() throws IOException {
        cli.file("pyproject.toml", TABLE + """
                "acme.Farm" = "class : multiprocessing.pool.Pool"
                "acme.Farm.spread" = "(task @pickle)"
                "acme.Session" = "opaque a session of Acme"
                "acme.pool" = "= multiprocessing.Pool"
                """).file("a.py", """
                import acme


                def work(farm: acme.Farm):
                    farm.spread(lambda: 1)
                    farm.map(print, [acme.Session()])
                    acme.pool(2).map(lambda n: n, [1])
                """);

        assertThat(cli.run("check").out())
                .contains("a.py:5:17: error[lambda-crosses-process]")
                .contains("a.py:6:27: error[unpicklable-argument]", "a session of Acme")
                .contains("a.py:7:22: error[lambda-crosses-process]");
    }

    @Test
    void a_row_that_is_none_is_a_finding_and_the_others_count() throws IOException {
        cli.file("pyproject.toml", TABLE + """
                "acme.wrong" = "runs"
                "acme.role" = "(func @pickled)"
                "acme.run" = "(func @pickle)"
                acme.dotted = "(func @pickle)"
                """).file("a.py", "import acme\n\nacme.run(lambda: 1)\n");

        assertThat(cli.run("check").out())
                .contains("pyproject.toml:2:16: warning[invalid-setting] This is no boundary: `runs`; write")
                .contains("pyproject.toml:3:15: warning[invalid-setting] This is no boundary: unknown role: pickled")
                .contains("a name with dots stands in quotes")
                .contains("a.py:3:10: error[lambda-crosses-process]");
    }

    @Test
    void something_else_than_a_table_is_a_finding() throws IOException {
        cli.file("spawnproof.toml", "boundaries = [\"acme.run\"]\n");

        assertThat(cli.run("check").out()).contains("invalid-setting", "`boundaries` is a table of functions");
    }
}
