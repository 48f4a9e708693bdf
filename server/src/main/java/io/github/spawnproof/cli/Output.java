package io.github.spawnproof.cli;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.OutputStreamWriter;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.util.function.Function;

/** A stream for text in UTF-8 that tells when nobody reads any more. */
final class Output extends Writer {

    /** The reader is gone, as after {@code | head}; the command ends. */
    static final class Closed extends RuntimeException {

        Closed(IOException cause) {
            super("the output was closed", cause, false, false);
        }
    }

    private final OutputStream bytes;
    private final Writer text;
    private final Function<IOException, RuntimeException> failure;

    Output(OutputStream stream) {
        this(stream, Closed::new);
    }

    /** @param failure makes what is thrown when nothing can be written */
    Output(OutputStream stream, Function<IOException, RuntimeException> failure) {
        this.failure = failure;
        this.bytes = new BufferedOutputStream(stream, 1 << 16);
        this.text = new OutputStreamWriter(bytes, StandardCharsets.UTF_8);
    }

    void line(String line) {
        print(line + "\n");
    }

    void print(String part) {
        try {
            text.write(part);
        } catch (IOException e) {
            throw failure.apply(e);
        }
    }

    /** Writes bytes as they are, behind all text written so far. */
    void bytes(byte[] content) {
        try {
            text.flush();
            bytes.write(content);
        } catch (IOException e) {
            throw failure.apply(e);
        }
    }

    @Override
    public void write(char[] buffer, int offset, int length) {
        print(new String(buffer, offset, length));
    }

    @Override
    public void flush() {
        try {
            text.flush();
        } catch (IOException e) {
            throw failure.apply(e);
        }
    }

    /** Flushes only: the process's own streams stay open. */
    @Override
    public void close() {
        flush();
    }
}
