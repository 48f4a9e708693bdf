package io.github.spawnproof.python.syntax;

import io.github.spawnproof.source.SourceText;
import io.github.spawnproof.source.TextRange;
import java.util.List;

/**
 * The syntax tree of a module.
 *
 * @param statements in the order of the text; statements that share a line through {@code ;} are separate
 * @param comments from {@code #} to the end of the line, offsets of the text, in order
 * @param multilineStrings string tokens that hold a line end, f-strings whole, offsets of the text, in order
 * @param errors where the text is not valid Python, in order
 */
public record PythonTree(
        SourceText source,
        List<TopLevel> statements,
        List<TextRange> comments,
        List<TextRange> multilineStrings,
        List<SyntaxProblem> errors) {

    public PythonTree {
        statements = List.copyOf(statements);
        comments = List.copyOf(comments);
        multilineStrings = List.copyOf(multilineStrings);
        errors = List.copyOf(errors);
    }

    /** Returns the index of the last statement that starts at or before an offset; 0 if none does. */
    public int topLevelAt(int offset) {
        int low = 0;
        int high = statements.size() - 1;
        while (low < high) {
            int middle = (low + high + 1) >>> 1;
            if (statements.get(middle).offset() <= offset) {
                low = middle;
            } else {
                high = middle - 1;
            }
        }
        return low;
    }
}
