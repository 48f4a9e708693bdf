package io.github.spawnproof.java;

import io.github.spawnproof.java.JavaScan.Damage;
import io.github.spawnproof.source.TextRange;
import java.util.ArrayList;
import java.util.List;

/**
 * Splits any text into Java's tokens and comments. What JavaParser's lexer would give up on is damage: strings, characters
 * and comments that do not end, bad escapes, characters that mean nothing.
 *
 * <p>Unicode escapes are left alone: one may stand in an identifier, and is never taken for a bracket or a quote.
 */
final class JavaScanner {

    /** What a text block starts and ends with. */
    static final String TEXT_BLOCK = "\"\"\"";

    private final String text;
    private final boolean wary;
    private final JavaTokens tokens;
    private final List<TextRange> comments = new ArrayList<>();
    private final List<Damage> damages = new ArrayList<>();
    private int at;

    private JavaScanner(String text, boolean wary) {
        this.text = text;
        this.wary = wary;
        this.tokens = new JavaTokens(text);
    }

    /** Returns what is in the text, read as a compiler would. */
    static JavaScan scan(String text) {
        return new JavaScanner(text, false).run();
    }

    /**
     * Returns what is in a text that is known to be damaged: a comment or text block that seems to end only where the next
     * one begins is taken to be not closed yet, and lasts to the end of its line.
     */
    static JavaScan scanWarily(String text) {
        return new JavaScanner(text, true).run();
    }

    private JavaScan run() {
        if (text.startsWith("#!")) {
            at = lineEnd(0);
            damages.add(new Damage(new TextRange(0, at), false));
        }
        while (at < text.length()) {
            next();
        }
        tokens.pair();
        return new JavaScan(tokens, comments, damages);
    }

    private void next() {
        int start = at;
        int c = text.codePointAt(start);
        if (isBlank(c)) {
            at++;
        } else if (text.startsWith("//", start)) {
            at = lineEnd(start);
            comments.add(new TextRange(start, at));
        } else if (text.startsWith("/*", start)) {
            comment(start);
        } else if (text.startsWith(TEXT_BLOCK, start)) {
            textBlock(start);
        } else if (c == '"') {
            string(start);
        } else if (c == '\'') {
            character(start);
        } else if ('0' <= c && c <= '9') {
            number(start);
        } else if (identifierPart(start) > 0) {
            while (at < text.length() && identifierPart(at) > 0) {
                at += identifierPart(at);
            }
            tokens.add(JavaTokens.WORD, start, at);
        } else if (text.startsWith("->", start)) {
            at += 2;
            tokens.add(JavaTokens.ARROW, start, at);
        } else if (text.startsWith("::", start)) {
            at += 2;
            tokens.add(JavaTokens.REFERENCE, start, at);
        } else if ("(){}[];,.:=<>!~?+-*/&|^%@".indexOf(c) >= 0) {
            at++;
            tokens.add((char) c, start, at);
        } else {
            at += Character.charCount(c);
            damages.add(new Damage(new TextRange(start, at), false));
        }
    }

    private static boolean isBlank(int c) {
        return c == ' ' || c == '\t' || c == '\n' || c == '\r' || c == '\f';
    }

    /** Returns the length of the part of an identifier that stands at an offset; 0 if there is none. */
    private int identifierPart(int offset) {
        int c = text.codePointAt(offset);
        if (c == '\\') {
            return isUnicodeEscape(offset) ? 6 : 0;
        }
        return Character.isJavaIdentifierPart(c) && !Character.isIdentifierIgnorable(c) ? Character.charCount(c) : 0;
    }

    /** Tells whether there is a Unicode escape of the usual form; JavaParser does not know the one with several {@code u}. */
    private boolean isUnicodeEscape(int offset) {
        if (!text.startsWith("\\u", offset) || offset + 6 > text.length()) {
            return false;
        }
        for (int i = offset + 2; i < offset + 6; i++) {
            if (Character.digit(text.charAt(i), 16) < 0 || text.charAt(i) > 'f') {
                return false;
            }
        }
        return true;
    }

    private void comment(int start) {
        int end = text.indexOf("*/", start + 2);
        if (end < 0 || (wary && opensLine("/*", start + 2, end))) {
            at = lineEnd(start);
            damages.add(new Damage(new TextRange(start, at), false));
        } else {
            at = end + 2;
        }
        comments.add(new TextRange(start, at));
    }

    /** Tells whether a line in a range, behind that of its start, starts with a mark. */
    private boolean opensLine(String mark, int start, int end) {
        for (int found = text.indexOf(mark, start); found >= 0 && found < end; found = text.indexOf(mark, found + 1)) {
            if (isFirstOnLine(found) && lineEnd(start) < found) {
                return true;
            }
        }
        return false;
    }

    private void textBlock(int start) {
        at = start + TEXT_BLOCK.length();
        int lineEnd = lineEnd(start);
        if (!isBlank(at, lineEnd)) {
            unclosed(start);
            return;
        }
        int from = at;
        while (from < text.length()) {
            if (text.charAt(from) == '\\') {
                from += 2;
            } else if (text.startsWith(TEXT_BLOCK, from)) {
                break;
            } else {
                from++;
            }
        }
        if (from >= text.length() || (wary && looksLikeOpener(from))) {
            unclosed(start);
            return;
        }
        at = from + TEXT_BLOCK.length();
        tokens.add(JavaTokens.LITERAL, start, at);
    }

