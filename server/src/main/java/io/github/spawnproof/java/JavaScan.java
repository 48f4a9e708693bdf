package io.github.spawnproof.java;

import io.github.spawnproof.source.TextRange;
import java.util.List;

/**
 * What {@link JavaScanner} sees in a text.
 *
 * @param comments of all three kinds, from the first mark to the last character, in order
 * @param damages what no Java compiler could split into tokens, in order
 */
record JavaScan(JavaTokens tokens, List<TextRange> comments, List<Damage> damages) {

    /**
     * A part of the text that has to make room.
     *
     * @param value whether a value stands there, such as a string that is not closed yet
     */
    record Damage(TextRange range, boolean value) {}

    JavaScan {
        comments = List.copyOf(comments);
        damages = List.copyOf(damages);
    }

    /** Returns the offset of the first thing that is no comment; the length of the text if there is none. */
    int firstStatement() {
        return tokens.size() == 0 ? tokens.text().length() : tokens.start(0);
    }
}
