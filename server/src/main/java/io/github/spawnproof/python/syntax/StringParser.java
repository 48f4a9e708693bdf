package io.github.spawnproof.python.syntax;

import static io.github.spawnproof.python.syntax.TokenKind.*;

import io.github.spawnproof.python.syntax.Expression.Constant;
import io.github.spawnproof.python.syntax.Expression.ConstantKind;
import io.github.spawnproof.python.syntax.Expression.JoinedStr;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Parses string literals, f-strings and t-strings, and joins adjacent ones. */
final class StringParser {

    private final TokenReader reader;
    private final ExpressionParser expressions;

    StringParser(TokenReader reader, ExpressionParser expressions) {
        this.reader = reader;
        this.expressions = expressions;
    }

    /** Parses all adjacent literals from the current token on. */
    Expression strings() {
        int start = reader.start();
        if (reader.kind == STRING) {
            int flags = reader.value();
            String value = decoded();
            int end = reader.end();
            reader.advance();
            if (reader.kind != STRING && reader.kind != FSTRING_START) {
                return new Constant(start, end, kindOf(flags), value);
            }
            return adjacent(start, new Constant(start, end, kindOf(flags), value));
        }
        return adjacent(start, null);
    }

    private static ConstantKind kindOf(int flags) {
        return (flags & Tokens.BYTES) != 0 ? ConstantKind.BYTES : ConstantKind.STRING;
    }

    private Expression adjacent(int start, @Nullable Constant first) {
        if (first != null && onlyPlainFollow()) {
            return concatenated(start, first);
        }
        List<Expression> parts = new ArrayList<>();
        if (first != null) {
            parts.add(first);
        }
        boolean template = false;
        boolean plain = first != null;
        boolean bytes = first != null && first.kind() == ConstantKind.BYTES;
        while (reader.kind == STRING || reader.kind == FSTRING_START) {
            int flags = reader.value();
            if (reader.kind == STRING) {
                bytes |= (flags & Tokens.BYTES) != 0;
                plain = true;
                int partStart = reader.start();
                String value = decoded();
                parts.add(new Constant(partStart, reader.end(), ConstantKind.STRING, value));
                reader.advance();
            } else {
                template |= (flags & Tokens.TEMPLATE) != 0;
                plain |= (flags & Tokens.TEMPLATE) == 0;
                formatted(parts);
            }
        }
        if (bytes) {
            reader.error("cannot mix bytes and nonbytes literals");
        }
        if (template && plain) {
            reader.error("cannot mix t-string literals with string or bytes literals");
        }
        List<Expression> values = folded(parts);
        return template
                ? new Expression.TemplateStr(start, reader.lastEnd(), values)
                : new JoinedStr(start, reader.lastEnd(), values);
    }

    private boolean onlyPlainFollow() {
        int token = reader.position();
        while (reader.kindAt(token) == STRING) {
            token++;
            reader.step();
        }
        return reader.kindAt(token) != FSTRING_START;
    }

    private Expression concatenated(int start, Constant first) {
        StringBuilder value = new StringBuilder(first.value());
        while (reader.kind == STRING) {
            if (kindOf(reader.value()) != first.kind()) {
                reader.error("cannot mix bytes and nonbytes literals");
            }
            value.append(decoded());
            reader.advance();
        }
        return new Constant(start, reader.lastEnd(), first.kind(), value.toString());
    }

    /** Decodes the string of the current token. */
    private String decoded() {
        int flags = reader.value();
        int quotes = (flags & Tokens.TRIPLE) != 0 ? 3 : 1;
        int from = reader.absolute(reader.start()) + (flags & Tokens.PREFIX_MASK) + quotes;
        int to = reader.absolute(reader.end()) - ((flags & Tokens.UNCLOSED) != 0 ? 0 : quotes);
        if ((flags & Tokens.BYTES) != 0) {
            checkBytes(from, to);
        }
        return decoded(from, Math.max(from, to), flags);
    }

    private void checkBytes(int from, int to) {
        for (int i = from; i < to; i++) {
            if (reader.text.charAt(i) >= 128) {
                reader.errorAt(i, i + 1, "bytes can only contain ASCII literal characters");
                return;
            }
        }
    }

    private String decoded(int from, int to, int flags) {
        return StringLiterals.decode(
                reader.text, from, to, flags, at -> reader.errorAt(at, at + 2, "invalid escape in a string"));
    }

    // ---------------------------------------------------------------------------------------------- f-strings

    /** Parses one f-string or t-string; its texts and fields go to the list. */
    private void formatted(List<Expression> parts) {
        int flags = reader.value();
        boolean deep = !reader.enter();
        if (deep) {
            reader.error("nested too deeply");
        }
        reader.advance();
        while (reader.kind != FSTRING_END) {
            if (reader.kind == FSTRING_MIDDLE) {
                text(parts, flags);
            } else if (reader.kind == LEFT_BRACE && !deep) {
                field(parts, flags);
            } else if (reader.kind <= DEDENT) {
                reader.error("unterminated f-string literal");
                break;
            } else {
                reader.skipWhole();
            }
        }
        reader.accept(FSTRING_END);
        if (!deep) {
            reader.leave();
        }
    }

