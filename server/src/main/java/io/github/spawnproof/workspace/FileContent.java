package io.github.spawnproof.workspace;

import java.util.Locale;

/** What became of reading a file: its text, or the reason why there is none. */
public sealed interface FileContent {

    /** The text, without a byte order mark, and how it is written. */
    record Text(String text, FileEncoding encoding) implements FileContent {}

    /**
     * The reason why a file is not analysed.
     *
     * @param message a clause without the file's name, ready to be shown
     */
    record Unread(Kind kind, String message) implements FileContent {}

    /** Whether a file is left out on purpose or could not be read. */
    enum Kind {
        SKIPPED,
        UNREADABLE;

        /** Returns the name as output spells it: lower case. */
        public String label() {
            return name().toLowerCase(Locale.ROOT);
        }
    }
}
