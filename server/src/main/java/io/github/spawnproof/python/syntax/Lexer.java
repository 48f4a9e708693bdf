package io.github.spawnproof.python.syntax;

import static io.github.spawnproof.python.syntax.TokenKind.*;

import io.github.spawnproof.source.TextRange;
import java.text.Normalizer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Cuts a text into tokens, as CPython's {@code Parser/tokenizer} of 3.12 and later does: indentation, joined lines, and
 * f-strings as start, text, fields and end (PEP 701).
 *
 * <p>It never fails. A bracket that is not closed must not swallow the rest of the file, so the lexer looks at each line
 * inside brackets. As long as nothing speaks against it the line belongs to the bracket. A line that cannot stand inside
 * brackets (see {@link StatementLines}), or the end of the text, proves that the bracket is open; the lexer then goes
 * back to the end of the first line of the statement and reads again up to the proof, this time ending the statement at
 * any line that is not indented more than the statement itself. Each character is read at most a fixed number of
 * times: what lies before a proof is never looked at optimistically again.
 */
final class Lexer {

    private static final int TAB_SIZE = 8;
    private static final int POLL_MASK = 0x3FF;

    private static final byte ORDINARY = 0;
    private static final byte FIELD = 1;
    private static final byte FIELD_FORMAT = 2;

    /** Characters of ASCII that go on with a name. */
    static final boolean[] WORD = new boolean[128];