    private void text(List<Expression> parts, int stringFlags) {
        int flags = reader.value() | (stringFlags & Tokens.RAW);
        int start = reader.start();
        int end = reader.end();
        String value = decoded(reader.absolute(start), reader.absolute(end), flags);
        if (!value.isEmpty()) {
            parts.add(new Constant(start, end, ConstantKind.STRING, value));
        }
        reader.advance();
    }

    private void field(List<Expression> parts, int flags) {
        int open = reader.position();
        int start = reader.start();
        reader.advance();
        Expression value = expressions.yieldOrStarExpressions();
        int valueEnd = reader.kind <= DEDENT ? reader.lastEnd() : reader.start();
        boolean debug = reader.accept(EQUAL);
        int debugEnd = reader.kind <= DEDENT ? reader.lastEnd() : reader.start();
        char conversion = 0;
        if (reader.accept(EXCLAMATION)) {
            conversion = conversion();
        }
        Expression format = null;
        if (reader.kind == COLON) {
            format = format(flags);
        }
        if (!reader.accept(RIGHT_BRACE)) {
            reader.error("f-string: expecting '}'");
            int match = reader.valueAt(open);
            if (match >= reader.position()) {
                reader.jump(match + 1);
            } else {
                skipToEnd();
            }
        }
        int end = reader.lastEnd();
        if (debug) {
            parts.add(new Constant(start + 1, debugEnd, ConstantKind.STRING, sourceOf(start + 1, debugEnd)));
            if (conversion == 0 && format == null) {
                conversion = 'r';
            }
        }
        if ((flags & Tokens.TEMPLATE) != 0) {
            String source = sourceOf(start + 1, valueEnd);
            parts.add(new Expression.Interpolation(start, end, value, source, conversion, format));
        } else {
            parts.add(new Expression.FormattedValue(start, end, value, conversion, format));
        }
    }

    private void skipToEnd() {
        while (reader.kind > DEDENT && reader.kind != FSTRING_END) {
            reader.skipWhole();
        }
    }

    /** Returns the source of a field as Python keeps it: without comments, lines ending in a line feed. */
    private String sourceOf(int start, int end) {
        String source = reader.tokens.comments.textWithout(reader.text, reader.absolute(start), reader.absolute(end));
        return source.indexOf('\r') < 0 ? source : source.replace("\r\n", "\n").replace('\r', '\n');
    }

    private char conversion() {
        if (reader.kind == NAME) {
            String name = reader.name();
            boolean adjacent = reader.start() == reader.lastEnd();
            if (adjacent && (name.equals("s") || name.equals("r") || name.equals("a"))) {
                reader.advance();
                return name.charAt(0);
            }
            reader.error("f-string: invalid conversion character");
            reader.advance();
            return 0;
        }
        reader.error("f-string: missing conversion character");
        return 0;
    }

    /** Parses a format from its colon up to the brace of the field, which stays. */
    private Expression format(int flags) {
        int start = reader.start();
        reader.advance();
        List<Expression> parts = new ArrayList<>();
        while (reader.kind == FSTRING_MIDDLE || reader.kind == LEFT_BRACE) {
            if (reader.kind == FSTRING_MIDDLE) {
                text(parts, flags);
            } else if (reader.enter()) {
                field(parts, flags & ~Tokens.TEMPLATE);
                reader.leave();
            } else {
                reader.error("nested too deeply");
                reader.skipWhole();
            }
        }
        return new JoinedStr(start, reader.lastEnd(), folded(parts));
    }

    /** Joins neighbouring texts and drops empty ones, as {@code _PyPegen_concatenate_strings} does. */
    private static List<Expression> folded(List<Expression> parts) {
        List<Expression> values = new ArrayList<>(parts.size());
        int i = 0;
        while (i < parts.size()) {
            if (!(parts.get(i) instanceof Constant first)) {
                values.add(parts.get(i));
                i++;
                continue;
            }
            int next = i + 1;
            while (next < parts.size() && parts.get(next) instanceof Constant) {
                next++;
            }
            Constant joined = next == i + 1 ? first : join(parts.subList(i, next));
            if (!joined.value().isEmpty()) {
                values.add(joined);
            }
            i = next;
        }
        return List.copyOf(values);
    }

    private static Constant join(List<Expression> run) {
        StringBuilder value = new StringBuilder();
        for (Expression part : run) {
            value.append(((Constant) part).value());
        }
        int start = run.get(0).start();
        int end = run.get(run.size() - 1).end();
        return new Constant(start, end, ConstantKind.STRING, value.toString());
    }
}
