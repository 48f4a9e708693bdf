package io.github.spawnproof.python;

import io.github.spawnproof.source.SourceText;
import io.github.spawnproof.source.TextRange;
import java.util.List;

/**
 * The facts of one Python file.
 *
 * @param comments from {@code #} to the end of the line, in order
 * @param firstStatement offset of the first statement that is no docstring; the length of the text if there is none
 * @param multilineStrings string tokens that hold a line end, in order
 */
public record PythonModule(
        SourceText source, List<TextRange> comments, int firstStatement, List<TextRange> multilineStrings) {

    public PythonModule {
        comments = List.copyOf(comments);
        multilineStrings = List.copyOf(multilineStrings);
    }
}