    static {
        for (char c = 0; c < 128; c++) {
            WORD[c] = c == '_' || (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
        }
    }

    private final String text;
    /** The text and a few zeros, so that looking ahead needs no bounds. */
    private final char[] chars;

    private final int length;
    private final Runnable poll;
    private final NameTable names = NameTable.create();
    private final StatementLines statementLines;
    private final NumberScanner numbers;
    private int pos;

    private byte[] kinds;
    private int[] starts;
    private int[] ends;
    private int[] values;
    private int count;

    private int[] indents = new int[16];
    private int[] alternativeIndents = new int[16];
    private int indentLevel;

    /** Open brackets: index of the token, and whether it is the brace of a replacement field. */
    private int[] brackets = new int[16];

    private byte[] bracketModes = new byte[16];
    private int depth;

    /** Open f-strings: index of the start token, and how many brackets were open there. */
    private int[] formatted = new int[4];

    private int[] formattedDepths = new int[4];
    private int formattedCount;
    /** Whether the text of an f-string comes next, rather than Python. */
    private boolean inFormattedText;

    /** Where the last line end is that was read. */
    private int lastLineEnd = -1;

    private final Spans comments = new Spans();
    private final Spans multilineStrings = new Spans();
    private final List<SyntaxProblem> errors = new ArrayList<>();
    private int[] errorTokens = new int[4];

    /** Up to here brackets are known to be broken. */
    private int suspectUntil;
    /** Token that the logical line starts with. */
    private int lineToken;

    private boolean hasCheckpoint;
    private int checkpointPos;
    private int checkpointLineEnd;
    private int checkpointCount;
    private int[] checkpointBrackets = brackets;
    private byte[] checkpointModes = bracketModes;
    private int checkpointDepth;
    private int[] checkpointFormatted = formatted;
    private int[] checkpointFormattedDepths = formattedDepths;
    private int checkpointFormattedCount;
    private int checkpointComments;
    private int checkpointStrings;
    private int checkpointErrors;
    private long steps;

    Lexer(String text, Runnable poll) {
        this.text = text;
        this.poll = poll;
        length = text.length();
        chars = new char[length + 8];
        text.getChars(0, length, chars, 0);
        int capacity = length / 3 + 16;
        kinds = new byte[capacity];
        starts = new int[capacity];
        ends = new int[capacity];
        values = new int[capacity];
        statementLines = new StatementLines(text, chars, names);
        numbers = new NumberScanner(chars, statementLines);
    }

    Tokens run() {
        pos = length > 0 && chars[0] == '\uFEFF' ? 1 : 0;
        startLine();
        while (true) {
            if (inFormattedText) {
                formattedText();
            } else if (!token()) {
                break;
            }
        }
        return new Tokens(
                text,
                names,
                kinds,
                starts,
                ends,
                values,
                comments,
                multilineStrings,
                errors,
                Arrays.copyOf(errorTokens, errors.size()));
    }

    /** Returns how many tokens were made, those that were thrown away included. */
    long steps() {
        return steps;
    }

    private void add(byte kind, int start, int end, int value) {
        if (count == kinds.length) {
            int capacity = count + (count >> 1);
            kinds = Arrays.copyOf(kinds, capacity);
            starts = Arrays.copyOf(starts, capacity);
            ends = Arrays.copyOf(ends, capacity);
            values = Arrays.copyOf(values, capacity);
        }
        kinds[count] = kind;
        starts[count] = start;
        ends[count] = end;
        values[count] = value;
        count++;
        if ((++steps & POLL_MASK) == 0) {
            poll.run();
        }
    }

    /** Notes an error of the token that comes next. */
    private void error(int start, int end, String message) {
        if (errors.size() == errorTokens.length) {
            errorTokens = Arrays.copyOf(errorTokens, errors.size() * 2);
        }
        errorTokens[errors.size()] = count;
        errors.add(new SyntaxProblem(new TextRange(start, Math.min(end, length)), message));
    }

    // ---------------------------------------------------------------------------------------------- lines

    /** Skips blank lines and comments, and compares the indentation of the first line that has a token. */
    private void startLine() {
        hasCheckpoint = false;
        int column;
        int alternative;
        while (true) {
            column = 0;
            alternative = 0;
            int continued = 0;
            char c = chars[pos];
            while (true) {
                if (c == ' ') {
                    column++;
                    alternative++;
                } else if (c == '\t') {
                    column = (column / TAB_SIZE + 1) * TAB_SIZE;
                    alternative++;
                } else if (c == '\f') {
                    column = 0;
                    alternative = 0;
                } else if (c == '\\' && isLineEnd(pos + 1)) {
                    // The first part of a joined line says how far the whole is indented: lexical analysis, 2.1.8.
                    continued = continued == 0 ? column : continued;
                    pos = afterLineEnd(pos + 1);
                    c = chars[pos];
                    continue;
                } else {
                    break;
                }
                c = chars[++pos];
            }
            if (continued > 0) {
                column = continued;
                alternative = continued;
            }
            if (c == '#') {
                comment();
            }
            if (!isLineEnd(pos)) {
                break;
            }
            pos = afterLineEnd(pos);
        }
        lineToken = count;
        if (pos < length) {
            indent(column, alternative);
        }
        lineToken = count;
    }

    private void indent(int column, int alternative) {
        int current = indents[indentLevel];
        if (column == current) {
            if (alternative != alternativeIndents[indentLevel]) {
                error(pos, pos, "inconsistent use of tabs and spaces in indentation");
            }
        } else if (column > current) {
            if (alternative <= alternativeIndents[indentLevel]) {
                error(pos, pos, "inconsistent use of tabs and spaces in indentation");
            }
            indentLevel++;
            if (indentLevel == indents.length) {
                indents = Arrays.copyOf(indents, indentLevel * 2);
                alternativeIndents = Arrays.copyOf(alternativeIndents, indentLevel * 2);
            }
            indents[indentLevel] = column;
            alternativeIndents[indentLevel] = alternative;
            add(INDENT, pos, pos, 0);
        } else {
            dedent(column, alternative);
        }
    }

    private void dedent(int column, int alternative) {
        while (indentLevel > 0 && column < indents[indentLevel] && column <= indents[indentLevel - 1]) {
            indentLevel--;
            add(DEDENT, pos, pos, 0);
        }
        if (column != indents[indentLevel]) {
            // Between two levels: the line stays in the deeper block, whose indentation it now sets.
            error(pos, pos, "unindent does not match any outer indentation level");
            indents[indentLevel] = column;
            alternativeIndents[indentLevel] = alternative;
        } else if (alternative != alternativeIndents[indentLevel]) {
            error(pos, pos, "inconsistent use of tabs and spaces in indentation");
        }
    }

    private boolean isLineEnd(int at) {
        return chars[at] == '\n' || chars[at] == '\r';
    }

    private int afterLineEnd(int at) {
        lastLineEnd = at;
        return chars[at] == '\r' && chars[at + 1] == '\n' ? at + 2 : at + 1;
    }

    private void comment() {
        int start = pos;
        while (pos < length && !isLineEnd(pos)) {
            pos++;
        }
        comments.add(start, pos);
    }

    private void newline() {
        if (depth > 0 && pos < suspectUntil) {
            endFormattedOfOneLine();
        }
        if (depth > 0) {
            newlineInBrackets();
            return;
        }
        add(NEWLINE, pos, pos + 1, 0);
        pos = afterLineEnd(pos);
        startLine();
    }

    /** Ends f-strings with single quotes at the end of the line, in text where brackets are known to be broken. */
    private void endFormattedOfOneLine() {
        while (formattedCount > 0 && (values[formatted[formattedCount - 1]] & Tokens.TRIPLE) == 0) {
            error(starts[formatted[formattedCount - 1]], pos, "f-string: expecting '}'");
            endFormatted(pos, pos);
        }
    }

    private void newlineInBrackets() {
        int lineEnd = pos;
        boolean suspect = pos < suspectUntil;
        if (!suspect && !hasCheckpoint) {
            checkpoint();
        }
        pos = afterLineEnd(pos);
        int lineStart = pos;
        int column = 0;
        char c = chars[pos];
        while (c == ' ' || c == '\t' || c == '\f') {
            column = c == ' ' ? column + 1 : c == '\t' ? (column / TAB_SIZE + 1) * TAB_SIZE : 0;
            c = chars[++pos];
        }
        if (c == '#' || c == '\n' || c == '\r' || pos >= length) {
            return;
        }
        byte previous = kinds[count - 1];
        byte first = kinds[lineToken];
        boolean leftOfBlock = column <= indents[indentLevel];
        if (suspect) {
            if (statementLines.endsBrokenBracket(pos, leftOfBlock, previous, first)) {
                pos = lineStart;
                endBrackets(lineEnd);
            }
        } else if (statementLines.cannotStandInBrackets(pos, leftOfBlock, previous)) {
            brokenBracket(lineStart, lineEnd);
        }
    }

    /** Called where it is proven that the open brackets are never closed. */
    private void brokenBracket(int proof, int lineEnd) {
        if (hasCheckpoint && checkpointPos < lineEnd) {
            suspectUntil = proof;
            backToCheckpoint();
        } else {
            pos = proof;
            endBrackets(lineEnd);
        }
    }

    private void checkpoint() {
        hasCheckpoint = true;
        checkpointPos = pos;
        checkpointLineEnd = lastLineEnd;
        checkpointCount = count;
        checkpointDepth = depth;
        checkpointBrackets = Arrays.copyOf(brackets, depth);
        checkpointModes = Arrays.copyOf(bracketModes, depth);
        checkpointFormattedCount = formattedCount;
        checkpointFormatted = Arrays.copyOf(formatted, formattedCount);
        checkpointFormattedDepths = Arrays.copyOf(formattedDepths, formattedCount);
        checkpointComments = comments.count();
        checkpointStrings = multilineStrings.count();
        checkpointErrors = errors.size();
    }

    private void backToCheckpoint() {
        hasCheckpoint = false;
        pos = checkpointPos;
        lastLineEnd = checkpointLineEnd;
        count = checkpointCount;
        depth = checkpointDepth;
        System.arraycopy(checkpointBrackets, 0, brackets, 0, depth);
        System.arraycopy(checkpointModes, 0, bracketModes, 0, depth);
        for (int i = 0; i < depth; i++) {
            values[brackets[i]] = -1;
        }
        formattedCount = checkpointFormattedCount;
        System.arraycopy(checkpointFormatted, 0, formatted, 0, formattedCount);
        System.arraycopy(checkpointFormattedDepths, 0, formattedDepths, 0, formattedCount);
        inFormattedText = false;
        comments.truncate(checkpointComments);
        multilineStrings.truncate(checkpointStrings);
        errors.subList(checkpointErrors, errors.size()).clear();
    }

    /** Ends the statement at the end of a line although brackets are open; {@link #pos} is at the start of the next. */
    private void endBrackets(int lineEnd) {
        count--; // The error belongs to the last token of the statement.
        int opening = starts[brackets[0]];
        error(opening, opening + 1, "'" + chars[opening] + "' was never closed");
        count++;
        while (formattedCount > 0) {
            formattedCount--;
            noteMultiline(starts[formatted[formattedCount]], lineEnd);
        }
        depth = 0;
        add(NEWLINE, ends[count - 1], ends[count - 1], 0);
        startLine();
    }

    // ---------------------------------------------------------------------------------------------- tokens

    /** Makes the next token of Python; false at the end of the text. */
    private boolean token() {
        char c = chars[pos];
        while (c == ' ' || c == '\t' || c == '\f') {
            c = chars[++pos];
        }
        int start = pos;
        if (c >= 128) {
            otherCharacter(start);
            return true;
        }
        if (WORD[c]) {
            if (c <= '9') {
                number(start);
            } else {
                word(start);
            }
            return true;
        }
        switch (c) {
            case '(' -> open(LEFT_PARENTHESIS);
            case '[' -> open(LEFT_SQUARE);
            case '{' -> open(LEFT_BRACE);
            case ')' -> close(RIGHT_PARENTHESIS, LEFT_PARENTHESIS);
            case ']' -> close(RIGHT_SQUARE, LEFT_SQUARE);
            case '}' -> close(RIGHT_BRACE, LEFT_BRACE);
            case ',' -> one(COMMA);
            case ';' -> one(SEMICOLON);
            case '~' -> one(TILDE);
            case '"', '\'' -> string(start, start, 0);
            case '\n', '\r' -> newline();
            case '#' -> comment();
            case '\\' -> backslash();
            case '.' -> dot();
            case ':' -> colon();
            case '!' -> exclamation();
            case '=' -> twoOrOne(chars[pos + 1] == '=', EQUAL_EQUAL, EQUAL);
            case '<' -> less();
            case '>' -> shiftOrCompare('>', RIGHT_SHIFT, GREATER, GREATER_EQUAL);
            case '-' -> {
                if (chars[pos + 1] == '>') {
                    two(ARROW);
                } else {
                    operator(MINUS);
                }
            }
            case '+' -> operator(PLUS);
            case '*' -> repeatable('*', STAR, DOUBLE_STAR);
            case '/' -> repeatable('/', SLASH, DOUBLE_SLASH);
            case '%' -> operator(PERCENT);
            case '@' -> operator(AT);
            case '&' -> operator(AMPERSAND);
            case '|' -> operator(VERTICAL_BAR);
            case '^' -> operator(CARET);
            default -> {
                if (pos >= length) {
                    return end();
                }
                invalidCharacter(start, start + 1);
            }
        }
        return true;
    }

    /** Ends the text; true if a broken bracket sends the lexer back. */
    private boolean end() {
        if (depth > 0) {
            if (pos < suspectUntil || !hasCheckpoint) {
                pos = length;
                endBrackets(length);
            } else {
                brokenBracket(length, length);
            }
            return true;
        }
        if (count > 0 && count > lineToken) {
            add(NEWLINE, length, length, 0);
        }
        while (indentLevel > 0) {
            indentLevel--;
            add(DEDENT, length, length, 0);
        }
        add(END, length, length, 0);
        return false;
    }

    private void one(byte kind) {
        add(kind, pos, pos + 1, 0);
        pos++;
    }

    private void two(byte kind) {
        add(kind, pos, pos + 2, 0);
        pos += 2;
    }

    private void twoOrOne(boolean isTwo, byte long2, byte short1) {
        if (isTwo) {
            two(long2);
        } else {
            one(short1);
        }
    }

    /** An operator of one character, or its augmented assignment. */
    private void operator(byte kind) {
        if (chars[pos + 1] == '=') {
            add(AUGMENTED, pos, pos + 2, kind);
            pos += 2;
        } else {
            one(kind);
        }
    }

    /** An operator that may be doubled, and the augmented assignments of both. */
    private void repeatable(char c, byte single, byte doubled) {
        if (chars[pos + 1] != c) {
            operator(single);
        } else if (chars[pos + 2] == '=') {
            add(AUGMENTED, pos, pos + 3, doubled);
            pos += 3;
        } else {
            two(doubled);
        }
    }

    private void shiftOrCompare(char c, byte shift, byte compare, byte compareEqual) {
        if (chars[pos + 1] == c) {
            repeatable(c, compare, shift);
        } else {
            twoOrOne(chars[pos + 1] == '=', compareEqual, compare);
        }
    }

    private void less() {
        if (chars[pos + 1] == '>') {
            // The unequal sign of Python 2; only a joke switches it on again (PEP 401).
            error(pos, pos + 2, "use '!=' instead of '<>'");
            two(NOT_EQUAL);
        } else {
            shiftOrCompare('<', LEFT_SHIFT, LESS, LESS_EQUAL);
        }
    }

    private void dot() {
        char next = chars[pos + 1];
        if (next >= '0' && next <= '9') {
            number(pos);
        } else if (next == '.' && chars[pos + 2] == '.') {
            add(ELLIPSIS, pos, pos + 3, 0);
            pos += 3;
        } else {
            one(DOT);
        }
    }

    private void colon() {
        if (depth > 0 && bracketModes[depth - 1] == FIELD) {
            one(COLON);
            bracketModes[depth - 1] = FIELD_FORMAT;
            inFormattedText = true;
        } else {
            twoOrOne(chars[pos + 1] == '=', WALRUS, COLON);
        }
    }

    private void exclamation() {
        if (chars[pos + 1] == '=') {
            two(NOT_EQUAL);
        } else if (formattedCount > 0) {
            one(EXCLAMATION);
        } else {
            invalidCharacter(pos, pos + 1);
        }
    }

    private void backslash() {
        if (!isLineEnd(pos + 1)) {
            error(pos, pos + 1, "unexpected character after line continuation character");
            add(ERROR, pos, pos + 1, 0);
            pos++;
            return;
        }
        int next = afterLineEnd(pos + 1);
        if (next >= length) {
            error(pos, pos + 1, "unexpected end of the text after a line continuation character");
        } else if (depth == 0 && count > lineToken && statementLines.endsContinuedLine(next, kinds[count - 1])) {
            error(pos, pos + 1, "a statement cannot be continued by this line");
            add(NEWLINE, pos, pos + 1, 0);
            pos = next;
            startLine();
            return;
        }
        pos = next;
    }

    private void open(byte kind) {
        push(kind, ORDINARY);
    }

    private void push(byte kind, byte mode) {
        if (depth == brackets.length) {
            brackets = Arrays.copyOf(brackets, depth * 2);
            bracketModes = Arrays.copyOf(bracketModes, depth * 2);
        }
        brackets[depth] = count;
        bracketModes[depth] = mode;
        depth++;
        add(kind, pos, pos + 1, -1);
        pos++;
    }

    private void close(byte kind, byte opening) {
        int base = formattedCount == 0 ? 0 : formattedDepths[formattedCount - 1];
        int match = depth - 1;
        if (match < base || kinds[brackets[match]] != opening) {
            match = mismatchedClose(opening, base);
            if (match < 0) {
                return;
            }
        }
        values[brackets[match]] = count;
        boolean endsField = bracketModes[match] != ORDINARY;
        depth = match;
        one(kind);
        if (endsField) {
            inFormattedText = true;
        }
    }

    /** Returns the bracket further out that the closing one may have been meant for, or -1 if there is none. */
    private int mismatchedClose(byte opening, int base) {
        // One look at the nearest brackets: looking through all of them at each token would not be linear.
        int nearest = Math.max(base, depth - 8);
        for (int i = depth - 1; i >= nearest; i--) {
            boolean isField = bracketModes[i] != ORDINARY;
            if (kinds[brackets[i]] == opening) {
                int open = starts[brackets[depth - 1]];
                error(open, open + 1, "'" + chars[open] + "' was never closed");
                return i;
            }
            if (isField) {
                break;
            }
        }
        error(pos, pos + 1, "unmatched '" + chars[pos] + "'");
        add(ERROR, pos, pos + 1, 0);
        pos++;
        return -1;
    }

    private void invalidCharacter(int start, int end) {
        int c = text.codePointAt(start);
        error(start, end, "invalid character '%s' (U+%04X)".formatted(Character.toString(c), c));
        add(ERROR, start, end, 0);
        pos = end;
    }

    // ---------------------------------------------------------------------------------------------- words

    private void word(int start) {
        int at = start;
        int hash = 0;
        char c = chars[at];
        do {
            hash = NameTable.hash(hash, c);
            c = chars[++at];
        } while (c < 128 && WORD[c]);
        if (c >= 128) {
            nameBeyondAscii(start);
            return;
        }
        if ((c == '"' || c == '\'') && at - start <= 2) {
            int flags = StringPrefixes.flags(chars, start, at);
            if (flags >= 0) {
                string(start, at, flags);
                return;
            }
        }
        pos = at;
        int name = names.number(text, start, at, hash);
        add(name < KEYWORD_COUNT ? (byte) (FIRST_KEYWORD + name) : NAME, start, at, name);
    }

    private void otherCharacter(int start) {
        if (isNameStart(text.codePointAt(start))) {
            nameBeyondAscii(start);
        } else {
            invalidCharacter(start, text.offsetByCodePoints(start, 1));
        }
    }

    private void nameBeyondAscii(int start) {
        int at = start;
        while (at < length) {
            int c = text.codePointAt(at);
            if (!isNamePart(c)) {
                break;
            }
            at += Character.charCount(c);
        }
        // Identifiers are compared after NFKC: lexical analysis, 2.3.
        int name = names.number(Normalizer.normalize(text.substring(start, at), Normalizer.Form.NFKC));
        pos = at;
        add(NAME, start, at, name);
    }

    private static boolean isNameStart(int c) {
        return c == '_' || Character.isUnicodeIdentifierStart(c) || Character.getType(c) == Character.UNASSIGNED;
    }

    /** Letters that this JDK does not know yet are taken for letters. */
    static boolean isNamePart(int c) {
        return (Character.isUnicodeIdentifierPart(c) && !Character.isIdentifierIgnorable(c))
                || Character.getType(c) == Character.UNASSIGNED;
    }

    private void number(int start) {
        numbers.scan(start);
        if ((numbers.flags() & Tokens.INVALID) != 0) {
            error(start, numbers.end(), "invalid number");
        }
        add(NUMBER, start, numbers.end(), numbers.flags());
        pos = numbers.end();
    }

    // ---------------------------------------------------------------------------------------------- strings

    /** Reads a string whose prefix starts at one place and whose quotes start at another. */
    private void string(int start, int quoteAt, int prefix) {
        char quote = chars[quoteAt];
        boolean triple = chars[quoteAt + 1] == quote && chars[quoteAt + 2] == quote;
        if ((prefix & StringPrefixes.FORMATTED) != 0) {
            startFormatted(start, quoteAt + (triple ? 3 : 1), prefix | (triple ? Tokens.TRIPLE : 0));
            return;
        }
        if (formattedCount > 0 && start == quoteAt && isMissingBrace(quote, triple)) {
            missingBrace(start);
            return;
        }
        if (triple) {
            tripleQuoted(start, quoteAt + 3, quote, prefix & ~StringPrefixes.UNICODE);
        } else {
            singleQuoted(start, quoteAt + 1, quote, prefix & ~StringPrefixes.UNICODE);
        }
    }

    private void singleQuoted(int start, int contents, char quote, int prefix) {
        int flags = prefix;
        int at = contents;
        while (true) {
            char c = chars[at];
            if (c == quote) {
                at++;
                break;
            }
            if (c == '\\') {
                flags |= Tokens.ESCAPE;
                at++;
                if (isLineEnd(at)) {
                    flags |= chars[at] == '\r' ? Tokens.CARRIAGE_RETURN : 0;
                    at = afterLineEnd(at);
                } else if (at < length) {
                    at++;
                }
            } else if (c == '\n' || c == '\r' || (c == 0 && at >= length)) {
                if (formattedCount > 0 && start + 1 == contents && isQuoteOfFormatted(quote, false)) {
                    missingBrace(start);
                    return;
                }
                error(start, at, "unterminated string literal");
                flags |= Tokens.UNCLOSED;
                break;
            } else {
                at++;
            }
        }
        add(STRING, start, at, flags);
        pos = at;
        noteMultiline(start, at);
    }

    private void tripleQuoted(int start, int contents, char quote, int prefix) {
        int flags = prefix | Tokens.TRIPLE;
        int at = contents;
        while (true) {
            char c = chars[at];
            if (c == quote) {
                if (chars[at + 1] == quote && chars[at + 2] == quote) {
                    at += 3;
                    break;
                }
                at++;
            } else if (c == '\n') {
                lastLineEnd = at;
                at++;
            } else if (c == '\r') {
                lastLineEnd = at;
                flags |= Tokens.CARRIAGE_RETURN;
                at++;
            } else if (c == '\\') {
                flags |= Tokens.ESCAPE;
                at++;
                if (!isLineEnd(at) && at < length) {
                    at++;
                }
            } else if (c == 0 && at >= length) {
                error(start, contents, "unterminated triple-quoted string literal");
                flags |= Tokens.UNCLOSED;
                break;
            } else {
                at++;
            }
        }
        add(STRING, start, at, flags);
        pos = at;
        noteMultiline(start, at);
    }

    private void noteMultiline(int start, int end) {
        if (lastLineEnd >= start) {
            multilineStrings.add(start, end);
        }
    }

    // ---------------------------------------------------------------------------------------------- f-strings

    private void startFormatted(int start, int contents, int flags) {
        if (formattedCount == formatted.length) {
            formatted = Arrays.copyOf(formatted, formattedCount * 2);
            formattedDepths = Arrays.copyOf(formattedDepths, formattedCount * 2);
        }
        formatted[formattedCount] = count;
        formattedDepths[formattedCount] = depth;
        formattedCount++;
        add(FSTRING_START, start, contents, flags & ~StringPrefixes.FORMATTED);
        pos = contents;
        inFormattedText = true;
    }

    /** Reads text up to a field, the end of a format, or the closing quotes. */
    private void formattedText() {
        int startToken = formatted[formattedCount - 1];
        int stringFlags = values[startToken];
        boolean triple = (stringFlags & Tokens.TRIPLE) != 0;
        boolean raw = (stringFlags & Tokens.RAW) != 0;
        char quote = chars[ends[startToken] - 1];
        boolean inFormat = depth > formattedDepths[formattedCount - 1];
        int start = pos;
        int flags = 0;
        int at = pos;
        while (true) {
            char c = chars[at];
            if (c == quote && (!triple || (chars[at + 1] == quote && chars[at + 2] == quote))) {
                middle(start, at, flags);
                if (inFormat) {
                    error(starts[startToken], at, "f-string: expecting '}'");
                }
                endFormatted(at, at + (triple ? 3 : 1));
                return;
            }
            if (c == '{') {
                if (chars[at + 1] != '{' || inFormat) {
                    middle(start, at, flags);
                    pos = at;
                    inFormattedText = false;
                    push(LEFT_BRACE, FIELD);
                    return;
                }
                flags |= Tokens.DOUBLED_BRACE;
                at += 2;
            } else if (c == '}') {
                if (inFormat) {
                    middle(start, at, flags);
                    pos = at;
                    close(RIGHT_BRACE, LEFT_BRACE);
                    return;
                }
                if (chars[at + 1] == '}') {
                    flags |= Tokens.DOUBLED_BRACE;
                    at += 2;
                } else {
                    error(at, at + 1, "f-string: single '}' is not allowed");
                    at++;
                }
            } else if (c == '\\') {
                flags |= Tokens.ESCAPE;
                at = afterEscape(at, raw);
            } else if (c == '\r') {
                flags |= Tokens.CARRIAGE_RETURN;
                if (!triple) {
                    unterminatedFormatted(start, at, flags);
                    return;
                }
                at = afterLineEnd(at);
            } else if (c == '\n' && triple) {
                at = afterLineEnd(at);
            } else if (c == '\n' || (c == 0 && at >= length)) {
                unterminatedFormatted(start, at, flags);
                return;
            } else {
                at++;
            }
        }
    }

    /** Returns the place behind a backslash and what it takes along; braces are never escaped. */
    private int afterEscape(int backslash, boolean raw) {
        int at = backslash + 1;
        char c = chars[at];
        if (c == '{' || c == '}' || at >= length) {
            return at;
        }
        if (c == 'N' && chars[at + 1] == '{' && !raw) {
            int name = at + 2;
            while (chars[name] == ' ' || chars[name] == '-' || (chars[name] < 128 && WORD[chars[name]])) {
                name++;
            }
            return chars[name] == '}' ? name + 1 : at + 1;
        }
        return isLineEnd(at) ? afterLineEnd(at) : at + 1;
    }

    private void middle(int start, int end, int flags) {
        if (start < end) {
            add(FSTRING_MIDDLE, start, end, flags);
        }
    }

    /** Goes back if a field of an f-string in single quotes went on over a line end, and turns out to be broken. */
    private boolean brokenOnEarlierLine(int opening, int proof) {
        if (hasCheckpoint && checkpointPos > starts[opening] && (values[opening] & Tokens.TRIPLE) == 0) {
            suspectUntil = proof;
            backToCheckpoint();
            return true;
        }
        return false;
    }

    private void unterminatedFormatted(int start, int at, int flags) {
        int opening = formatted[formattedCount - 1];
        if (brokenOnEarlierLine(opening, at)) {
            return;
        }
        middle(start, at, flags);
        error(starts[opening], at, "unterminated f-string literal");
        values[opening] |= Tokens.UNCLOSED;
        endFormatted(at, at);
    }

    private void endFormatted(int quotes, int end) {
        formattedCount--;
        depth = formattedDepths[formattedCount];
        add(FSTRING_END, quotes, end, 0);
        pos = end;
        inFormattedText = false;
        noteMultiline(starts[formatted[formattedCount]], end);
    }

    /** Tells whether quotes behind an operand are those of the f-string around it, whose field lacks its brace. */
    private boolean isMissingBrace(char quote, boolean triple) {
        return endsOperand(kinds[count - 1])
                && kinds[count - 1] != STRING
                && kinds[count - 1] != FSTRING_END
                && isQuoteOfFormatted(quote, triple);
    }

    private boolean isQuoteOfFormatted(char quote, boolean triple) {
        int opening = formatted[formattedCount - 1];
        boolean openingTriple = (values[opening] & Tokens.TRIPLE) != 0;
        return chars[ends[opening] - 1] == quote && openingTriple == triple;
    }

    private void missingBrace(int quotes) {
        int opening = formatted[formattedCount - 1];
        if (brokenOnEarlierLine(opening, quotes)) {
            return;
        }
        error(starts[opening], quotes, "f-string: expecting '}'");
        endFormatted(quotes, quotes + ((values[opening] & Tokens.TRIPLE) != 0 ? 3 : 1));
    }
}
