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

    /** Returns a statement with the comment behind it on its last line. */
    private String withComment(TextRange statement) {
        return source.text().substring(statement.start(), source.lineEnd(statement.end()));
    }

    /** Returns the lines of a statement, and the blank ones behind it if there are blank ones before it, too. */
    private TextRange lines(TextRange statement) {
        int start = layout.lineStart(statement.start());
        int end = source.nextLineStart(statement.end());
        boolean opensBlock =
                start == 0 || source.text().substring(0, start).stripTrailing().endsWith(":");
        while (opensBlock
                && end < source.length()
                && source.text().substring(end, source.lineEnd(end)).isBlank()) {
            end = source.nextLineStart(end);
        }
        return new TextRange(start, end);
    }
}
