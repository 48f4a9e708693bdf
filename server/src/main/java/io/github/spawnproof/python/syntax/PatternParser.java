package io.github.spawnproof.python.syntax;

import static io.github.spawnproof.python.syntax.TokenKind.*;

import java.util.ArrayList;
import java.util.List;

/** Parses the patterns of {@code case} (PEP 634). */
final class PatternParser {

    private static final String NO_PATTERN = "expected a pattern";

    private final TokenReader reader;
    private final ExpressionParser expressions;
    private final NodeStack<Pattern> nodes = new NodeStack<>();

    PatternParser(TokenReader reader, ExpressionParser expressions) {
        this.reader = reader;
        this.expressions = expressions;
    }

    /** Parses what follows {@code case}: one pattern, or a sequence without brackets. */
    Pattern patterns() {
        int start = reader.start();
        Pattern first = starOrAsPattern();
        if (reader.kind != COMMA) {
            if (!(first instanceof Pattern.MatchStar)) {
                return first;
            }
            reader.errorOf(first, "a starred pattern must be in a sequence");
        }
        int mark = nodes.size();
        nodes.push(first(start, first));
        while (reader.accept(COMMA) && beginsPattern()) {
            nodes.push(starOrAsPattern());
        }
        return new Pattern.MatchSequence(start, reader.lastEnd(), nodes.take(mark));
    }

    /** Returns the first part of a pattern that starts at the given position: a missing one moves there. */
    private static Pattern first(int start, Pattern part) {
        return part.start() < start ? new Pattern.MatchAs(start, start, null, null) : part;
    }

    private boolean beginsPattern() {
        return switch (reader.kind) {
            case NAME,
                    NUMBER,
                    STRING,
                    FSTRING_START,
                    MINUS,
                    STAR,
                    LEFT_PARENTHESIS,
                    LEFT_SQUARE,
                    LEFT_BRACE,
                    NONE,
                    TRUE,
                    FALSE -> true;
            default -> false;
        };
    }

    private Pattern starOrAsPattern() {
        return reader.kind == STAR ? star() : asPattern();
    }

    private Pattern star() {
        int start = reader.start();
        reader.advance();
        String name = null;
        if (reader.kind == NAME) {
            name = reader.isWord(UNDERSCORE) ? null : reader.name();
            reader.advance();
        } else {
            reader.error("expected a name");
        }
        return new Pattern.MatchStar(start, reader.lastEnd(), name);
    }

    private Pattern asPattern() {
        if (!reader.enter()) {
            Expression.Missing missing = reader.tooDeep();
            return new Pattern.MatchAs(missing.start(), missing.end(), null, null);
        }
        int start = reader.start();
        Pattern pattern = orPattern();
        if (reader.accept(AS)) {
            String name = "";
            if (reader.kind == NAME) {
                if (reader.isWord(UNDERSCORE)) {
                    reader.error("cannot use '_' as a target");
                }
                name = reader.name();
                reader.advance();
            } else {
                reader.error("expected a name");
            }
            pattern = new Pattern.MatchAs(start, reader.lastEnd(), first(start, pattern), name);
        }
        reader.leave();
        return pattern;
    }

    private Pattern orPattern() {
        int start = reader.start();
        Pattern first = closedPattern();
        if (reader.kind != VERTICAL_BAR) {
            return first;
        }
        int mark = nodes.size();
        nodes.push(first(start, first));
        while (reader.accept(VERTICAL_BAR)) {
            nodes.push(closedPattern());
        }
        return new Pattern.MatchOr(start, reader.lastEnd(), nodes.take(mark));
    }

