package io.github.spawnproof.python.syntax;

import java.util.List;

/**
 * The tokens of one text, as parallel arrays: kind, start, end and a value whose meaning depends on the kind.
 *
 * <ul>
 *   <li>NAME and keywords: the number of the name in {@link NameTable};
 *   <li>NUMBER, STRING, FSTRING_START, FSTRING_MIDDLE: the flags below;
 *   <li>opening brackets: the index of the token that closes it, or -1;
 *   <li>AUGMENTED: the kind of its operator.
 * </ul>
 *
 * <p>The arrays may be longer than there are tokens; the last token is END. They are not copied: the lexer is done with
 * them, and the parser only reads.
 */
final class Tokens {

    /** Of a string: characters before the quote. */
    static final int PREFIX_MASK = 3;

    static final int TRIPLE = 1 << 2;
    static final int RAW = 1 << 3;
    static final int BYTES = 1 << 4;
    static final int TEMPLATE = 1 << 5;
    /** The text has a backslash. */
    static final int ESCAPE = 1 << 6;
    /** The text has a carriage return, which Python reads as a line feed. */
    static final int CARRIAGE_RETURN = 1 << 7;
    /** The string has no closing quotes. */
    static final int UNCLOSED = 1 << 8;
    /** The text of an f-string has a doubled brace. */
    static final int DOUBLED_BRACE = 1 << 9;

    static final int INTEGER = 0;
    static final int FLOAT = 1;
    static final int COMPLEX = 2;
    static final int NUMBER_KIND = 3;
    static final int UNDERSCORES = 4;
    /** Of a number: it is none. */
    static final int INVALID = 8;

    final String text;
    final NameTable names;
    final byte[] kinds;
    final int[] starts;
    final int[] ends;
    final int[] values;
    final Spans comments;
    final Spans multilineStrings;
    /** What the lexer found wrong, and for each error the index of the token it belongs to, ascending. */
    final List<SyntaxProblem> errors;

    final int[] errorTokens;

    Tokens(
            String text,
            NameTable names,
            byte[] kinds,
            int[] starts,
            int[] ends,
            int[] values,
            Spans comments,
            Spans multilineStrings,
            List<SyntaxProblem> errors,
            int[] errorTokens) {
        this.text = text;
        this.names = names;
        this.kinds = kinds;
        this.starts = starts;
        this.ends = ends;
        this.values = values;
        this.comments = comments;
        this.multilineStrings = multilineStrings;
        this.errors = errors;
        this.errorTokens = errorTokens;
    }
}
