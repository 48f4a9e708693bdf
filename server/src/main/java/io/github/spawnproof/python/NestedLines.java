package io.github.spawnproof.python;

import io.github.spawnproof.finding.TextEdit;
import io.github.spawnproof.python.syntax.Expression;
import io.github.spawnproof.python.syntax.Node;
import io.github.spawnproof.python.syntax.Statement;
import io.github.spawnproof.source.SourceText;
import io.github.spawnproof.source.TextRange;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The lines of a definition inside a block, with its decorators and the comments that belong to it.
 *
 * @param range from the start of the first line to the end of the last, without its line end
 * @param indentation the blanks and tabs before it
 * @param block the statements that it stands among, itself included
 */
record NestedLines(
        SourceText source, Layout layout, TextRange range, String indentation, List<Statement> block, int index) {

    /** Returns the lines of a function or class; empty if it shares a line with something else. */
    static Optional<NestedLines> of(
            Statement definition, int base, List<Statement> block, SourceText source, Layout layout) {
        List<Expression> decorators = definition instanceof Statement.FunctionDef function
                ? function.decorators()
                : definition instanceof Statement.ClassDef type ? type.decorators() : List.of();
        int first = base + (decorators.isEmpty() ? definition : decorators.get(0)).start();
        int start = layout.lineStart(first);
        String indentation = source.indentation(start);
        int code = start + indentation.length();
        boolean startsLine = decorators.isEmpty()
                ? code == first
                : source.text().charAt(code) == '@'
                        && source.text().substring(code + 1, first).isBlank();
        int end = source.lineEnd(base + definition.end());
        String rest = source.text().substring(base + definition.end(), end).strip();
        if (!startsLine || indentation.isEmpty() || !(rest.isEmpty() || rest.startsWith("#"))) {
            return Optional.empty();
        }
        TextRange range = new TextRange(
                withCommentsAbove(start, indentation, source, layout), withCommentsBelow(end, indentation, source));
        int index = 0;
        while (!Site.isSame(block.get(index), definition)) {
            index++;
        }
        return source.slice(range).contains("\f")
                ? Optional.empty()
                : Optional.of(new NestedLines(source, layout, range, indentation, block, index));
    }

    private static int withCommentsAbove(int line, String indentation, SourceText source, Layout layout) {
        int start = line;
        while (start > 0) {
            int above = layout.lineStart(start - 1);
            if (!source.text().startsWith(indentation + "#", above) || layout.isInString(above)) {
                break;
            }
            start = above;
        }
        return start;
    }

    /** Takes in comments that follow the last statement of the definition's body and are indented like it. */
    private static int withCommentsBelow(int lastEnd, String indentation, SourceText source) {
        int end = lastEnd;
        int next = source.nextLineStart(end);
        while (next < source.length() && next > end) {
            String line = source.text().substring(next, source.lineEnd(next));
            boolean deeper = line.startsWith(indentation)
                    && line.length() > indentation.length()
                    && " \t".indexOf(line.charAt(indentation.length())) >= 0;
            if (!line.isBlank() && !(deeper && line.strip().startsWith("#"))) {
                break;
            }
            end = line.isBlank() ? end : source.lineEnd(next);
            int following = source.nextLineStart(next);
            if (following <= next) {
                break;
            }
            next = following;
        }
        return end;
    }

    /**
     * Returns the lines as they read at module level; what a string holds stays as it is.
     *
     * @param changes edits inside the lines; what they insert at the start of a line is indented for module level
     */
    String atModuleLevel(List<TextEdit> changes) {
        List<TextEdit> edits = new ArrayList<>();
        for (TextEdit change : changes) {
            edits.add(shifted(change));
        }
        int line = range.start();
        while (line < range.end()) {
            int cut = 0;
            String text = source.text().substring(line, source.lineEnd(line));
            // A continued line or a comment may be indented less than the definition.
            while (cut < indentation.length() && cut < text.length() && text.charAt(cut) == indentation.charAt(cut)) {
                cut++;
            }
            if (cut > 0 && !layout.isInString(line)) {
                edits.add(shifted(TextEdit.delete(new TextRange(line, line + cut))));
            }
            int next = source.nextLineStart(line);
            if (next <= line) {
                break;
            }
            line = next;
        }
        return TextEdit.apply(source.slice(range), edits);
    }

    private TextEdit shifted(TextEdit edit) {
        TextRange at =
                new TextRange(edit.range().start() - range.start(), edit.range().end() - range.start());
        return new TextEdit(at, edit.newText());
    }

    /** Returns the edit that takes the lines out of their block; a block that is empty then gets a {@code pass}. */
    TextEdit removal() {
        // Of a block with nothing but definitions all may be taken out, each by an edit of its own.
        if (index == 0 && block.stream().allMatch(NestedLines::isDefinition)) {
            return TextEdit.replace(range, indentation + "pass");
        }
        boolean isLast = index == block.size() - 1;
        boolean afterDefinition = index > 0 && isDefinition(block.get(index - 1));
        int start = range.start();
        int blanksAbove = 0;
        while (start > 0 && isBlank(layout.lineStart(start - 1)) && (isLast || index == 0 || afterDefinition)) {
            start = layout.lineStart(start - 1);
            blanksAbove++;
        }
        int end = source.nextLineStart(range.end());
        if (end == source.length() && source.lineEnd(range.end()) == end) {
            return atEnd(afterDefinition ? range.start() : start);
        }
        int left = isLast ? (afterDefinition ? blanksAbove : 0) : Integer.MAX_VALUE;
        while (left-- > 0 && end < source.length() && isBlank(end)) {
            end = source.nextLineStart(end);
        }
        // The blank lines between two definitions belong to the first, whose own edit takes them.
        return TextEdit.delete(new TextRange(afterDefinition ? range.start() : start, end));
    }

    /** Takes the last lines of a file that does not end in a line end. */
    private TextEdit atEnd(int lineStart) {
        int start = lineStart;
        while (start > 0 && "\r\n".indexOf(source.text().charAt(start - 1)) >= 0) {
            start--;
        }
        return TextEdit.delete(new TextRange(start, range.end()));
    }

    private boolean isBlank(int lineStart) {
        return source.text().substring(lineStart, source.lineEnd(lineStart)).isBlank();
    }

    static boolean isDefinition(Node node) {
        return node instanceof Statement.FunctionDef || node instanceof Statement.ClassDef;
    }
}
