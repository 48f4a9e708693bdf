package io.github.spawnproof.source;

import org.jspecify.annotations.Nullable;

/** A text with its lines. Offsets are UTF-16 code units. */
public final class SourceText {

    private final String text;
    // Computed on demand: most files of a tree have no finding, and then nobody asks for a line.
    private volatile @Nullable LineIndex lines;

    public SourceText(String text) {
        this.text = text;
    }

    public String text() {
        return text;
    }

    public int length() {
        return text.length();
    }

    public LineIndex lines() {
        LineIndex known = lines;
        if (known == null) {
            known = LineIndex.of(text);
            lines = known;
        }
        return known;
    }

    public String slice(TextRange range) {
        return text.substring(range.start(), range.end());
    }

    /** Returns the offset at which the line of the given offset starts. */
    public int lineStart(int offset) {
        return lines().start(lines().lineAt(offset));
    }

    /** Returns the offset behind the last character of the line of the given offset, before its line end. */
    public int lineEnd(int offset) {
        int end = offset;
        while (end < text.length() && text.charAt(end) != '\n' && text.charAt(end) != '\r') {
            end++;
        }
        return end;
    }

    /** Returns the offset at which the next line starts, or the length of the text if there is none. */
    public int nextLineStart(int offset) {
        return lines().start(lines().lineAt(offset) + 1);
    }

    /** Returns the blanks and tabs at the start of the line of the given offset. */
    public String indentation(int offset) {
        int start = lineStart(offset);
        int end = start;
        while (end < text.length() && (text.charAt(end) == ' ' || text.charAt(end) == '\t')) {
            end++;
        }
        return text.substring(start, end);
    }

    /** Returns the line end that the text uses: that of its first line, else {@code \n}. */
    public String lineSeparator() {
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '\n') {
                return "\n";
            }
            if (c == '\r') {
                return i + 1 < text.length() && text.charAt(i + 1) == '\n' ? "\r\n" : "\r";
            }
        }
        return "\n";
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof SourceText source && source.text.equals(text);
    }

    @Override
    public int hashCode() {
        return text.hashCode();
    }

    @Override
    public String toString() {
        return text;
    }

    /** Counts how often a word stands in the text, comments and strings included. */
    public int occurrences(String word) {
        int count = 0;
        for (int at = text.indexOf(word); at >= 0; at = text.indexOf(word, at + 1)) {
            int end = at + word.length();
            boolean starts = at == 0 || !Character.isJavaIdentifierPart(text.charAt(at - 1));
            boolean ends = end == text.length() || !Character.isJavaIdentifierPart(text.charAt(end));
            if (starts && ends) {
                count++;
            }
        }
        return count;
    }
}
