package io.github.spawnproof.python.syntax;

import static io.github.spawnproof.python.syntax.TokenKind.*;

/**
 * Judges lines inside brackets: whether a line can go on with an expression, or can only begin a statement.
 *
 * <p>No line of a valid program may be judged a statement here, however odd its layout; so {@code if}, {@code for} and
 * {@code name = value}, which have a meaning inside brackets, count only together with more evidence.
 */
final class StatementLines {

    private static final boolean[] STATEMENT_KEYWORD = new boolean[KEYWORD_COUNT];
    private static final boolean[] OPERATOR_WORD = new boolean[KEYWORD_COUNT];
    private static final boolean[] BLOCK_KEYWORD = new boolean[KEYWORD_COUNT];

    static {
        byte[] statements = {
            ASSERT, BREAK, CLASS, CONTINUE, DEF, DEL, ELIF, EXCEPT, FINALLY, GLOBAL, IMPORT, NONLOCAL, PASS, RAISE,
            RETURN, TRY, WHILE, WITH
        };
        mark(STATEMENT_KEYWORD, statements);
        mark(OPERATOR_WORD, new byte[] {AND, ELSE, FOR, IF, IN, IS, NOT, OR});
        mark(BLOCK_KEYWORD, new byte[] {ASYNC, CLASS, DEF, ELIF, EXCEPT, FOR, IF, WHILE, WITH});
    }

    private static void mark(boolean[] table, byte[] kinds) {
        for (byte kind : kinds) {
            table[kind - FIRST_KEYWORD] = true;
        }
    }

    private final String text;
    private final char[] chars;
    private final NameTable names;

    StatementLines(String text, char[] chars, NameTable names) {
        this.text = text;
        this.chars = chars;
        this.names = names;
    }

    /**
     * Tells whether the line that starts at the given character proves that the brackets around it are never closed.
     *
     * @param leftOfBlock whether it is indented no more than the statement that it would belong to
     * @param previous kind of the token before the line
     */
    boolean cannotStandInBrackets(int at, boolean leftOfBlock, byte previous) {
        if (!startsWord(at)) {
            return false;
        }
        int end = wordEnd(at);
        int keyword = keyword(at, end);
        if (keyword < KEYWORD_COUNT) {
            return isStatementKeyword(keyword, end);
        }
        return leftOfBlock && isAssignment(end, previous);
    }

    /**
     * Tells whether a line ends a statement whose brackets are known to be broken.
     *
     * @param first kind of the statement's first token
     */
    boolean endsBrokenBracket(int at, boolean leftOfBlock, byte previous, byte first) {
        char c = chars[at];
        if (leftOfBlock) {
            return c != ')' && c != ']' && c != '}';
        }
        if (!startsWord(at)) {
            return false;
        }
        int end = wordEnd(at);
        int keyword = keyword(at, end);
        if (keyword < KEYWORD_COUNT && isStatementKeyword(keyword, end)) {
            return true;
        }
        // The body of "def f(a:" or "if f(x" must not become part of its header.
        boolean inHeader = first >= FIRST_KEYWORD && BLOCK_KEYWORD[first - FIRST_KEYWORD];
        return inHeader
                && (previous == COLON || endsOperand(previous))
                && (keyword >= KEYWORD_COUNT || !OPERATOR_WORD[keyword]);
    }

    /** Tells whether a line can only begin a statement although the line before it ends in a backslash. */
    boolean endsContinuedLine(int from, byte previous) {
        int at = from;
        while (chars[at] == ' ' || chars[at] == '\t') {
            at++;
        }
        if (!startsWord(at) || !(endsOperand(previous) || PRECEDENCE[previous] > 0 || previous == EQUAL)) {
            return false;
        }
        int keyword = keyword(at, wordEnd(at));
        return keyword < KEYWORD_COUNT && STATEMENT_KEYWORD[keyword] && keyword != IMPORT - FIRST_KEYWORD;
    }

    /** Tells whether one of the words that may follow a number without a blank starts here. */
    boolean isOperatorWord(int at) {
        if (!startsWord(at)) {
            return false;
        }
        int keyword = keyword(at, wordEnd(at));
        return keyword < KEYWORD_COUNT && OPERATOR_WORD[keyword];
    }

    private boolean isStatementKeyword(int keyword, int end) {
        if (STATEMENT_KEYWORD[keyword]) {
            return true;
        }
        return switch ((byte) (keyword + FIRST_KEYWORD)) {
            case ELSE -> chars[skipBlanks(end)] == ':';
            case IF, FOR -> hasBlockColon(end);
            case FROM -> isImport(end);
            case ASYNC -> {
                int next = skipBlanks(end);
                int word = startsWord(next) ? keyword(next, wordEnd(next)) + FIRST_KEYWORD : NAME;
                yield word == DEF || word == WITH || (word == FOR && hasBlockColon(wordEnd(next)));
            }
            default -> false;
        };
    }

