package io.github.spawnproof.python.syntax;

/** The letters before the quotes of a string. */
final class StringPrefixes {

    /** The string is an f-string or t-string. */
    static final int FORMATTED = 1 << 20;

    /** The prefix is {@code u}, which means nothing. */
    static final int UNICODE = 1 << 21;

    private StringPrefixes() {}

    /** Returns the flags of a string prefix; -1 if it is none. */
    static int flags(char[] chars, int start, int end) {
        int flags = end - start;
        int seen = 0;
        for (int i = start; i < end; i++) {
            int letter = switch (chars[i]) {
                case 'r', 'R' -> Tokens.RAW;
                case 'b', 'B' -> Tokens.BYTES;
                case 'f', 'F' -> FORMATTED;
                case 't', 'T' -> FORMATTED | Tokens.TEMPLATE;
                case 'u', 'U' -> UNICODE;
                default -> -1;
            };
            if (letter < 0 || (seen & letter) != 0) {
                return -1;
            }
            seen |= letter;
        }
        int families = Integer.bitCount(seen & (Tokens.BYTES | FORMATTED | UNICODE));
        if (families > 1 || ((seen & UNICODE) != 0 && end - start > 1)) {
            return -1;
        }
        return flags | seen;
    }
}
