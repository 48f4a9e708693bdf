package io.github.spawnproof.lsp;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Locale;

/**
 * Cuts the input into message bodies: LSP 3.17, base protocol.
 *
 * <p>Header names are taken in any letter case and order, as HTTP has it; lines may end in a lone line feed; empty
 * lines before a header are skipped.
 */
final class FrameReader {

    /** A whole body, one that is too large, the end of the input, or input in which no next body can be found. */
    sealed interface Frame permits Body, Skipped, End, Lost {}

    /** The bytes of one message. */
    @SuppressWarnings("ArrayRecordComponent") // Handed from reader to parser, never compared.
    record Body(byte[] bytes) implements Frame {}

    /** A message that was read and forgotten, for it would not fit into memory: an editor opens a log of that size. */
    record Skipped(int length) implements Frame {}

    /** The input has ended between two messages. */
    record End() implements Frame {}

    /** Where the next message starts is unknown. */
    record Lost(String reason) implements Frame {}

    /** More than the largest text that is analysed, in its longest spelling: six bytes for each unit. */
    static final int MAX_BODY_BYTES = 16 * 1024 * 1024;

    /** More than any editor sends, so that whoever announces it does not know what it says. */
    private static final int MAX_LENGTH = 512 * 1024 * 1024;

    private static final int MAX_LINE_BYTES = 8 * 1024;
    private static final int MAX_HEADER_LINES = 64;
    private static final String CONTENT_LENGTH = "content-length";

    private final InputStream in;

    FrameReader(InputStream in) {
        this.in = in;
    }

    /**
     * Returns the next frame; blocks until there is one.
     *
     * @throws IOException if the input cannot be read
     */
    Frame next() throws IOException {
        int length = -1;
        int lines = 0;
        while (true) {
            ByteArrayOutputStream bytes = new ByteArrayOutputStream();
            int last = readLine(bytes);
            if (last == -1) {
                return lines == 0 && bytes.size() == 0 ? new End() : new Lost("the input ended within a header");
            }
            if (last != '\n') {
                return new Lost("a header line is longer than " + MAX_LINE_BYTES + " bytes");
            }
            String line = bytes.toString(StandardCharsets.ISO_8859_1).strip();
            if (line.isEmpty()) {
                if (lines > 0) {
                    return length < 0 ? new Lost("a header has no Content-Length") : body(length);
                }
                continue;
            }
            if (++lines > MAX_HEADER_LINES) {
                return new Lost("a header has more than " + MAX_HEADER_LINES + " lines");
            }
            int colon = line.indexOf(':');
            if (colon < 0) {
                return new Lost("a header line has no colon");
            }
            if (line.substring(0, colon).strip().toLowerCase(Locale.ROOT).equals(CONTENT_LENGTH)) {
                length = parseLength(line.substring(colon + 1).strip());
                if (length < 0) {
                    return new Lost("Content-Length is no number from 0 to " + MAX_LENGTH);
                }
            }
        }
    }

    /** Reads up to and without the line feed; returns the last byte read, -1 at the end of the input. */
    private int readLine(ByteArrayOutputStream line) throws IOException {
        int c = in.read();
        while (c != '\n' && c != -1 && line.size() < MAX_LINE_BYTES) {
            line.write(c);
            c = in.read();
        }
        return c;
    }

    private static int parseLength(String text) {
        try {
            int length = Integer.parseInt(text);
            return length <= MAX_LENGTH ? length : -1;
        } catch (NumberFormatException e) {
            return -1;
        }
    }

    private Frame body(int length) throws IOException {
        if (length > MAX_BODY_BYTES) {
            return skip(length) ? new Skipped(length) : new Lost("the input ended within a message");
        }
        // Grows with what arrives, so that an announcement alone costs no memory.
        byte[] bytes = in.readNBytes(length);
        return bytes.length == length ? new Body(bytes) : new Lost("the input ended within a message");
    }

    /** Returns whether the input had so many bytes. Reads them all: a pipe cannot skip any. */
    private boolean skip(int length) throws IOException {
        byte[] bytes = new byte[MAX_LINE_BYTES];
        for (int left = length; left > 0; ) {
            int read = in.readNBytes(bytes, 0, Math.min(left, bytes.length));
            if (read == 0) {
                return false;
            }
            left -= read;
        }
        return true;
    }
}
