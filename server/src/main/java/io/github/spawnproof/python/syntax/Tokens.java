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
 * @param count number of tokens; the arrays may be longer. The last token is END
 * @param errors what the lexer found, in the order of {@code errorTokens}
 * @param errorTokens for each error the index of the token it belongs to, ascending
 */
record Tokens(
        String text,
        NameTable names,
        byte[] kinds,
        int[] starts,
        int[] ends,
        int[] values,
        int count,
        Spans comments,
        Spans multilineStrings,
        List<SyntaxProblem> errors,
        int[] errorTokens) {

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
}
