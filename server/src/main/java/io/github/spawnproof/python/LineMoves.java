package io.github.spawnproof.python;

import io.github.spawnproof.finding.TextEdit;
import io.github.spawnproof.python.syntax.PythonTree;
import io.github.spawnproof.source.SourceText;
import io.github.spawnproof.source.TextRange;
import java.util.List;

/** Writes the edits that move a statement, line by line, to another place. */
final class LineMoves {

    private final SourceText source;
    private final Layout layout;

    LineMoves(PythonTree tree) {
        this.source = tree.source();
        this.layout = new Layout(tree);
    }

    /** Returns the edits that move a statement behind another one of its block; none if lines hold more than that. */
    List<TextEdit> behind(TextRange statement, TextRange other) {
        if (!layout.isAlone(statement) || !layout.isAlone(other)) {
            return List.of();
        }
        return List.of(
                TextEdit.delete(lines(statement)),
                TextEdit.insert(
                        source.lineEnd(other.end()),
                        layout.separator() + source.indentation(statement.start()) + withComment(statement)));
    }

    /** Returns the edits that move a statement before another one; none if lines hold more than that. */
    List<TextEdit> before(TextRange statement, TextRange other) {
        if (!layout.isAlone(statement)
                || !layout.isFirstOnLine(other.start())
                || source.slice(statement).contains("\n")) {
            return List.of();
        }
        return List.of(
                TextEdit.delete(lines(statement)),
                TextEdit.insert(
                        other.start(),
                        withComment(statement) + layout.separator() + source.indentation(other.start())));
    }

    /** Returns a statement with the comment behind it on its last line. */
    private String withComment(TextRange statement) {
        return source.text().substring(statement.start(), source.lineEnd(statement.end()));
    }

    /** Returns the lines of a statement, and as many blank ones behind it as are before it; at the start of a block, all. */
    private TextRange lines(TextRange statement) {
        int start = layout.lineStart(statement.start());
        int end = source.nextLineStart(statement.end());
        boolean opensBlock =
                start == 0 || source.text().substring(0, start).stripTrailing().endsWith(":");
        int above = start;
        while (end < source.length() && isBlank(end) && (opensBlock || (above > 0 && isBlank(above - 1)))) {
            end = source.nextLineStart(end);
            above = opensBlock ? above : source.lineStart(above - 1);
        }
        return new TextRange(start, end);
    }

    /** Tells whether nothing stands on the line of an offset. */
    private boolean isBlank(int offset) {
        return source.text()
                .substring(source.lineStart(offset), source.lineEnd(offset))
                .isBlank();
    }
}
