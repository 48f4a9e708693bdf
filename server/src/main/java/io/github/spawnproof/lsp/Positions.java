package io.github.spawnproof.lsp;

import io.github.spawnproof.source.LineIndex;
import io.github.spawnproof.source.SourceText;
import io.github.spawnproof.source.TextRange;
import org.eclipse.lsp4j.Position;
import org.eclipse.lsp4j.Range;

/**
 * Converts between the protocol's positions and offsets of one text.
 *
 * <p>Positions outside the text are clamped: behind the end of a line to its end (before the line end), behind the last
 * line to the end of the text, negative ones to 0. Never fails.
 */
final class Positions {

    private final SourceText source;
    private final PositionEncoding encoding;
    private final int base;

    Positions(SourceText source, PositionEncoding encoding) {
        this(source, encoding, 0);
    }

    /** Makes the positions of a part of a document, with offsets of the whole. */
    Positions(TextPart part, PositionEncoding encoding) {
        this(part.source(), encoding, part.base());
    }

    private Positions(SourceText source, PositionEncoding encoding, int base) {
        this.source = source;
        this.encoding = encoding;
        this.base = base;
    }

    /**
     * Returns the offset of a position. A position inside a character of several units means the character's start;
     * except in UTF-16, where it is taken as it is, since a client that counts so also edits so.
     */
    int offset(Position position) {
        return base + own(position);
    }

    private int own(Position position) {
        LineIndex lines = source.lines();
        if (position.getLine() < 0) {
            return 0;
        }
        if (position.getLine() >= lines.count()) {
            return source.length();
        }
        int start = lines.start(position.getLine());
        int end = source.lineEnd(start);
        return encoding == PositionEncoding.UTF_16
                ? start + Math.max(0, Math.min(position.getCharacter(), end - start))
                : advance(start, end, position.getCharacter());
    }

    private int advance(int start, int end, int units) {
        int offset = start;
        int left = units;
        while (offset < end) {
            int codePoint = source.text().codePointAt(offset);
            left -= width(codePoint);
            if (left < 0) {
                return offset;
            }
            offset += Character.charCount(codePoint);
        }
        return offset;
    }

    /** Returns the range between two positions; if the end lies before the start, the two are swapped. */
    TextRange textRange(Range range) {
        int start = offset(range.getStart());
        int end = offset(range.getEnd());
        return new TextRange(Math.min(start, end), Math.max(start, end));
    }

    /** Returns the position of an offset. An offset between the halves of a surrogate pair counts as before the pair. */
    Position position(int offset) {
        int clamped = Math.max(0, Math.min(offset - base, source.length()));
        int line = source.lines().lineAt(clamped);
        int start = source.lines().start(line);
        if (encoding == PositionEncoding.UTF_16) {
            return new Position(line, clamped - start);
        }
        int units = 0;
        for (int at = start; at < clamped; ) {
            int codePoint = source.text().codePointAt(at);
            at += Character.charCount(codePoint);
            if (at <= clamped) {
                units += width(codePoint);
            }
        }
        return new Position(line, units);
    }

    Range range(TextRange range) {
        return new Range(position(range.start()), position(range.end()));
    }

    private int width(int codePoint) {
        if (encoding == PositionEncoding.UTF_32) {
            return 1;
        }
        if (codePoint < 0x80) {
            return 1;
        }
        if (codePoint < 0x800) {
            return 2;
        }
        return codePoint < 0x10000 ? 3 : 4;
    }
}
