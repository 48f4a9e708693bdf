package io.github.spawnproof.python.syntax;

/**
 * The kinds of tokens. Bytes instead of an enum: a file has a token every four characters, and they live in one array.
 */
final class TokenKind {

    static final byte END = 0;
    static final byte NEWLINE = 1;
    static final byte INDENT = 2;
    static final byte DEDENT = 3;
    static final byte NAME = 4;
    static final byte NUMBER = 5;
    static final byte STRING = 6;
    static final byte FSTRING_START = 7;
    static final byte FSTRING_MIDDLE = 8;
    static final byte FSTRING_END = 9;
    /** A character that begins no token, or a closing bracket that closes nothing. */
    static final byte ERROR = 10;

    static final byte LEFT_PARENTHESIS = 11;
    static final byte RIGHT_PARENTHESIS = 12;
    static final byte LEFT_SQUARE = 13;
    static final byte RIGHT_SQUARE = 14;
    static final byte LEFT_BRACE = 15;
    static final byte RIGHT_BRACE = 16;
    static final byte COLON = 17;
    static final byte COMMA = 18;
    static final byte SEMICOLON = 19;
    static final byte DOT = 20;
    static final byte ELLIPSIS = 21;
    static final byte ARROW = 22;
    static final byte EQUAL = 23;
    static final byte WALRUS = 24;
    static final byte EXCLAMATION = 25;
    static final byte AUGMENTED = 26;
    static final byte TILDE = 27;

    static final byte VERTICAL_BAR = 28;
    static final byte CARET = 29;
    static final byte AMPERSAND = 30;
    static final byte LEFT_SHIFT = 31;
    static final byte RIGHT_SHIFT = 32;
    static final byte PLUS = 33;
    static final byte MINUS = 34;
    static final byte STAR = 35;
    static final byte SLASH = 36;
    static final byte DOUBLE_SLASH = 37;
    static final byte PERCENT = 38;
    static final byte AT = 39;
    static final byte DOUBLE_STAR = 40;
    static final byte LESS = 41;
    static final byte GREATER = 42;
    static final byte EQUAL_EQUAL = 43;
    static final byte NOT_EQUAL = 44;
    static final byte LESS_EQUAL = 45;
    static final byte GREATER_EQUAL = 46;

    /** Keywords have the kinds from here on, in the order of {@link #KEYWORDS}. */
    static final byte FIRST_KEYWORD = 47;

    static final byte FALSE = 47;
    static final byte NONE = 48;
    static final byte TRUE = 49;
    static final byte AND = 50;
    static final byte AS = 51;
    static final byte ASSERT = 52;
    static final byte ASYNC = 53;
    static final byte AWAIT = 54;
    static final byte BREAK = 55;
    static final byte CLASS = 56;
    static final byte CONTINUE = 57;
    static final byte DEF = 58;
    static final byte DEL = 59;
    static final byte ELIF = 60;
    static final byte ELSE = 61;
    static final byte EXCEPT = 62;
    static final byte FINALLY = 63;
    static final byte FOR = 64;
    static final byte FROM = 65;
    static final byte GLOBAL = 66;
    static final byte IF = 67;
    static final byte IMPORT = 68;
    static final byte IN = 69;
    static final byte IS = 70;
    static final byte LAMBDA = 71;
    static final byte NONLOCAL = 72;
    static final byte NOT = 73;
    static final byte OR = 74;
    static final byte PASS = 75;
    static final byte RAISE = 76;
    static final byte RETURN = 77;
    static final byte TRY = 78;
    static final byte WHILE = 79;
    static final byte WITH = 80;
    static final byte YIELD = 81;

    private static final int COUNT = 82;

    /** The keywords of the language reference, section 2.3.1, followed by the soft ones, whose ids come next. */
    static final String[] KEYWORDS = {
        "False",
        "None",
        "True",
        "and",
        "as",
        "assert",
        "async",
        "await",
        "break",
        "class",
        "continue",
        "def",
        "del",
        "elif",
        "else",
        "except",
        "finally",
        "for",
        "from",
        "global",
        "if",
        "import",
        "in",
        "is",
        "lambda",
        "nonlocal",
        "not",
        "or",
        "pass",
        "raise",
        "return",
        "try",
        "while",
        "with",
        "yield",
        "match",
        "case",
        "type",
        "lazy",
        "_"
    };

