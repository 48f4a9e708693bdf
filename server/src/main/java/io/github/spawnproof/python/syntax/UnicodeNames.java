package io.github.spawnproof.python.syntax;

/** The names of characters as Python has them in string escapes. */
final class UnicodeNames {

    private UnicodeNames() {}

    /** Returns the code point with the name, or -1 if there is none. */
    static int codePoint(String name) {
        try {
            return Character.codePointOf(name);
        } catch (IllegalArgumentException unknown) {
            return -1;
        }
    }
}
