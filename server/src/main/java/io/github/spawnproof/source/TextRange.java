package io.github.spawnproof.source;

/**
 * A half-open range of a text.
 *
 * @param start offset of the first UTF-16 code unit
 * @param end offset behind the last UTF-16 code unit, at least {@code start}
 */
public record TextRange(int start, int end) implements Comparable<TextRange> {

    public TextRange {
        if (start < 0 || end < start) {
            throw new IllegalArgumentException("not a range: " + start + ".." + end);
        }
    }

    public int length() {
        return end - start;
    }

    public boolean isEmpty() {
        return start == end;
    }

    public boolean contains(int offset) {
        return start <= offset && offset < end;
    }

    public boolean contains(TextRange other) {
        return start <= other.start && other.end <= end;
    }

    /** Tells whether the two share a code unit; empty ranges share none. */
    public boolean overlaps(TextRange other) {
        return start < other.end && other.start < end;
    }

    /** Orders by start, then by end. */
    @Override
    public int compareTo(TextRange other) {
        return start != other.start ? Integer.compare(start, other.start) : Integer.compare(end, other.end);
    }
}