    /** Identifiers with a smaller id are keywords. */
    static final int KEYWORD_COUNT = YIELD - FIRST_KEYWORD + 1;

    static final int MATCH = KEYWORD_COUNT;
    static final int CASE = KEYWORD_COUNT + 1;
    static final int TYPE = KEYWORD_COUNT + 2;
    static final int LAZY = KEYWORD_COUNT + 3;
    static final int UNDERSCORE = KEYWORD_COUNT + 4;

    /** How tightly an infix operator binds, from {@code or} to {@code **}; 0 for everything else. */
    static final byte[] PRECEDENCE = new byte[COUNT];

    static final int OR_LEVEL = 1;
    static final int AND_LEVEL = 2;
    static final int NOT_LEVEL = 3;
    static final int COMPARISON_LEVEL = 4;
    static final int BIT_OR_LEVEL = 5;
    static final int UNARY_LEVEL = 11;
    static final int POWER_LEVEL = 12;

    /** The text of the operators that the tree names. */
    static final String[] TEXT = new String[COUNT];

    /** Whether an expression can begin with the kind. */
    private static final boolean[] BEGINS_EXPRESSION = new boolean[COUNT];

    /** Whether an operand can end with the kind. */
    private static final boolean[] ENDS_OPERAND = new boolean[COUNT];

    static {
        operator(VERTICAL_BAR, "|", BIT_OR_LEVEL);
        operator(CARET, "^", 6);
        operator(AMPERSAND, "&", 7);
        operator(LEFT_SHIFT, "<<", 8);
        operator(RIGHT_SHIFT, ">>", 8);
        operator(PLUS, "+", 9);
        operator(MINUS, "-", 9);
        operator(STAR, "*", 10);
        operator(SLASH, "/", 10);
        operator(DOUBLE_SLASH, "//", 10);
        operator(PERCENT, "%", 10);
        operator(AT, "@", 10);
        operator(DOUBLE_STAR, "**", POWER_LEVEL);
        operator(LESS, "<", COMPARISON_LEVEL);
        operator(GREATER, ">", COMPARISON_LEVEL);
        operator(EQUAL_EQUAL, "==", COMPARISON_LEVEL);
        operator(NOT_EQUAL, "!=", COMPARISON_LEVEL);
        operator(LESS_EQUAL, "<=", COMPARISON_LEVEL);
        operator(GREATER_EQUAL, ">=", COMPARISON_LEVEL);
        operator(IN, "in", COMPARISON_LEVEL);
        operator(IS, "is", COMPARISON_LEVEL);
        operator(NOT, "not", COMPARISON_LEVEL); // The first word of "not in".
        operator(AND, "and", AND_LEVEL);
        operator(OR, "or", OR_LEVEL);
        TEXT[TILDE] = "~";
        byte[] beginning = {
            NAME,
            NUMBER,
            STRING,
            FSTRING_START,
            LEFT_PARENTHESIS,
            LEFT_SQUARE,
            LEFT_BRACE,
            ELLIPSIS,
            TILDE,
            PLUS,
            MINUS,
            FALSE,
            NONE,
            TRUE,
            AWAIT,
            LAMBDA,
            NOT
        };
        for (byte kind : beginning) {
            BEGINS_EXPRESSION[kind] = true;
        }
        byte[] ending = {
            NAME, NUMBER, STRING, FSTRING_END, RIGHT_PARENTHESIS, RIGHT_SQUARE, RIGHT_BRACE, ELLIPSIS, FALSE, NONE, TRUE
        };
        for (byte kind : ending) {
            ENDS_OPERAND[kind] = true;
        }
    }

    private TokenKind() {}

    private static void operator(byte kind, String text, int precedence) {
        TEXT[kind] = text;
        PRECEDENCE[kind] = (byte) precedence;
    }

    static boolean beginsExpression(byte kind) {
        return BEGINS_EXPRESSION[kind];
    }

    static boolean endsOperand(byte kind) {
        return ENDS_OPERAND[kind];
    }
}
