package io.github.spawnproof.python;

import io.github.spawnproof.python.syntax.ProseReader;
import io.github.spawnproof.source.TextRange;
import java.util.Optional;

/**
 * What is written for people in a Python file: comments and strings. Not among the facts, which are made with every
 * key: only a hover asks for this, and reads the text again.
 */
public final class Prose {

    private Prose() {}

    /** Returns the comment or string around an offset, with the lines of comment or strings that it continues. */
    public static Optional<TextRange> at(String text, int offset) {
        return ProseReader.at(text, offset);
    }
}
