package io.github.spawnproof.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import io.github.spawnproof.rule.RuleCatalog;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Notebooks on the command line. */
class NotebookCheckTest {

    private static final String NOTEBOOK = """
            {
             "cells": [
              {"cell_type": "markdown", "source": ["# Titles"]},
              {
               "cell_type": "code",
               "outputs": [{"data": {"image/png": "iVBORw0KGgo="}}],
               "source": [
                "from multiprocessing import Pool\\n",
                "title = 'Caf\\u00e9'\\n",
                "\\n",
                "def slug(title):\\n",
                "    return title.lower()"
               ]
              },
              {
               "cell_type": "code",
               "source": "%time pool = Pool(2)\\nprint(pool.map(slug, [title]))"
              }
             ],
             "nbformat": 4
            }
            """;

    private static final String CHANGED = NOTEBOOK.replace("""
                "def slug(title):\\n",
                "    return title.lower()"
            """, """
                "from my_titles_workers import slug"
            """);

    @TempDir
    private Path folder;

    private CliRun cli;

    @BeforeEach
    void makeFolder() throws IOException {
        folder = folder.toRealPath();
        cli = new CliRun(folder).rules(RuleCatalog.load()).file("My Titles.ipynb", NOTEBOOK);
    }

    @Test
    void a_place_is_a_cell_and_a_line_of_it() {
        CliRun.Result result = cli.run("check");

        assertThat(result.out())
                .startsWith("My Titles.ipynb:cell 3:2:16: warning[notebook-definition-crosses] ")
                .contains("\n 2 | print(pool.map(slug, [title]))\n")
                .contains("= note: My Titles.ipynb:cell 2:4:5: It is defined here\n 4 | def slug(title):\n")
                .contains("= help[unsafe]: Move it to a module beside the notebook (apply with --fix=unsafe)\n");
        assertThat(result.status()).isEqualTo(1);
    }

    @Test
    void the_json_has_the_cells_of_findings_related_places_and_edits() {
        CliRun.Result result = cli.run("check", "--format", "json");

        JsonObject finding = JsonParser.parseString(result.out())
                .getAsJsonObject()
                .getAsJsonArray("findings")
                .get(0)
                .getAsJsonObject();
        assertThat(finding.get("cell").getAsInt()).isEqualTo(3);
        assertThat(finding.get("range").toString())
                .isEqualTo("{\"start\":{\"line\":2,\"column\":16},\"end\":{\"line\":2,\"column\":20}}");
        assertThat(finding.getAsJsonArray("related")
                        .get(0)
                        .getAsJsonObject()
                        .get("cell")
                        .getAsInt())
                .isEqualTo(2);
        JsonArray edits =
                finding.getAsJsonArray("fixes").get(0).getAsJsonObject().getAsJsonArray("edits");
        assertThat(edits.toString())
                .isEqualTo("[{\"file\":\"My Titles.ipynb\",\"cell\":2,"
                        + "\"range\":{\"start\":{\"line\":2,\"column\":15},\"end\":{\"line\":5,\"column\":25}},"
                        + "\"newText\":\"\\n\\nfrom my_titles_workers import slug\"},"
                        + "{\"file\":\"my_titles_workers.py\",\"newFile\":true,"
                        + "\"range\":{\"start\":{\"line\":1,\"column\":1},\"end\":{\"line\":1,\"column\":1}},"
                        + "\"newText\":\"def slug(title):\\n    return title.lower()\\n\"}]");
    }

    @Test
    void a_fix_writes_the_module_and_leaves_the_rest_of_the_notebook_alone() {
        CliRun.Result result = cli.run("check", "--fix=unsafe");

        assertThat(result.out()).isEqualTo("Fixed 1 finding in 2 files.\nNo findings in 1 file.\n");
        assertThat(folder.resolve("My Titles.ipynb")).hasContent(CHANGED);
        assertThat(folder.resolve("my_titles_workers.py")).hasContent("def slug(title):\n    return title.lower()\n");
        assertThat(cli.run("check").out()).isEqualTo("No findings in 2 files.\n");
    }

    @Test
    void a_diff_shows_both_files_and_writes_neither() {
        CliRun.Result result = cli.run("check", "--diff", "--fix=unsafe");

        assertThat(result.out())
                .startsWith("--- My Titles.ipynb\n+++ My Titles.ipynb\n")
                .contains("-    \"def slug(title):\\n\",\n", "+    \"from my_titles_workers import slug\"\n")
                .endsWith(
                        "--- /dev/null\n+++ my_titles_workers.py\n@@ -0,0 +1,2 @@\n+def slug(title):\n+    return title.lower()\n");
        assertThat(result.err()).isEqualTo("Would fix 1 finding in 2 files.\n");
        assertThat(folder.resolve("My Titles.ipynb")).hasContent(NOTEBOOK);
        assertThat(folder.resolve("my_titles_workers.py")).doesNotExist();
    }

    @Test
    void the_notebook_stays_as_it_is_if_the_module_cannot_be_written() throws IOException {
        // A folder of that name is no module that the checker knows of.
        Files.createDirectory(folder.resolve("my_titles_workers.py"));

        CliRun.Result result = cli.run("check", "--fix=unsafe", "My Titles.ipynb");

        assertThat(result.err())
                .isEqualTo(
                        "My Titles.ipynb: skipped: is left as it is, since `my_titles_workers.py` is there already\n");
        assertThat(folder.resolve("My Titles.ipynb")).hasContent(NOTEBOOK);
        assertThat(result.status()).isEqualTo(1);
    }

    @Test
    void a_suppression_is_a_comment_in_the_cell() throws IOException {
        cli.file(
                "My Titles.ipynb",
                NOTEBOOK.replace(
                        "[title]))", "[title]))  # spawnproof: ignore[notebook-definition-crosses] Linux only"));

        assertThat(cli.run("check").out()).isEqualTo("No findings in 1 file.\n");
    }

    @Test
    void what_is_no_notebook_is_said_so() throws IOException {
        cli.file("My Titles.ipynb", "{\"cells\": [");

        CliRun.Result found = cli.run("check");
        CliRun.Result named = cli.run("check", "My Titles.ipynb");

        assertThat(found.err()).isEqualTo("My Titles.ipynb: unreadable: is not a notebook: its JSON is damaged\n");
        assertThat(found.status()).isZero();
        assertThat(named.status()).isEqualTo(2);
    }

    @Test
    void a_notebook_may_come_by_standard_input() {
        CliRun.Result result = cli.input(NOTEBOOK).run("check", "--fix=unsafe", "--stdin-filename", "My Titles.ipynb");

        assertThat(result.out()).isEqualTo(CHANGED);
        assertThat(folder.resolve("my_titles_workers.py")).exists();
    }
}
