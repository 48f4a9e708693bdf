package io.github.spawnproof.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.spawnproof.rule.RuleCatalog;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Packages of a project's virtual environment: found as Python finds them, read, and never run. */
class InstalledPackagesTest {

    private static final String PACKAGES = ".venv/lib/python3.12/site-packages/";
    private static final String FARM = """
            from multiprocessing import Pool


            def spread(task, items):
                with Pool() as pool:
                    return pool.map(task, items)
            """;
    private static final String CALL = "farm.spread(lambda n: n, [1])\n";
    private static final String[] FOUND = {
        "a.py:3:6: warning[unguarded-process-start] `spread` leads to `Pool`",
        "a.py:3:13: error[lambda-crosses-process]"
    };

    @TempDir
    Path temporary;

    private Path folder;
    private CliRun cli;

    @BeforeEach
    void makeProject() throws IOException {
        folder = temporary.toRealPath().resolve("project");
        Files.createDirectories(folder.resolve(".git"));
        cli = new CliRun(folder).rules(RuleCatalog.load());
        cli.file(".venv/pyvenv.cfg", "home = /usr/bin\ninclude-system-site-packages = false\n");
        cli.file("a.py", "import farm\n\n" + CALL);
    }

    private String checked() {
        String out = cli.run("check").out();
        assertThat(out).doesNotContain(".venv" + "/lib/python3.12/site-packages/farm.py:");
        return out;
    }

    @Test
    void a_module_of_a_package() throws IOException {
        cli.file(PACKAGES + "farm/__init__.py", "from .core import spread\n").file(PACKAGES + "farm/core.py", FARM);

        assertThat(cli.run("check").out())
                .contains(FOUND)
                .contains(
                        "= note: .venv/lib/python3.12/site-packages/farm/core.py:5:10: `Pool` starts the process here");
    }

    @Test
    void nothing_is_installed() {
        assertThat(checked()).startsWith("No findings");
    }

    @Test
    void a_folder_that_is_no_environment_counts_for_nothing() throws IOException {
        cli.file(PACKAGES + "farm.py", FARM);
        Files.delete(folder.resolve(".venv/pyvenv.cfg"));

        assertThat(checked()).doesNotContain("a.py");
    }

    @Test
    void the_project_comes_first() throws IOException {
        cli.file(PACKAGES + "farm.py", FARM).file("farm.py", "def spread(task, items):\n    return map(task, items)\n");

        assertThat(checked()).startsWith("No findings");
    }

    @Test
    void a_folder_that_a_file_of_paths_names() throws IOException {
        cli.file(PACKAGES + "_farm.pth", "# where it is edited\nimport os; os.abort()\n../../../../../elsewhere/src\n")
                .file("../elsewhere/src/farm.py", FARM);

        assertThat(checked()).contains(FOUND);
    }

    @Test
    void a_package_that_setuptools_finds_by_a_finder() throws IOException {
        String place = folder.resolveSibling("elsewhere")
                .resolve("lib")
                .resolve("farm")
                .toString()
                .replace("\\", "\\\\");
        cli.file(
                        PACKAGES + "__editable___farm_1_0_finder.py",
                        "MAPPING: dict[str, str] = {'farm': '" + place + "'}\nNAMESPACES = {}\n")
                .file("../elsewhere/lib/farm/__init__.py", FARM);

        assertThat(checked()).contains(FOUND);
    }

    @Test
    void the_project_itself_installed_to_be_edited() throws IOException {
        cli.file(PACKAGES + "_here.pth", folder.resolve("code") + "\n").file("code/farm.py", FARM);

        assertThat(checked()).contains(FOUND);
    }

    @Test
    void packages_of_the_system_if_the_environment_lets_them_in() throws IOException {
        Path system = folder.resolveSibling("system");
        String configuration = "home = " + system.resolve("bin") + "\ninclude-system-site-packages = ";
        cli.file("../system/lib/python3/dist-packages/farm.py", FARM)
                .file(".venv/pyvenv.cfg", configuration + "false\n");
        assertThat(checked()).startsWith("No findings");

        cli.file(".venv/pyvenv.cfg", configuration + "true\n");
        assertThat(checked()).contains(FOUND);
    }

    @Test
    void unreadable_and_damaged_files_of_packages() throws IOException {
        cli.file(PACKAGES + "farm/__init__.py", "from .core import spread\nimport multiprocessing, .\n")
                .file(PACKAGES + "farm/core.py", new byte[] {(byte) 0xff, (byte) 0xfe, 0, 1})
                .file(PACKAGES + "bad.pth", new byte[] {(byte) 0xff, 0, '\n', 0});

        assertThat(checked()).startsWith("No findings");
    }
}
