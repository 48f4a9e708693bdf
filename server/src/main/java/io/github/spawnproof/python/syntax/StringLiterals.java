package io.github.spawnproof.python.syntax;

import java.util.function.IntConsumer;

/** Decodes what stands between the quotes of string and bytes literals (lexical analysis, 2.4.1). */
final class StringLiterals {

    private static final int MAX_OCTAL_DIGITS = 3;
    private static final int BYTE_MASK = 0xFF;

    private StringLiterals() {}

    /**
     * Returns the value of the text.
     *
     * @param flags those of {@link Tokens}
     * @param invalid takes the offset of each escape that Python rejects; such an escape stays as it is
     */
    static String decode(String text, int start, int end, int flags, IntConsumer invalid) {
        boolean escapes = (flags & Tokens.ESCAPE) != 0 && (flags & Tokens.RAW) == 0;
        if (!escapes && (flags & (Tokens.CARRIAGE_RETURN | Tokens.DOUBLED_BRACE)) == 0) {
            return text.substring(start, end);
        }
        StringBuilder value = new StringBuilder(end - start);
        int at = start;
        while (at < end) {
            char c = text.charAt(at);
            if (c == '\\' && escapes && at + 1 < end) {
                at = escape(text, at, end, flags, value, invalid);
            } else if (c == '\r') {
                value.append('\n'); // Universal newlines: CPython reads no carriage returns.
                at += at + 1 < end && text.charAt(at + 1) == '\n' ? 2 : 1;
            } else {
                value.append(c);
                at++;
                if ((flags & Tokens.DOUBLED_BRACE) != 0 && (c == '{' || c == '}') && at < end && text.charAt(at) == c) {
                    at++;
                }
            }
        }
        return value.toString();
    }

    /** Decodes the escape at a backslash and returns the offset behind it. */
    private static int escape(
            String text, int backslash, int end, int flags, StringBuilder value, IntConsumer invalid) {
        char c = text.charAt(backslash + 1);
        int next = backslash + 2;
        switch (c) {
            case '\n' -> {}
            case '\r' -> {
                return next < end && text.charAt(next) == '\n' ? next + 1 : next;
            }
            case '\\', '\'', '"' -> value.append(c);
            case 'a' -> value.append('\u0007');
            case 'b' -> value.append('\b');
            case 'f' -> value.append('\f');
            case 'n' -> value.append('\n');
            case 'r' -> value.append('\r');
            case 't' -> value.append('\t');
            case 'v' -> value.append('\u000B');
            case '0', '1', '2', '3', '4', '5', '6', '7' -> {
                return octal(text, backslash + 1, end, flags, value);
            }
            case 'x' -> {
                return hexadecimal(text, backslash, end, 2, value, invalid);
            }
            default -> {
                if ((flags & Tokens.BYTES) == 0) {
                    if (c == 'u' || c == 'U') {
                        return hexadecimal(text, backslash, end, c == 'u' ? 4 : 8, value, invalid);
                    }
                    if (c == 'N') {
                        return named(text, backslash, end, value, invalid);
                    }
                }
                // Unknown escapes stay; the character after the backslash may be a brace of an f-string.
                value.append('\\');
                return backslash + 1;
            }
        }
        return next;
    }

    private static int octal(String text, int first, int end, int flags, StringBuilder value) {
        int at = first;
        int code = 0;
        while (at < end && at < first + MAX_OCTAL_DIGITS && text.charAt(at) >= '0' && text.charAt(at) <= '7') {
            code = code * 8 + text.charAt(at) - '0';
            at++;
        }
        value.append((char) ((flags & Tokens.BYTES) != 0 ? code & BYTE_MASK : code));
        return at;
    }

    private static int hexadecimal(
            String text, int backslash, int end, int digits, StringBuilder value, IntConsumer invalid) {
        int from = backslash + 2;
        long code = 0;
        for (int i = 0; i < digits; i++) {
            int digit = from + i < end && text.charAt(from + i) < 128 ? Character.digit(text.charAt(from + i), 16) : -1;
            if (digit < 0) {
                return keep(text, backslash, value, invalid);
            }
            code = code * 16 + digit;
        }
        if (code > Character.MAX_CODE_POINT) {
            return keep(text, backslash, value, invalid);
        }
        value.appendCodePoint((int) code);
        return from + digits;
    }

    private static int named(String text, int backslash, int end, StringBuilder value, IntConsumer invalid) {
        int open = backslash + 2;
        int close = open < end && text.charAt(open) == '{' ? text.indexOf('}', open) : -1;
        if (close < 0 || close >= end) {
            return keep(text, backslash, value, invalid);
        }
        int code = UnicodeNames.codePoint(text.substring(open + 1, close));
        if (code < 0) {
            return keep(text, backslash, value, invalid);
        }
        value.appendCodePoint(code);
        return close + 1;
    }

    private static int keep(String text, int backslash, StringBuilder value, IntConsumer invalid) {
        invalid.accept(backslash);
        value.append(text, backslash, backslash + 2);
        return backslash + 2;
    }
}
