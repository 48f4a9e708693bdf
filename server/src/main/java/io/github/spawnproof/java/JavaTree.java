package io.github.spawnproof.java;

import com.github.javaparser.Position;
import com.github.javaparser.Range;
import com.github.javaparser.ast.CompilationUnit;
import com.github.javaparser.ast.Node;
import io.github.spawnproof.source.LineIndex;
import io.github.spawnproof.source.TextRange;
import java.util.List;

/**
 * A Java file as JavaParser sees it.
 *
 * @param unit of damaged text, what could be read; it has no comments, and its literals may differ from the text
 *     there; {@code var} is a class of that name, as the parser leaves it
 * @param lines those JavaParser counted in
 * @param length that of the text; behind it, a repair may have put closing brackets
 * @param comments of all three kinds, from the first mark to the last character, in order
 * @param firstStatement offset of the first thing that is no comment; the length of the text if there is none
 * @param repaired whether the text is damaged, so that something of it is missing in the unit
 * @param parses how often the text was parsed
 */
record JavaTree(
        CompilationUnit unit,
        LineIndex lines,
        int length,
        List<TextRange> comments,
        int firstStatement,
        boolean repaired,
        int parses) {

    JavaTree {
        comments = List.copyOf(comments);
    }

    /**
     * Returns where a node stands in the text. Nodes that no text stands for have no range of their own; theirs is that of
     * the node around them.
     */
    TextRange range(Node node) {
        Range range = node.getRange().orElse(null);
        if (range != null) {
            return range(range);
        }
        return node.getParentNode().map(this::range).orElse(new TextRange(0, 0));
    }

    /** Returns the offsets of a range of JavaParser's, whose end is the last character. */
    TextRange range(Range range) {
        int start = Math.min(offset(range.begin), length);
        return new TextRange(start, Math.max(start, Math.min(offset(range.end) + 1, length)));
    }

    /** Returns the offset of a position: JavaParser counts lines and UTF-16 code units from 1, a tab as one. */
    int offset(Position position) {
        return Math.min(lines.start(position.line - 1) + position.column - 1, length);
    }
}
