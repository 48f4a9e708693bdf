package io.github.spawnproof.java;

import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;

/**
 * The tokens of a Java text, comments left out, and which of its brackets belong together. Brackets pair up as far as they
 * nest; what does not is a bracket without a partner.
 *
 * <p>A token's kind is its character if it is one of punctuation, else one of the constants.
 */
final class JavaTokens {

    /** An identifier or a keyword. */
    static final char WORD = 'w';

    /** A number, a character, a string or a text block. */
    static final char LITERAL = 'l';

    /** {@code ->}. */
    static final char ARROW = 'a';

    /** {@code ::}. */
    static final char REFERENCE = 'r';

    /** No token: where there is none before, behind or around another. */
    static final int NONE = -1;

    private static final int TAB = 4;

    private final String text;
    private char[] kinds = new char[64];
    private int[] starts = new int[64];
    private int[] ends = new int[64];
    private int size;
    private int[] partners = {};
    private int[] parents = {};
    private int[] lines = {};
    private int[] indents = {};
    private boolean balanced = true;

    JavaTokens(String text) {
        this.text = text;
    }

    void add(char kind, int start, int end) {
        if (size == kinds.length) {
            kinds = Arrays.copyOf(kinds, size * 2);
            starts = Arrays.copyOf(starts, size * 2);
            ends = Arrays.copyOf(ends, size * 2);
        }
        kinds[size] = kind;
        starts[size] = start;
        ends[size++] = end;
    }

    /** Pairs the brackets; call it once, behind the last token. */
    void pair() {
        partners = new int[size];
        parents = new int[size];
        Arrays.fill(partners, NONE);
        Deque<Integer> open = new ArrayDeque<>();
        for (int i = 0; i < size; i++) {
            if (isCloser(i)) {
                if (!open.isEmpty() && closerOf(kinds[open.peek()]) == kinds[i]) {
                    int opener = open.pop();
                    partners[opener] = i;
                    partners[i] = opener;
                } else {
                    balanced = false;
                }
            }
            parents[i] = open.isEmpty() ? NONE : open.peek();
            if (isOpener(i)) {
                open.push(i);
            }
        }
        balanced &= open.isEmpty();
    }

    /** Finds the lines and indentations of the tokens; only repairs ask for them. */
    private void layOut() {
        lines = new int[size];
        indents = new int[size];
        int line = 0;
        int at = 0;
        int indent = 0;
        boolean leading = true;
        for (int i = 0; i < size; i++) {
            for (; at < starts[i]; at++) {
                char c = text.charAt(at);
                if (c == '\n' || c == '\r') {
                    line++;
                    indent = 0;
                    leading = true;
                } else if (leading) {
                    indent += c == '\t' ? TAB : 1;
                }
            }
            leading = false;
            lines[i] = line;
            indents[i] = indent;
        }
    }

    String text() {
        return text;
    }

    int size() {
        return size;
    }

    /** Tells whether every bracket has its partner. */
    boolean isBalanced() {
        return balanced;
    }

    /** Returns the kind of a token; a blank if there is no such token. */
    char kind(int token) {
        return token < 0 || token >= size ? ' ' : kinds[token];
    }

    int start(int token) {
        return starts[token];
    }

    int end(int token) {
        return ends[token];
    }

    /** Returns the other bracket of a pair, or {@link #NONE}. */
    int partner(int token) {
        return partners[token];
    }

    /** Returns the innermost opening bracket around a token, which does not lie around itself or its partner. */
    int parent(int token) {
        return parents[token];
    }

    /** Returns the number of the line a token starts in, where {@code \r\n} counts as two. */
    int line(int token) {
        if (lines.length < size) {
            layOut();
        }
        return lines[token];
    }

    /** Returns the indentation in columns of the line that a token starts in. */
    int indent(int token) {
        if (lines.length < size) {
            layOut();
        }
        return indents[token];
    }

    boolean isFirstOnLine(int token) {
        return token == 0 || line(token) != line(token - 1);
    }

    boolean isOpener(int token) {
        char kind = kind(token);
        return kind == '(' || kind == '[' || kind == '{';
    }

    boolean isCloser(int token) {
        char kind = kind(token);
        return kind == ')' || kind == ']' || kind == '}';
    }

    boolean isWord(int token, String word) {
        return kind(token) == WORD
                && ends[token] - starts[token] == word.length()
                && text.startsWith(word, starts[token]);
    }

    /** Returns the text of a token. */
    String word(int token) {
        return text.substring(starts[token], ends[token]);
    }

    /** Returns the first token that ends behind an offset; the number of tokens if there is none. */
    int at(int offset) {
        int found = Arrays.binarySearch(ends, 0, size, offset + 1);
        return found >= 0 ? found : -found - 1;
    }

    static char closerOf(char opener) {
        return switch (opener) {
            case '(' -> ')';
            case '[' -> ']';
            default -> '}';
        };
    }
}
