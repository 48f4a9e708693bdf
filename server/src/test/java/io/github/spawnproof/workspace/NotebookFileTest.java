package io.github.spawnproof.workspace;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonParser;
import io.github.spawnproof.source.Cell;
import io.github.spawnproof.source.DocumentSnapshot;
import java.util.List;
import java.util.Random;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class NotebookFileTest {

    private static final String URI = "file:///a.ipynb";

    /** As Jupyter writes it, but for escapes that only other programs use. */
    private static final String JSON = """
            {
             "cells": [
              {
               "cell_type": "markdown",
               "metadata": {},
               "source": ["prose"]
              },
              {
               "cell_type": "code",
               "outputs": [{"text": ["\\u00e9"]}],
               "metadata": {},
               "source": [
                "x = \\"\\u00e9\\ud83d\\ude00\\"\\n",
                "\\ty\\n",
                "z"
               ]
              },
              {
               "source": "one\\ntwo\\u0020three",
               "cell_type": "code"
              },
              {
               "cell_type": "code",
               "metadata": {"vscode": {"languageId": "sql"}},
               "source": ["select"]
              },
              {
               "cell_type": "code",
               "source": []
              }
             ],
             "metadata": {},
             "nbformat": 4
            }
            """;

    private static NotebookFile parse(String json) {
        try {
            return NotebookFile.parse(json);
        } catch (NotebookFile.Unreadable e) {
            throw new AssertionError(e);
        }
    }

    private static List<String> texts(DocumentSnapshot snapshot) {
        return snapshot.cells().stream()
                .map(cell -> snapshot.source().slice(cell.range()))
                .toList();
    }

    /** Returns the notebook's snapshot with other cells. */
    private static DocumentSnapshot with(DocumentSnapshot snapshot, List<String> texts) {
        SortedMap<Integer, String> cells = new TreeMap<>();
        for (int i = 0; i < texts.size(); i++) {
            cells.put(snapshot.cells().get(i).number(), texts.get(i));
        }
        return DocumentSnapshot.notebook(URI, 0, cells);
    }

    @Test
    void code_cells_that_are_python_are_read_with_their_numbers() {
        DocumentSnapshot snapshot = parse(JSON).snapshot(URI);

        assertThat(texts(snapshot)).containsExactly("x = \"é😀\"\n\ty\nz", "one\ntwo three", "");
        assertThat(snapshot.cells()).extracting(Cell::number).containsExactly(2, 3, 5);
    }

    @Test
    void an_offset_is_found_in_the_json() {
        NotebookFile notebook = parse(JSON);
        DocumentSnapshot snapshot = notebook.snapshot(URI);
        String text = snapshot.source().text();

        assertThat(JSON.substring(notebook.offset(snapshot, text.indexOf("x = "))))
                .startsWith("x = ");
        assertThat(JSON.substring(notebook.offset(snapshot, text.indexOf("\"\n"))))
                .startsWith("\\\"\\n");
        assertThat(JSON.substring(notebook.offset(snapshot, text.indexOf("z")))).startsWith("z\"");
        assertThat(JSON.substring(notebook.offset(snapshot, text.indexOf("three"))))
                .startsWith("three\"");
        assertThat(JSON.substring(notebook.offset(snapshot, text.indexOf("three") + 5)))
                .startsWith("\",");
    }

    @Test
    void what_does_not_change_keeps_its_form() {
        NotebookFile notebook = parse(JSON);
        DocumentSnapshot snapshot = notebook.snapshot(URI);

        String changed = notebook.with(
                with(snapshot, List.of("import a\nx = \"é😀\"\n\ty\nz2 = \"\\\"", "one\n2\ntwo three", "new\nline")));

        assertThat(changed)
                .isEqualTo(JSON.replace("    \"x = \\\"\\u00e9", "    \"import a\\n\",\n    \"x = \\\"\\u00e9")
                        .replace("\"z\"", "\"z2 = \\\"\\\\\\\"\"")
                        .replace("one\\ntwo", "one\\n2\\ntwo")
                        .replace("\"source\": []", "\"source\": [\n    \"new\\n\",\n    \"line\"\n   ]"));
    }

    @Test
    void the_same_cells_give_the_same_file() {
        NotebookFile notebook = parse(JSON);

        assertThat(notebook.with(notebook.snapshot(URI))).isEqualTo(JSON);
    }

    static Stream<Integer> seeds() {
        return IntStream.range(0, 200).boxed();
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void any_change_of_the_cells_is_what_is_read_again(int seed) {
        Random random = new Random(seed);
        NotebookFile notebook = parse(JSON);
        DocumentSnapshot snapshot = notebook.snapshot(URI);
        List<String> texts =
                texts(snapshot).stream().map(text -> changed(text, random)).toList();

        String json = notebook.with(with(snapshot, texts));

        assertThat(texts(parse(json).snapshot(URI))).isEqualTo(texts);
        JsonArray before = cells(JSON);
        JsonArray after = cells(json);
        for (int i = 0; i < before.size(); i++) {
            before.get(i).getAsJsonObject().remove("source");
            JsonElement source = after.get(i).getAsJsonObject().remove("source");
            assertThat(after.get(i)).isEqualTo(before.get(i));
            if (source instanceof JsonArray lines) {
                // One line each, as Jupyter has it.
                for (int line = 0; line < lines.size(); line++) {
                    String content = lines.get(line).getAsString();
                    assertThat(content.indexOf('\n') + 1)
                            .isEqualTo(line < lines.size() - 1 || content.endsWith("\n") ? content.length() : 0);
                }
            }
        }
    }

    private static JsonArray cells(String json) {
        return JsonParser.parseString(json).getAsJsonObject().getAsJsonArray("cells");
    }

    private static String changed(String text, Random random) {
        StringBuilder changed = new StringBuilder(text);
        for (int i = random.nextInt(4); i > 0; i--) {
            int at = random.nextInt(changed.length() + 1);
            if (random.nextBoolean()) {
                changed.insert(
                        at,
                        List.of("\n", "a\nb", "\"", "\\", "é", "\u0001", "\n\n").get(random.nextInt(7)));
            } else {
                changed.delete(at, Math.min(changed.length(), at + random.nextInt(9)));
            }
        }
        return changed.toString();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"cells\": [",
                "[]",
                "nonsense",
                "{\"cells\": 5}",
                "{\"cells\": [{\"source\": [5]}]}",
                "{\"cells\": [{\"source\": 5}]}"
            })
    void what_is_no_notebook_is_said_so(String json) {
        assertThatThrownBy(() -> NotebookFile.parse(json))
                .isInstanceOf(NotebookFile.Unreadable.class)
                .hasMessageStartingWith("is not a notebook: ");
    }

    @Test
    void an_old_format_is_said_so() {
        assertThatThrownBy(() -> NotebookFile.parse("{\"nbformat\": 3, \"worksheets\": []}"))
                .hasMessageContaining("format 3");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"language_info\": {\"name\": \"R\"}}",
                "{\"kernelspec\": {\"name\": \"ir\", \"language\": \"R\"}}",
            })
    void cells_of_another_language_are_not_read(String metadata) {
        String json =
                JSON.replace("\"metadata\": {},\n \"nbformat\"", "\"metadata\": " + metadata + ",\n \"nbformat\"");

        assertThat(json).isNotEqualTo(JSON);
        assertThat(parse(json).snapshot(URI).cells()).isEmpty();
    }

    @Test
    void an_empty_file_is_a_notebook_without_cells() {
        assertThat(parse("").snapshot(URI).cells()).isEmpty();
    }
}
