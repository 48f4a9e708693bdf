package io.github.spawnproof.python.syntax;

/** Reads numeric literals (lexical analysis, 2.4.5). What runs into a name is one invalid number. */
final class NumberScanner {

    private final char[] chars;
    private final StatementLines statementLines;
    private int end;
    private int flags;

    /** Works on characters that end in a zero. */
    NumberScanner(char[] chars, StatementLines statementLines) {
        this.chars = chars;
        this.statementLines = statementLines;
    }

    /** Returns where the number that was read last ends. */
    int end() {
        return end;
    }

    /** Returns the flags, those of {@link Tokens}, of the number that was read last. */
    int flags() {
        return flags;
    }

    /** Reads the number at the offset; digits or a point and a digit are there. */
    void scan(int start) {
        int at = start;
        flags = Tokens.INTEGER;
        boolean valid = true;
        char second = Character.toLowerCase(chars[start + 1]);
        if (chars[start] == '0' && (second == 'x' || second == 'o' || second == 'b')) {
            int radix = second == 'x' ? 16 : second == 'o' ? 8 : 2;
            at = digits(start + 2, radix);
            valid = at > start + 2 && digitsAreGrouped(start + 2, at, true);
        } else {
            at = digits(start, 10);
            valid = digitsAreGrouped(start, at, false);
            boolean leadingZero = chars[start] == '0' && at > start + 1 && !isZero(start, at);
            if (chars[at] == '.') {
                flags = Tokens.FLOAT;
                int fraction = at + 1;
                at = digits(fraction, 10);
                valid &= digitsAreGrouped(fraction, at, false);
            }
            if (chars[at] == 'e' || chars[at] == 'E') {
                int exponent = chars[at + 1] == '+' || chars[at + 1] == '-' ? at + 2 : at + 1;
                if (chars[exponent] >= '0' && chars[exponent] <= '9') {
                    flags = Tokens.FLOAT;
                    at = digits(exponent, 10);
                    valid &= digitsAreGrouped(exponent, at, false);
                }
            }
            if (chars[at] == 'j' || chars[at] == 'J') {
                flags = Tokens.COMPLEX;
                at++;
            }
            valid &= !leadingZero || flags != Tokens.INTEGER;
        }
        if (startsName(at) && !statementLines.isOperatorWord(at)) {
            valid = false;
            while (startsName(at)) {
                at++;
            }
        }
        if (!valid) {
            flags = Tokens.INVALID;
        }
        if (hasUnderscore(start, at)) {
            flags |= Tokens.UNDERSCORES;
        }
        end = at;
    }

    private int digits(int from, int radix) {
        int at = from;
        while (chars[at] == '_' || (chars[at] < 128 && Character.digit(chars[at], radix) >= 0)) {
            at++;
        }
        return at;
    }

    /** Tells whether single underscores stand between digits only; after a radix prefix one may come first. */
    private boolean digitsAreGrouped(int from, int to, boolean mayStart) {
        if (from == to) {
            return true;
        }
        if (chars[to - 1] == '_' || (chars[from] == '_' && !mayStart)) {
            return false;
        }
        for (int i = from + 1; i < to; i++) {
            if (chars[i] == '_' && chars[i - 1] == '_') {
                return false;
            }
        }
        return true;
    }

    private boolean isZero(int from, int to) {
        for (int i = from; i < to; i++) {
            if (chars[i] != '0' && chars[i] != '_') {
                return false;
            }
        }
        return true;
    }

    private boolean hasUnderscore(int from, int to) {
        for (int i = from; i < to; i++) {
            if (chars[i] == '_') {
                return true;
            }
        }
        return false;
    }

    private boolean startsName(int at) {
        char c = chars[at];
        return c < 128 ? Lexer.WORD[c] : Lexer.isNamePart(c);
    }
}
