package io.github.spawnproof.yaml;

import io.github.spawnproof.source.TextRange;
import java.util.ArrayList;
import java.util.List;

/**
 * JSON with comments as the YAML that it nearly is: comments, and tabs between the values, are blanked out.
 *
 * @param text of the same length as before
 * @param comments from {@code //} to the end of the line, in order; those in {@code /* *}{@code /} are not among them
 */
record JsonComments(String text, List<TextRange> comments) {

    static JsonComments blank(String text) {
        char[] chars = text.toCharArray();
        List<TextRange> comments = new ArrayList<>();
        int at = 0;
        while (at < chars.length) {
            if (chars[at] == '"') {
                at = endOfString(text, at);
            } else if (text.startsWith("//", at)) {
                int end = endOfLine(text, at);
                comments.add(new TextRange(at, end));
                blank(chars, at, end);
                at = end;
            } else if (text.startsWith("/*", at)) {
                int close = text.indexOf("*/", at + 2);
                int end = close < 0 ? chars.length : close + 2;
                blank(chars, at, end);
                at = end;
            } else {
                if (chars[at] == '\t') {
                    chars[at] = ' ';
                }
                at++;
            }
        }
        return new JsonComments(new String(chars), comments);
    }

    private static void blank(char[] chars, int start, int end) {
        for (int i = start; i < end; i++) {
            if (chars[i] != '\n' && chars[i] != '\r') {
                chars[i] = ' ';
            }
        }
    }

    /** Returns the offset behind the closing quote; that of the line end if there is none. */
    private static int endOfString(String text, int start) {
        int end = endOfLine(text, start);
        for (int i = start + 1; i < end; i++) {
            if (text.charAt(i) == '\\') {
                i++;
            } else if (text.charAt(i) == '"') {
                return i + 1;
            }
        }
        return end;
    }

    private static int endOfLine(String text, int start) {
        int end = start;
        while (end < text.length() && text.charAt(end) != '\n' && text.charAt(end) != '\r') {
            end++;
        }
        return end;
    }
}