    /** Tells whether a colon ends the header of an {@code if} or {@code for} on its line. */
    private boolean hasBlockColon(int from) {
        int depth = 0;
        int at = from;
        while (true) {
            char c = chars[at];
            if (startsWord(at)) {
                int end = wordEnd(at);
                int keyword = keyword(at, end) + FIRST_KEYWORD;
                if (depth == 0 && (keyword == ELSE || keyword == LAMBDA)) {
                    return false;
                }
                at = end;
            } else if (c == '"' || c == '\'') {
                at = stringEnd(at);
            } else if (c == '(' || c == '[' || c == '{') {
                depth++;
                at++;
            } else if (c == ')' || c == ']' || c == '}') {
                depth--;
                at++;
                if (depth < 0) {
                    return false;
                }
            } else if (c == ':' && depth == 0) {
                return chars[at + 1] != '=';
            } else if (isLineEnd(at) || c == '#') {
                return false;
            } else {
                at++;
            }
        }
    }

    /** Tells whether {@code from} is followed by a dotted name and {@code import}. */
    private boolean isImport(int from) {
        int at = from;
        while (chars[at] == ' ' || chars[at] == '\t' || chars[at] == '.') {
            at++;
        }
        while (startsWord(at)) {
            int end = wordEnd(at);
            if (keyword(at, end) == IMPORT - FIRST_KEYWORD) {
                return true;
            }
            at = end;
            while (chars[at] == ' ' || chars[at] == '\t' || chars[at] == '.') {
                at++;
            }
        }
        return false;
    }

    /** Tells whether the line assigns; a bare name with {@code =} may be an argument after a comma. */
    private boolean isAssignment(int nameEnd, byte previous) {
        int at = nameEnd;
        boolean bare = true;
        while (true) {
            at = skipBlanks(at);
            char c = chars[at];
            if (c == '.') {
                bare = false;
                at = skipBlanks(at + 1);
                if (!startsWord(at)) {
                    return false;
                }
                at = wordEnd(at);
            } else if (c == '[') {
                bare = false;
                at = bracketEnd(at);
                if (at < 0) {
                    return false;
                }
            } else if (c == '=') {
                return chars[at + 1] != '=' && (!bare || !mayPrecedeArgument(previous));
            } else {
                return isAugmented(at);
            }
        }
    }

    private static boolean mayPrecedeArgument(byte previous) {
        return previous == COMMA
                || previous == LEFT_PARENTHESIS
                || previous == LEFT_SQUARE
                || previous == LEFT_BRACE
                || previous == LAMBDA;
    }

    private boolean isAugmented(int at) {
        char c = chars[at];
        char next = chars[at + 1];
        return switch (c) {
            case '+', '-', '%', '&', '|', '^', '@' -> next == '=';
            case '*', '/' -> next == '=' || (next == c && chars[at + 2] == '=');
            case '<', '>' -> next == c && chars[at + 2] == '=';
            default -> false;
        };
    }

    /** Returns the place behind a bracket that closes on its line, or -1. */
    private int bracketEnd(int from) {
        int depth = 0;
        int at = from;
        while (!isLineEnd(at)) {
            char c = chars[at];
            if (c == '"' || c == '\'') {
                at = stringEnd(at);
                continue;
            }
            if (c == '(' || c == '[' || c == '{') {
                depth++;
            } else if (c == ')' || c == ']' || c == '}') {
                depth--;
                if (depth == 0) {
                    return at + 1;
                }
            }
            at++;
        }
        return -1;
    }

    /** Returns the place behind a string, or the end of the line if it does not end there. */
    private int stringEnd(int from) {
        char quote = chars[from];
        int at = from + 1;
        while (!isLineEnd(at) && chars[at] != quote) {
            at += chars[at] == '\\' && !isLineEnd(at + 1) ? 2 : 1;
        }
        return chars[at] == quote ? at + 1 : at;
    }

    private boolean isLineEnd(int at) {
        return chars[at] == '\n' || chars[at] == '\r' || at >= text.length();
    }

    private int skipBlanks(int from) {
        int at = from;
        while (chars[at] == ' ' || chars[at] == '\t' || chars[at] == '\f') {
            at++;
        }
        return at;
    }

    private boolean startsWord(int at) {
        char c = chars[at];
        return c < 128 ? Lexer.WORD[c] && c > '9' : Character.isUnicodeIdentifierStart(c);
    }

    private int wordEnd(int from) {
        int at = from + 1;
        while (chars[at] < 128 ? Lexer.WORD[chars[at]] : Character.isUnicodeIdentifierPart(chars[at])) {
            at++;
        }
        return at;
    }

    /** Returns the number of the keyword at the range, or a larger number if it is none. */
    private int keyword(int start, int end) {
        return names.keyword(chars, start, end);
    }
}
