package io.github.spawnproof.workspace;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.spawnproof.source.CancelToken;
import io.github.spawnproof.workspace.FileDiscovery.Discovery;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FileDiscoveryTest {

    @TempDir
    Path temporary;

    private Path folder;

    @BeforeEach
    void enterFolder() throws IOException {
        folder = temporary.toRealPath();
        Files.createDirectories(folder.resolve(".git/info"));
    }

    @Test
    void python_files_come_in_path_order() throws IOException {
        files("b.py", "a/z.py", "a.py", "a-b/x.py", "B.pyw", "c.pyi", "readme.md", "py", ".hidden/h.py");

        assertThat(find(".")).containsExactly(".hidden/h.py", "B.pyw", "a/z.py", "a-b/x.py", "a.py", "b.py");
    }

    @Test
    void folders_made_by_tools_are_left_out() throws IOException {
        files(
                "venv/lib/x.py",
                "venv/pyvenv.cfg",
                "conda/x.py",
                "conda/conda-meta/history",
                "node_modules/x.py",
                "__pycache__/x.py",
                ".tox/x.py",
                ".git/hooks/x.py",
                "lib/site-packages/x.py",
                "build/lib/x.py",
                "dist/x.py",
                "src/build/__init__.py",
                "src/env/x.py");

        assertThat(find(".")).containsExactly("src/build/__init__.py", "src/env/x.py");
    }

    @Test
    void what_java_tools_build_is_left_out() throws IOException {
        files(
                "pom.xml",
                "target/generated-sources/A.java",
                "src/main/java/com/acme/build/B.java",
                "src/main/java/com/acme/target/C.java",
                "build/generated/D.java",
                "eclipse/.classpath",
                "eclipse/bin/E.java",
                "eclipse/.apt_generated/F.java",
                "idea/.idea/x",
                "idea/out/G.java",
                "tools/bin/h.py",
                "tools/out/I.java");

        assertThat(find("."))
                .containsExactly(
                        "src/main/java/com/acme/build/B.java",
                        "src/main/java/com/acme/target/C.java",
                        "tools/bin/h.py",
                        "tools/out/I.java");
    }

    @Test
    void gitignore_files_of_the_tree_count_the_nearest_first() throws IOException {
        write(".gitignore", "*.gen.py\n/top.py\nout/\n!important.gen.py\nsub/local.py\n");
        write("sub/.gitignore", "!kept.gen.py\r\nhere.py\r\n");
        write(".git/info/exclude", "private.py\n*.gen.py\n");
        files(
                "a.gen.py",
                "important.gen.py",
                "top.py",
                "deep/top.py",
                "deep/out/x.py",
                "out.py",
                "private.py",
                "sub/kept.gen.py",
                "sub/lost.gen.py",
                "sub/here.py",
                "sub/local.py",
                "here.py");

        assertThat(find("."))
                .containsExactly("deep/top.py", "here.py", "important.gen.py", "out.py", "sub/kept.gen.py");
    }

    @Test
    void gitignore_files_above_count_up_to_the_root_of_the_repository() throws IOException {
        write(".gitignore", "a.py\n");
        write("repo/.gitignore", "b.py\n");
        Files.createDirectory(folder.resolve("repo/.git"));
        files("repo/sub/a.py", "repo/sub/b.py", "repo/sub/c.py");

        assertThat(find("repo/sub")).containsExactly("repo/sub/a.py", "repo/sub/c.py");
        assertThat(find(".")).containsExactly("repo/sub/a.py", "repo/sub/c.py");
    }

    @Test
    void a_worktree_uses_the_exclude_file_of_its_repository() throws IOException {
        write(".git/info/exclude", "a.py\n");
        write(".git/worktrees/w/commondir", "../..\n");
        write("w/.git", "gitdir: " + folder.resolve(".git/worktrees/w") + "\n");
        files("w/a.py", "w/b.py");

        assertThat(find("w")).containsExactly("w/b.py");
    }

    @Test
    void a_named_path_wins_over_everything_that_would_leave_it_out() throws IOException {
        write(".gitignore", "ignored\nx.py\n");
        files("ignored/a.py", "ignored/x.py", "build/b.py", "script", "x.py");

        assertThat(find("ignored", "build", "script", "x.py"))
                .containsExactly("build/b.py", "ignored/a.py", "script (named)", "x.py (named)");
    }

    @Test
    void a_file_is_found_once_however_many_paths_lead_to_it() throws IOException {
        files("a/x.py", "a/y.py");
        Files.createSymbolicLink(folder.resolve("a/link.py"), folder.resolve("a/x.py"));
        Files.createSymbolicLink(folder.resolve("b"), folder.resolve("a"));

        assertThat(find("a", ".", "a/y.py", "b")).containsExactly("a/x.py", "a/y.py (named)");
        assertThat(find("b")).containsExactly("b/x.py", "b/y.py");
    }

    @Test
    void loops_of_links_and_broken_links_do_no_harm() throws IOException {
        files("a/x.py");
        Files.createSymbolicLink(folder.resolve("a/loop"), folder);
        Files.createSymbolicLink(folder.resolve("broken.py"), folder.resolve("nowhere"));
        Files.createSymbolicLink(folder.resolve("self.py"), folder.resolve("self.py"));
        Files.createDirectory(folder.resolve("folder.py"));

        assertThat(find(".")).containsExactly("a/x.py");
    }

    @Test
    void exclusion_by_settings_spares_named_paths() throws IOException {
        files("a/x.py", "a/y.py", "b/x.py");

        Discovery discovery = FileDiscovery.find(
                List.of(folder, folder.resolve("a/y.py")),
                (path, isFolder) -> path.endsWith(isFolder ? "b" : "y.py"),
                CancelToken.NEVER);

        assertThat(names(discovery)).containsExactly("a/x.py", "a/y.py (named)");
    }

    @Test
    void missing_paths_are_told() {
        Path missing = folder.resolve("nowhere");

        Discovery discovery =
                FileDiscovery.find(List.of(folder, missing), (path, isFolder) -> false, CancelToken.NEVER);

        assertThat(discovery.missing()).containsExactly(missing);
    }

    private void files(String... names) throws IOException {
        for (String name : names) {
            write(name, "pass\n");
        }
    }

    private void write(String name, String text) throws IOException {
        Path path = folder.resolve(name);
        Files.createDirectories(path.getParent());
        Files.writeString(path, text);
    }

    private List<String> find(String... paths) {
        List<Path> absolute = Arrays.stream(paths)
                .map(path -> folder.resolve(path).normalize())
                .toList();
        return names(FileDiscovery.find(absolute, (path, isFolder) -> false, CancelToken.NEVER));
    }

    private List<String> names(Discovery discovery) {
        return discovery.files().stream()
                .map(file -> folder.relativize(file.path()) + (file.named() ? " (named)" : ""))
                .toList();
    }
}
