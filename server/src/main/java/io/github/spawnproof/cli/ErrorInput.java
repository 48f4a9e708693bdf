package io.github.spawnproof.cli;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * A text to explain.
 *
 * @param cut whether there was more than is read
 */
record ErrorInput(String text, boolean cut) {

    /** How much is read, in bytes. */
    static final int LIMIT = 8 << 20;

    /** Reads a log, whatever its encoding: messages are ASCII, and what is malformed becomes U+FFFD. */
    static ErrorInput read(InputStream in) {
        try {
            byte[] bytes = in.readNBytes(LIMIT + 1);
            boolean cut = bytes.length > LIMIT;
            byte[] kept = cut ? Arrays.copyOf(bytes, LIMIT) : bytes;
            // PowerShell writes UTF-16 where a program's output is redirected to a file.
            boolean wide = kept.length >= 2
                    && ((kept[0] == (byte) 0xFF && kept[1] == (byte) 0xFE)
                            || (kept[0] == (byte) 0xFE && kept[1] == (byte) 0xFF));
            return new ErrorInput(new String(kept, wide ? StandardCharsets.UTF_16 : StandardCharsets.UTF_8), cut);
        } catch (IOException e) {
            throw new UsageException("standard input cannot be read: " + e.getMessage());
        }
    }
}
