package io.github.spawnproof.source;

import java.util.Arrays;

/**
 * The starts of a text's lines.
 *
 * <p>A line ends at {@code \n}, {@code \r\n} or {@code \r}, as LSP 3.17 has it, and at nothing else: form feeds and
 * Unicode separators are ordinary characters. Lines count from 0.
 */
public final class LineIndex {

    private final int[] starts;
    private final int length;

    private LineIndex(int[] starts, int length) {
        this.starts = starts;
        this.length = length;
    }

    public static LineIndex of(String text) {
        int[] starts = new int[Math.max(16, text.length() / 32)];
        int count = 1;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '\n' || (c == '\r' && (i + 1 == text.length() || text.charAt(i + 1) != '\n'))) {
                if (count == starts.length) {
                    starts = Arrays.copyOf(starts, count * 2);
                }
                starts[count++] = i + 1;
            }
        }
        return new LineIndex(Arrays.copyOf(starts, count), text.length());
    }

    /** Returns the number of lines; a text that ends in a line end has an empty last line. */
    public int count() {
        return starts.length;
    }

    /** Returns the line that holds the offset; the end of the text belongs to the last line. */
    public int lineAt(int offset) {
        if (offset < 0 || offset > length) {
            throw new IndexOutOfBoundsException("offset " + offset + " of a text of " + length);
        }
        int found = Arrays.binarySearch(starts, offset);
        return found >= 0 ? found : -found - 2;
    }

    /** Returns the offset of the line's first code unit; of a line behind the last, the text's length. */
    public int start(int line) {
        return line >= starts.length ? length : starts[line];
    }
}
