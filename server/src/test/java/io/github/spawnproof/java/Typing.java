package io.github.spawnproof.java;

import java.util.ArrayList;
import java.util.List;

/** What a text looks like after each keystroke while something is typed into it, as editors do. */
final class Typing {

    /**
     * A state of the text.
     *
     * @param length how many characters there are at the place that were not there before
     */
    record Keystroke(String text, int length) {}

    private final String text;
    private final int place;
    private final String lineEnd;
    private final List<Keystroke> keystrokes = new ArrayList<>();
    private final StringBuilder typed = new StringBuilder();
    /** What the editor has put behind the cursor. */
    private final StringBuilder ahead = new StringBuilder();

    private Typing(String text, int place) {
        this.text = text;
        this.place = place;
        this.lineEnd = text.contains("\r\n") ? "\r\n" : "\n";
    }

    /**
     * Returns the texts after each keystroke of new lines.
     *
     * @param place where a line's first character is, that the new lines come before
     * @param closing whether the editor closes brackets and quotes
     */
    static List<Keystroke> lines(String text, int place, String lines, boolean closing) {
        Typing typing = new Typing(text, place);
        int start = Math.max(text.lastIndexOf('\n', place - 1), text.lastIndexOf('\r', place - 1)) + 1;
        String before = text.substring(start, place);
        String common = before.isBlank() ? before : "    ";
        // Behind the last statement of a block, what comes next is indented less.
        String deeper = text.charAt(place) == '}' && before.isBlank() ? before.contains("\t") ? "\t" : "    " : "";
        typing.typed.append(deeper);
        String indent = common + deeper;
        String rest = typing.lineEnd + common;
        typing.type(lines, indent, rest, closing);
        return typing.keystrokes;
    }

    /** Returns the texts after each keystroke of something that is typed into a line. */
    static List<Keystroke> words(String text, int place, String words, boolean closing) {
        Typing typing = new Typing(text, place);
        typing.type(words, "", "", closing);
        return typing.keystrokes;
    }

    private void type(String lines, String indent, String rest, boolean closing) {
        for (int i = 0; i < lines.length(); i++) {
            char c = lines.charAt(i);
            int skipped = c == '\n' ? closedAhead(lines, i) : 0;
            if (skipped > 0) {
                int brace = ahead.indexOf("}");
                typed.append(ahead, 0, brace + 1);
                ahead.delete(0, brace + 1);
                i += skipped;
            } else if (c == '\n') {
                typed.append(lineEnd).append(indent);
                if (ahead.indexOf("}") == 0) {
                    ahead.insert(0, lineEnd + indent + indentation(typed.toString(), indent));
                }
            } else if (ahead.length() > 0 && ahead.charAt(0) == c) {
                ahead.deleteCharAt(0);
                typed.append(c);
            } else {
                typed.append(c);
                if (closing && "([{\"'".indexOf(c) >= 0 && !isEscaped()) {
                    ahead.insert(0, ")]}\"'".charAt("([{\"'".indexOf(c)));
                }
            }
            String all = typed.toString() + ahead + rest;
            keystrokes.add(new Keystroke(text.substring(0, place) + all + text.substring(place), all.length()));
        }
    }

    private boolean isEscaped() {
        return typed.length() > 1 && typed.charAt(typed.length() - 2) == '\\';
    }

    /** Returns how many characters behind a line end lead to a brace that is ahead already; 0 if none is. */
    private int closedAhead(String lines, int lineEnd) {
        int i = lineEnd + 1;
        while (i < lines.length() && lines.charAt(i) == ' ') {
            i++;
        }
        boolean awaited = ahead.toString().stripLeading().startsWith("}") && ahead.charAt(0) != '}';
        return awaited && i < lines.length() && lines.charAt(i) == '}' ? i - lineEnd : 0;
    }

    /** Returns the blanks before the line that ends at the end of the typed text, beyond the common indentation. */
    private static String indentation(String typed, String indent) {
        String[] lines = typed.split("\r?\n", -1);
        String line = lines.length > 1 ? lines[lines.length - 2] : "";
        String own = line.startsWith(indent) ? line.substring(indent.length()) : line;
        return own.substring(0, own.length() - own.stripLeading().length());
    }
}
