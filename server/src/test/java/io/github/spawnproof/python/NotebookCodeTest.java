package io.github.spawnproof.python;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.spawnproof.source.DocumentSnapshot;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What of a cell is Python. */
class NotebookCodeTest {

    private static String code(String... cells) {
        TreeMap<Integer, String> texts = new TreeMap<>();
        for (String cell : cells) {
            texts.put(texts.size() + 1, cell);
        }
        return NotebookCode.of(DocumentSnapshot.notebook("file:///a.ipynb", 0, texts))
                .text();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            ignoreLeadingAndTrailingWhitespace = false,
            value = {
                "%matplotlib inline|_i                ",
                "!ls|_i ",
                "  !ls|  _i ",
                "Pool?|_i   ",
                "??Pool.map|_i        ",
                "?| ",
                "x = !ls *.py|x = _i      ",
                "a, b = %who_ls|a, b = _i     ",
                "d['k'] = !ls|d['k'] = _i ",
                "%time f(x)|_i  = f(x)",
                "%timeit -n 3 -r 2 f(x)|_i              = f(x)",
                "x % 3|x % 3",
                "x == 'a!'|x == 'a!'",
                "print('why?')|print('why?')",
                "x = 1 # why?|x = 1 # why?",
                "x != y|x != y",
                "x = '%s' % y|x = '%s' % y",
            })
    void a_line(String line, String expected) {
        assertThat(code(line)).isEqualTo(expected + "\n");
    }

    @Test
    void a_line_in_brackets_or_a_string_is_no_magic() {
        String text = "x = (100\n  % 7)\ny = '''\n!ls\n%time\n'''\nz = [ # (\n%  2]\nw = 1 \\\n  % 2";

        assertThat(code(text)).isEqualTo(text + "\n");
    }

    @Test
    void a_command_goes_on_behind_a_backslash() {
        assertThat(code("!pip install \\\n  numpy\nx = 1")).isEqualTo("_i            \n       \nx = 1\n");
    }

    @Test
    void a_cell_magic_decides_about_its_cell() {
        assertThat(code("%%bash\nls | wc", "x = 1")).isEqualTo("      \n       \nx = 1\n");
        assertThat(code("\n%%time\nx = 1")).isEqualTo("\n      \nx = 1\n");
        assertThat(code("%%writefile a.py\nx = 1")).isEqualTo("                \n     \n");
    }

    @Test
    void an_open_string_ends_with_its_cell() {
        assertThat(code("x = '''", "!ls")).isEqualTo("x = '''\n_i \n");
    }
}