    private Pattern closedPattern() {
        reader.step();
        int start = reader.start();
        int end = reader.end();
        switch (reader.kind) {
            case NAME -> {
                return namePattern();
            }
            case NONE, TRUE, FALSE -> {
                String keyword = reader.name();
                reader.advance();
                return new Pattern.MatchSingleton(start, end, keyword);
            }
            case NUMBER, MINUS, STRING -> {
                Expression value = literal();
                return new Pattern.MatchValue(start, reader.lastEnd(), value);
            }
            case FSTRING_START -> {
                reader.error("patterns may not contain f-strings");
                Expression value = literal();
                return new Pattern.MatchValue(start, reader.lastEnd(), value);
            }
            case LEFT_PARENTHESIS -> {
                return group();
            }
            case LEFT_SQUARE -> {
                int open = reader.position();
                reader.advance();
                List<Pattern> patterns = sequence(RIGHT_SQUARE);
                expressions.close(open, RIGHT_SQUARE);
                return new Pattern.MatchSequence(start, reader.lastEnd(), patterns);
            }
            case LEFT_BRACE -> {
                return mapping();
            }
            default -> {
                Expression.Missing missing = reader.missing(NO_PATTERN);
                return new Pattern.MatchAs(missing.start(), missing.end(), null, null);
            }
        }
    }

    /** Parses a number with sign and imaginary part, or a string; names are for the keys of mappings. */
    private Expression literal() {
        boolean isNumber = reader.kind == NUMBER || reader.kind == MINUS;
        Expression value = isNumber ? expressions.sum() : expressions.atomOfPattern();
        if (isNumber && !isSignedNumber(value)) {
            reader.errorOf(value, "only numbers can be matched with operators");
        }
        return value;
    }

    private static boolean isSignedNumber(Expression value) {
        if (value instanceof Expression.BinOp sum) {
            boolean additive = sum.operator().equals("+") || sum.operator().equals("-");
            return additive
                    && isSignedReal(sum.left())
                    && sum.right() instanceof Expression.Constant imaginary
                    && imaginary.kind() == Expression.ConstantKind.COMPLEX;
        }
        return isSignedReal(value)
                || value instanceof Expression.Constant
                || (value instanceof Expression.UnaryOp minus && minus.operand() instanceof Expression.Constant);
    }

    private static boolean isSignedReal(Expression value) {
        Expression number = value instanceof Expression.UnaryOp minus ? minus.operand() : value;
        return number instanceof Expression.Constant constant
                && (constant.kind() == Expression.ConstantKind.INTEGER
                        || constant.kind() == Expression.ConstantKind.FLOAT);
    }

    /** A capture, a wildcard, a dotted value or a class. */
    private Pattern namePattern() {
        int start = reader.start();
        boolean wildcard = reader.isWord(UNDERSCORE);
        String name = reader.name();
        int nameEnd = reader.end();
        reader.advance();
        if (reader.kind != DOT && reader.kind != LEFT_PARENTHESIS) {
            return new Pattern.MatchAs(start, nameEnd, null, wildcard ? null : name);
        }
        Expression value = dotted(start, new Expression.Name(start, nameEnd, name));
        return reader.kind == LEFT_PARENTHESIS
                ? classPattern(start, value)
                : new Pattern.MatchValue(start, reader.lastEnd(), value);
    }

    private Expression dotted(int start, Expression first) {
        Expression value = first;
        int links = 0;
        while (reader.accept(DOT)) {
            int nameStart = reader.start();
            if (reader.kind != NAME) {
                reader.error("expected a name after '.'");
                int end = reader.lastEnd();
                return new Expression.Attribute(start, end, value, "", end);
            }
            String name = reader.name();
            int end = reader.end();
            reader.advance();
            value = new Expression.Attribute(start, end, value, name, nameStart);
            if (++links > TokenReader.MAX_CHAIN) {
                reader.errorOf(value, "nested too deeply");
                value = new Expression.Missing(start, start);
                links = 0;
            }
        }
        return value;
    }

