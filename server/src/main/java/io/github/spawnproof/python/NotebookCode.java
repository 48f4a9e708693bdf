package io.github.spawnproof.python;

import io.github.spawnproof.source.Cell;
import io.github.spawnproof.source.DocumentSnapshot;
import io.github.spawnproof.source.SourceText;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The Python in a notebook's cells: what IPython alone understands gives way to blanks, so that all else keeps its place.
 * What that is, {@code IPython.core.inputtransformer2} says.
 */
final class NotebookCode {

    /** Cell magics whose cell is Python that is executed in the notebook itself. */
    private static final Set<String> PYTHON_CELLS = Set.of(
            "capture", "debug", "ipytest", "memit", "prun", "pyinstrument", "scalene", "snakeviz", "time", "timeit");

    private static final Pattern CELL_MAGIC = Pattern.compile("\\s*%%([\\w.]+).*");
    /** A magic that executes the statement behind it. */
    private static final Pattern MEASURED =
            Pattern.compile("%(?:time|timeit|prun|memit)(?: +-\\w+(?: +\\d+)?)* +(?=[\\w(\\[])");

    private static final Pattern ASSIGNED = Pattern.compile("[\\w.,*\\[\\]'\" ]+?= *(?=[!%])");
    private static final Pattern HELP = Pattern.compile("\\?{0,2}[\\w.*%]*\\?{0,2}");

    /** A name that IPython has and no file binds, so that nobody knows its value. */
    private static final String UNKNOWN = "_i";

    private final StringBuilder text;
    private int at;

    private NotebookCode(String text) {
        this.text = new StringBuilder(text);
    }

    /** Returns the text of a notebook as Python, of the same length. */
    static SourceText of(DocumentSnapshot notebook) {
        NotebookCode code = new NotebookCode(notebook.source().text());
        for (Cell cell : notebook.cells()) {
            code.cell(cell.range().start(), cell.range().end());
        }
        return new SourceText(code.text.toString());
    }

    private void cell(int start, int end) {
        at = start;
        while (at < end && Character.isWhitespace(text.charAt(at))) {
            at++;
        }
        Matcher magic = CELL_MAGIC.matcher(line(at, end));
        if (magic.matches()) {
            int lineEnd = lineEnd(at, end);
            blank(at, PYTHON_CELLS.contains(magic.group(1)) ? lineEnd : end);
            at = lineEnd;
        } else {
            at = start;
        }
        while (at < end) {
            statement(end);
        }
    }

    /** Blanks the logical line at the present place if it is not Python, and goes on behind it. */
    private void statement(int end) {
        while (at < end && (text.charAt(at) == ' ' || text.charAt(at) == '\t')) {
            at++;
        }
        String line = line(at, end);
        Matcher measured = MEASURED.matcher(line);
        Matcher assigned = ASSIGNED.matcher(line);
        if (measured.lookingAt()) {
            blank(at, at + measured.end());
            text.replace(at, at + UNKNOWN.length(), UNKNOWN).setCharAt(at + measured.end() - 2, '=');
        } else if (line.startsWith("%") || line.startsWith("!") || isHelp(line)) {
            command(end);
            return;
        } else if (assigned.lookingAt()) {
            at += assigned.end();
            command(end);
            return;
        }
        skip(end);
    }

    private static boolean isHelp(String line) {
        String stripped = line.strip();
        return (stripped.startsWith("?") || stripped.endsWith("?"))
                && HELP.matcher(stripped).matches();
    }

    /** Puts a name in the place of a command, which goes on behind a backslash at the end of a line. */
    private void command(int end) {
        int commandEnd = lineEnd(at, end);
        while (commandEnd < end && text.charAt(commandEnd - 1) == '\\') {
            commandEnd = lineEnd(commandEnd + 1, end);
        }
        int start = at;
        blank(start, commandEnd);
        if (commandEnd - start >= UNKNOWN.length()) {
            text.replace(start, start + UNKNOWN.length(), UNKNOWN);
        }
        at = Math.min(end, commandEnd + 1);
    }

    /** Goes behind the logical line: a line end in brackets, in a string or behind a backslash is not its end. */
    private void skip(int end) {
        int depth = 0;
        while (at < end) {
            char c = text.charAt(at);
            if (c == '\n' && depth <= 0) {
                at++;
                return;
            } else if (c == '#') {
                at = lineEnd(at, end);
            } else if (c == '"' || c == '\'') {
                string(c, end);
            } else if (c == '\\') {
                at += 2;
            } else {
                depth += "([{".indexOf(c) >= 0 ? 1 : ")]}".indexOf(c) >= 0 ? -1 : 0;
                at++;
            }
        }
    }

    private void string(char quote, int end) {
        String triple = String.valueOf(quote).repeat(3);
        boolean isLong = isHere(triple);
        at += isLong ? 3 : 1;
        while (at < end) {
            char c = text.charAt(at);
            if (c == '\\') {
                at += 2;
            } else if (isLong ? isHere(triple) : c == quote) {
                at += isLong ? 3 : 1;
                return;
            } else if (c == '\n' && !isLong) {
                return;
            } else {
                at++;
            }
        }
    }

    private boolean isHere(String wanted) {
        int end = at + wanted.length();
        return end <= text.length() && text.substring(at, end).equals(wanted);
    }

    private String line(int from, int end) {
        return text.substring(from, lineEnd(from, end));
    }

    private int lineEnd(int from, int end) {
        int lineEnd = from;
        while (lineEnd < end && text.charAt(lineEnd) != '\n') {
            lineEnd++;
        }
        return lineEnd;
    }

    /** Puts blanks in the place of everything but line ends. */
    private void blank(int from, int end) {
        for (int i = from; i < end; i++) {
            if (text.charAt(i) != '\n' && text.charAt(i) != '\r') {
                text.setCharAt(i, ' ');
            }
        }
    }
}
