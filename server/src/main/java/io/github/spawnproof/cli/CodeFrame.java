package io.github.spawnproof.cli;

import io.github.spawnproof.source.SourceText;
import io.github.spawnproof.source.TextRange;
import java.util.List;

/** The line of a place with the place marked under it. */
final class CodeFrame {

    /** Longer lines are shown in part. */
    private static final int MAX_LENGTH = 160;

    private static final int BEFORE = 60;
    private static final String CUT = "…";

    private CodeFrame() {}

    /**
     * Returns the line and the marks below it, as far as the range lies on its first line.
     *
     * @param mark what is repeated under the place
     */
    static List<String> of(SourceText source, TextRange range, char mark) {
        String text = source.text();
        int lineStart = source.lineStart(range.start());
        int lineEnd = source.lineEnd(lineStart);
        boolean fits = lineEnd - lineStart <= MAX_LENGTH;
        int from = fits || range.start() - lineStart <= BEFORE ? lineStart : whole(text, range.start() - BEFORE);
        int to = fits ? lineEnd : whole(text, Math.min(lineEnd, from + MAX_LENGTH));
        int markStart = Math.min(range.start(), to);
        int markEnd = Math.max(markStart, Math.min(range.end(), to));

        String lead = from > lineStart ? CUT : "";
        Printable.Piece before = Printable.line(text, from, markStart, lead.length());
        int column = lead.length() + before.columns();
        Printable.Piece marked = Printable.line(text, markStart, markEnd, column);
        Printable.Piece after = Printable.line(text, markEnd, to, column + marked.columns());
        String code = lead + before.text() + marked.text() + after.text() + (to < lineEnd ? CUT : "");
        String marks = " ".repeat(column) + String.valueOf(mark).repeat(Math.max(1, marked.columns()));
        return List.of(code.stripTrailing(), marks);
    }

    /** Returns the offset, or the one before it if it would cut a character in two. */
    private static int whole(String text, int offset) {
        boolean cuts = offset > 0
                && offset < text.length()
                && Character.isLowSurrogate(text.charAt(offset))
                && Character.isHighSurrogate(text.charAt(offset - 1));
        return cuts ? offset - 1 : offset;
    }
}