    private Pattern group() {
        int open = reader.position();
        int start = reader.start();
        reader.advance();
        if (reader.accept(RIGHT_PARENTHESIS)) {
            return new Pattern.MatchSequence(start, reader.lastEnd(), List.of());
        }
        Pattern first = starOrAsPattern();
        if (reader.kind == COMMA || first instanceof Pattern.MatchStar) {
            int mark = nodes.size();
            nodes.push(first);
            if (reader.accept(COMMA)) {
                pushSequence(RIGHT_PARENTHESIS);
            }
            expressions.close(open, RIGHT_PARENTHESIS);
            List<Pattern> patterns = nodes.take(mark);
            return new Pattern.MatchSequence(start, reader.lastEnd(), patterns);
        }
        expressions.close(open, RIGHT_PARENTHESIS);
        return first;
    }

    private List<Pattern> sequence(byte closing) {
        int mark = nodes.size();
        pushSequence(closing);
        return nodes.take(mark);
    }

    private void pushSequence(byte closing) {
        boolean more = true;
        while (more && reader.kind != closing && !reader.endsBracket()) {
            int before = reader.position();
            nodes.push(starOrAsPattern());
            more = nextPattern(before);
        }
    }

    /**
     * Goes to the next pattern of a bracket; false at the end of the bracket.
     *
     * @param before the token that the last pattern began with
     */
    private boolean nextPattern(int before) {
        if (reader.accept(COMMA)) {
            return true;
        }
        if (reader.endsBracket()) {
            return false;
        }
        reader.error("expected ','");
        if (reader.position() == before) {
            reader.skip();
        }
        while (!beginsPattern() && reader.kind != COMMA && reader.kind != DOUBLE_STAR && !reader.endsBracket()) {
            reader.skip();
        }
        reader.accept(COMMA);
        return true;
    }

    private Pattern mapping() {
        int open = reader.position();
        int start = reader.start();
        reader.advance();
        List<Expression> keys = new ArrayList<>();
        int mark = nodes.size();
        String rest = null;
        boolean more = true;
        while (more && !reader.endsBracket()) {
            int before = reader.position();
            if (rest != null) {
                reader.error("'**' must come last");
            }
            if (reader.accept(DOUBLE_STAR)) {
                rest = "";
                if (reader.kind == NAME) {
                    rest = reader.name();
                    reader.advance();
                } else {
                    reader.error("expected a name");
                }
            } else {
                keys.add(key());
                if (reader.accept(COLON)) {
                    nodes.push(asPattern());
                } else {
                    Expression.Missing missing = reader.missing("expected ':'");
                    nodes.push(new Pattern.MatchAs(missing.start(), missing.end(), null, null));
                }
            }
            more = nextPattern(before);
        }
        expressions.close(open, RIGHT_BRACE);
        return new Pattern.MatchMapping(start, reader.lastEnd(), List.copyOf(keys), nodes.take(mark), rest);
    }

    private Expression key() {
        if (reader.kind == NAME) {
            int start = reader.start();
            Expression name = new Expression.Name(start, reader.end(), reader.name());
            reader.advance();
            if (reader.kind != DOT) {
                reader.errorOf(name, "a key must be a literal or a dotted name");
            }
            return dotted(start, name);
        }
        return switch (reader.kind) {
            case NUMBER, MINUS, STRING -> literal();
            default -> expressions.atomOfPattern();
        };
    }

    private Pattern classPattern(int start, Expression type) {
        int open = reader.position();
        reader.advance();
        int mark = nodes.size();
        List<String> names = new ArrayList<>();
        List<Pattern> named = new ArrayList<>();
        boolean more = true;
        while (more && !reader.endsBracket()) {
            int before = reader.position();
            if (reader.kind == NAME && reader.nextKind() == EQUAL) {
                names.add(reader.name());
                reader.advance();
                reader.advance();
                named.add(asPattern());
            } else {
                if (!names.isEmpty()) {
                    reader.error("positional patterns follow keyword patterns");
                }
                nodes.push(asPattern());
            }
            more = nextPattern(before);
        }
        expressions.close(open, RIGHT_PARENTHESIS);
        return new Pattern.MatchClass(
                start, reader.lastEnd(), type, nodes.take(mark), List.copyOf(names), List.copyOf(named));
    }
}
