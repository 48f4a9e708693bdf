package io.github.spawnproof.python.syntax;

import static io.github.spawnproof.python.syntax.TokenKind.*;

import io.github.spawnproof.source.TextRange;
import java.util.ArrayList;
import java.util.List;

/**
 * Where the parser is in its tokens, and what it has found wrong so far. The parts of the parser share one.
 *
 * <p>Positions that it hands out are relative to {@link #base}, the start of the top-level statement.
 */
final class TokenReader {

    /**
     * Brackets, blocks, unary operators and whatever else makes the parser recurse may nest this deep. CPython allows
     * 200 brackets and 100 blocks.
     */
    static final int MAX_NESTING = 200;

    /**
     * A chain such as {@code a.b().c[d]}, {@code a + b + c} or {@code if … elif … elif} makes a tree as deep as it is
     * long, and whoever walks the tree recurses. The longest one seen, in a table of SymPy, has 560 links.
     */
    static final int MAX_CHAIN = 1_000;

    private static final int POLL_MASK = 0xFF;

    final Tokens tokens;
    final String text;
    private final byte[] kinds;
    private final int[] starts;
    private final int[] ends;
    private final int[] values;
    private final Runnable poll;

    /** Kind of the token at {@link #position}. */
    byte kind;

    private int position;
    private int base;
    private int nesting;
    private int chain;
    private final List<SyntaxProblem> errors = new ArrayList<>();
    /** Whether the statement has an error already; what follows it is noise. */
    private boolean reported;

    /** Tokens with an error of the lexer, and the first of them that is not before the statement. */
    private final int[] lexerErrors;

    private int lexerError;

    /** First token of the statement. */
    private int statementToken;

    private long steps;

    TokenReader(Tokens tokens, Runnable poll) {
        this.tokens = tokens;
        this.poll = poll;
        text = tokens.text;
        kinds = tokens.kinds;
        starts = tokens.starts;
        ends = tokens.ends;
        values = tokens.values;
        kind = kinds[0];
        lexerErrors = tokens.errorTokens;
    }

    int position() {
        return position;
    }

    long steps() {
        return steps;
    }

    void advance() {
        kind = kinds[++position];
    }

    /** Goes on; at the end of the text it stays there. */
    void skip() {
        step();
        if (kind != END) {
            advance();
        }
    }

    void jump(int token) {
        position = token;
        kind = kinds[token];
    }

    boolean accept(byte wanted) {
        if (kind != wanted) {
            return false;
        }
        advance();
        return true;
    }

    /** Counts one step of work and polls for cancellation now and then. */
    void step() {
        if ((++steps & POLL_MASK) == 0) {
            poll.run();
        }
    }

    byte kindAt(int token) {
        return kinds[token];
    }

    byte nextKind() {
        return kind == END ? END : kinds[position + 1];
    }

    /** Returns the value of the current token. */
    int value() {
        return values[position];
    }

    int valueAt(int token) {
        return values[token];
    }

    /** Returns where the current token starts. */
    int start() {
        return starts[position] - base;
    }

    int startAt(int token) {
        return starts[token] - base;
    }

    /** Returns where the current token ends. */
    int end() {
        return ends[position] - base;
    }

    /** Returns where the token before the current one ends, or 0 at the start of the text. */
    int lastEnd() {
        return position == 0 ? 0 : ends[position - 1] - base;
    }

    /** Returns where the last token ends that is not about lines. */
    int lastVisibleEnd() {
        int token = position - 1;
        while (token > 0 && kinds[token] <= DEDENT) {
            token--;
        }
        return Math.max(0, ends[token] - base);
    }

    String slice(int start, int end) {
        return text.substring(start + base, end + base);
    }

    int absolute(int relative) {
        return relative + base;
    }

    /** Returns the name of the current token, which is a NAME or a keyword. */
    String name() {
        return tokens.names.name(values[position]);
    }

    boolean isWord(int softKeyword) {
        return kind == NAME && values[position] == softKeyword;
    }

    /** Makes the current token the one that positions count from. */
    int startTopLevel() {
        base = starts[position];
        return base;
    }

    // ---------------------------------------------------------------------------------------------- errors

    /** Called at the start of each statement. */
    void startStatement() {
        reported = false;
        chain = 0;
        statementToken = position;
        while (lexerError < lexerErrors.length && lexerErrors[lexerError] < position) {
            lexerError++;
        }
        step();
    }

    /** Tells whether another statement or the colon of a header comes before the current token on its line. */
    boolean isBehindStatement() {
        return position > 0 && (kinds[position - 1] == SEMICOLON || kinds[position - 1] == COLON);
    }

    /** Notes an error at the current token, unless the statement has one. */
    void error(String message) {
        errorAt(starts[position], Math.max(starts[position], ends[position]), message);
    }

    void errorAt(int start, int end, String message) {
        // What the lexer found wrong in the statement is the cause; what the parser finds then is the effect.
        boolean knownToLexer = lexerError < lexerErrors.length && lexerErrors[lexerError] <= position;
        if (!reported && !knownToLexer) {
            reported = true;
            errors.add(new SyntaxProblem(new TextRange(start, Math.min(end, text.length())), message));
        }
    }

    /** Notes an error of a node. */
    void errorOf(Node node, String message) {
        errorAt(node.start() + base, node.end() + base, message);
    }

    int errorCount() {
        return errors.size();
    }

    List<SyntaxProblem> errors() {
        return errors;
    }

    /** Notes that an expression lacks and returns its stand-in, just behind the last token of the line. */
    Expression.Missing missing(String message) {
        error(message);
        int at = start();
        if (position > statementToken) {
            at = lastEnd();
        }
        return new Expression.Missing(at, at);
    }

    /** Returns the first operand of a node that starts at the given position: a missing one moves there. */
    static Expression first(int start, Expression operand) {
        return operand instanceof Expression.Missing ? new Expression.Missing(start, start) : operand;
    }

    // ---------------------------------------------------------------------------------------------- nesting

    /** Goes one level deeper, or returns false if that is too deep; then the caller must skip. */
    boolean enter() {
        if (nesting >= MAX_NESTING) {
            return false;
        }
        nesting++;
        return true;
    }

    void leave() {
        nesting--;
    }

    /** Skips an operand that is nested too deeply, brackets whole. */
    Expression.Missing tooDeep() {
        Expression.Missing missing = missing("nested too deeply");
        while (!endsBracket() && kind != COMMA && kind != COLON && kind != SEMICOLON) {
            skipWhole();
        }
        return missing;
    }

    /** Skips one token, or a bracket with its contents. */
    void skipWhole() {
        step();
        if (isOpeningBracket(kind) && values[position] > position) {
            jump(values[position] + 1);
        } else if (kind != END) {
            advance();
        }
    }

    /** Returns the index of the token that closes the bracket at the token, or -1 if it is none or not closed. */
    int closeOf(int token) {
        return isOpeningBracket(kinds[token]) ? values[token] : -1;
    }

    private static boolean isOpeningBracket(byte kind) {
        return kind == LEFT_PARENTHESIS || kind == LEFT_SQUARE || kind == LEFT_BRACE;
    }

    /** Tells whether no bracket can go on here: a closing bracket, the end of an f-string, the end of the line. */
    boolean endsBracket() {
        return kind <= DEDENT
                || kind == RIGHT_PARENTHESIS
                || kind == RIGHT_SQUARE
                || kind == RIGHT_BRACE
                || kind == FSTRING_END;
    }

    // The length of the longest chain in the expression that was parsed last; see MAX_CHAIN.

    int chain() {
        return chain;
    }

    void chain(int length) {
        chain = length;
    }
}
