package io.github.spawnproof.python;

import io.github.spawnproof.python.syntax.Expression;
import io.github.spawnproof.python.syntax.PythonTree;
import io.github.spawnproof.python.syntax.Statement;
import io.github.spawnproof.python.syntax.TopLevel;
import io.github.spawnproof.source.SourceText;
import io.github.spawnproof.source.TextRange;
import java.util.List;

/** The way a file is laid out, for edits that keep it: lines, blank lines, indentation, comments above a statement. */
final class Layout {

    private final PythonTree tree;
    private final SourceText source;
    private final String separator;
    private final String indentation;

    Layout(PythonTree tree) {
        this.tree = tree;
        this.source = tree.source();
        this.separator = source.lineSeparator();
        this.indentation = findIndentation();
    }

    String separator() {
        return separator;
    }

    /** Returns one level of indentation: that of the first indented line, else four blanks. */
    String indentation() {
        return indentation;
    }

    private String findIndentation() {
        for (int line = 0; line < source.lines().count(); line++) {
            int start = source.lines().start(line);
            String found = source.indentation(start);
            int end = start + found.length();
            boolean code =
                    end < source.length() && " \t\r\n#".indexOf(source.text().charAt(end)) < 0;
            if (!found.isEmpty() && code && !isInString(start) && isFirstOfBlock(line)) {
                return found;
            }
        }
        return "    ";
    }

    /** Tells whether the line before, comments and blank ones apart, ends in a colon and so opens a block. */
    private boolean isFirstOfBlock(int line) {
        for (int above = line - 1; above >= 0; above--) {
            int start = source.lines().start(above);
            String text = source.text().substring(start, source.lineEnd(start));
            int comment = text.indexOf('#');
            String code = (comment < 0 ? text : text.substring(0, comment)).strip();
            if (!code.isEmpty()) {
                return code.endsWith(":");
            }
        }
        return false;
    }

    /** Tells whether an offset lies inside a string that goes over several lines. */
    boolean isInString(int offset) {
        for (TextRange string : tree.multilineStrings()) {
            if (string.start() < offset && offset < string.end()) {
                return true;
            }
            if (string.start() >= offset) {
                return false;
            }
        }
        return false;
    }

    /** Tells whether only blanks stand before the offset on its line. */
    boolean isFirstOnLine(int offset) {
        return source.text().substring(lineStart(offset), offset).isBlank();
    }

    /** Tells whether nothing but a comment shares lines with a statement. */
    boolean isAlone(TextRange statement) {
        String rest = source.text()
                .substring(statement.end(), source.lineEnd(statement.end()))
                .strip();
        return isFirstOnLine(statement.start()) && (rest.isEmpty() || rest.startsWith("#"));
    }

    /** Returns the start of the line of the offset, or of the comment lines that stand directly above it. */
    int startWithComments(int offset) {
        int start = lineStart(offset);
        while (start > 1) {
            int above = source.lineStart(start - 1);
            String text = source.text().substring(above, source.lineEnd(above));
            // A #! line and an encoding line (PEP 263) belong to the file, not to the statement.
            boolean ofTheFile = (above == 0 && text.startsWith("#!"))
                    || (source.lines().lineAt(above) < 2 && text.contains("coding"));
            if (!text.startsWith("#") || ofTheFile || isInString(above)) {
                break;
            }
            start = above;
        }
        return start;
    }

    /** Returns the line ends that lack between the text before an offset and it, so that so many lines are blank. */
    String blankLinesBefore(int offset, int wanted) {
        String text = source.text();
        int at = offset;
        int ends = 0;
        while (at > 0 && (text.charAt(at - 1) == '\n' || text.charAt(at - 1) == '\r')) {
            boolean pair = text.charAt(at - 1) == '\n' && at > 1 && text.charAt(at - 2) == '\r';
            at -= pair ? 2 : 1;
            ends++;
        }
        return at == 0 ? "" : separator.repeat(Math.max(0, wanted + 1 - ends));
    }

    /** Returns the line ends that lack behind the end of a line so that so many lines are blank; none at the end. */
    String blankLinesAfter(int lineEnd, int wanted) {
        int next = source.nextLineStart(lineEnd);
        int blank = 0;
        while (next < source.length()
                && source.text().substring(next, source.lineEnd(next)).isBlank()) {
            next = source.nextLineStart(next);
            blank++;
        }
        return next >= source.length() ? "" : separator.repeat(Math.max(0, wanted - blank));
    }

    /** Returns the start of the line of an offset; a byte order mark stays before it. */
    int lineStart(int offset) {
        int start = source.lineStart(offset);
        return start == 0 && source.text().startsWith("\uFEFF") ? 1 : start;
    }

    /** Returns the quotes that the file prefers for strings. */
    char quote() {
        int single = 0;
        int both = 0;
        String text = source.text();
        for (int i = 0; i < text.length(); i++) {
            if (text.charAt(i) == '\'') {
                single++;
            } else if (text.charAt(i) == '"') {
                both++;
            }
        }
        return single > both ? '\'' : '"';
    }

    /** Returns the index of the first statement that is neither docstring nor {@code from __future__} import. */
    int firstFreeStatement() {
        List<TopLevel> statements = tree.statements();
        int index = 0;
        while (index < statements.size()) {
            Statement statement = statements.get(index).statement();
            boolean docstring = index == 0
                    && statement instanceof Statement.ExpressionStatement expression
                    && expression.value() instanceof Expression.Constant constant
                    && constant.isString();
            boolean future = statement instanceof Statement.ImportFrom from && "__future__".equals(from.module());
            if (!docstring && !future) {
                break;
            }
            index++;
        }
        return index;
    }
}