    /** Tells whether three quotes end their line, with code before them that lets a text block begin. */
    private boolean looksLikeOpener(int quotes) {
        if (!isBlank(quotes + TEXT_BLOCK.length(), lineEnd(quotes))) {
            return false;
        }
        int before = quotes - 1;
        while (before >= 0 && (text.charAt(before) == ' ' || text.charAt(before) == '\t')) {
            before--;
        }
        return before >= 0 && "=(,+?:".indexOf(text.charAt(before)) >= 0;
    }

    private void string(int start) {
        int end = start + 1;
        List<TextRange> escapes = new ArrayList<>();
        while (end < text.length() && "\"\n\r".indexOf(text.charAt(end)) < 0) {
            if (text.charAt(end) == '\\') {
                int length = escape(end);
                if (length == 0) {
                    escapes.add(new TextRange(end, end + 1));
                    boolean quote = end + 1 < text.length() && "\n\r".indexOf(text.charAt(end + 1)) < 0;
                    length = quote ? 2 : 1;
                }
                end += length;
            } else {
                end++;
            }
        }
        if (end >= text.length() || text.charAt(end) != '"') {
            unclosed(start);
            return;
        }
        at = end + 1;
        // Only the backslash has to go, and what is left is still a string.
        escapes.forEach(escape -> damages.add(new Damage(escape, false)));
        tokens.add(JavaTokens.LITERAL, start, at);
    }

    /** Returns the length of the escape at a backslash, or 0 if it is none. */
    private int escape(int offset) {
        if (isUnicodeEscape(offset)) {
            return 6;
        }
        if (offset + 1 >= text.length()) {
            return 0;
        }
        char c = text.charAt(offset + 1);
        return "btnfrs\"'\\".indexOf(c) >= 0 || ('0' <= c && c <= '7') ? 2 : 0;
    }

    private void character(int start) {
        int length = 1;
        if (start + 1 < text.length()) {
            char c = text.charAt(start + 1);
            if (c == '\\') {
                length = 1 + escape(start + 1);
                while (length > 2
                        && length < 5
                        && start + length < text.length()
                        && Character.digit(text.charAt(start + length), 8) >= 0
                        && Character.digit(text.charAt(start + 2), 8) >= 0) {
                    length++;
                }
            } else if (c != '\'' && c != '\n' && c != '\r') {
                length = 2;
            }
        }
        if (length > 1 && text.startsWith("'", start + length)) {
            at = start + length + 1;
            tokens.add(JavaTokens.LITERAL, start, at);
            return;
        }
        int end = start + 1;
        while (end < text.length() && (Character.isLetterOrDigit(text.charAt(end)) || text.charAt(end) == ' ')) {
            end++;
        }
        if (text.startsWith("'", end)) {
            at = end + 1;
            value(start);
        } else {
            unclosed(start);
        }
    }

    /** Takes a string or character that does not end to end with its line, but for the brackets that close others. */
    private void unclosed(int start) {
        int end = lineEnd(start);
        int keep = end;
        while (keep > start + 1 && ")];,{} \t".indexOf(text.charAt(keep - 1)) >= 0) {
            keep--;
        }
        while (keep < end && ")];".indexOf(text.charAt(keep)) < 0) {
            keep++;
        }
        at = keep;
        value(start);
    }

    private void value(int start) {
        damages.add(new Damage(new TextRange(start, at), true));
        tokens.add(JavaTokens.LITERAL, start, at);
    }

    private void number(int start) {
        while (at < text.length()) {
            char c = text.charAt(at);
            boolean sign = (c == '+' || c == '-') && at > start && isExponent(start);
            boolean dot = c == '.' && at + 1 < text.length() && Character.isDigit(text.charAt(at + 1));
            if (!sign && !dot && !(c < 0x80 && Character.isJavaIdentifierPart(c))) {
                break;
            }
            at++;
        }
        tokens.add(JavaTokens.LITERAL, start, Math.max(at, start + 1));
    }

    private boolean isExponent(int start) {
        char before = Character.toLowerCase(text.charAt(at - 1));
        boolean hexadecimal = text.startsWith("0x", start) || text.startsWith("0X", start);
        return before == (hexadecimal ? 'p' : 'e');
    }

    private boolean isBlank(int start, int end) {
        for (int i = start; i < end; i++) {
            if (!isBlank(text.charAt(i))) {
                return false;
            }
        }
        return true;
    }

    private boolean isFirstOnLine(int offset) {
        int before = offset - 1;
        while (before >= 0 && (text.charAt(before) == ' ' || text.charAt(before) == '\t')) {
            before--;
        }
        return before < 0 || text.charAt(before) == '\n' || text.charAt(before) == '\r';
    }

    private int lineEnd(int offset) {
        int end = offset;
        while (end < text.length() && text.charAt(end) != '\n' && text.charAt(end) != '\r') {
            end++;
        }
        return end;
    }
}
