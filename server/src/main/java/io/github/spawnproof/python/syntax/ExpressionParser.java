package io.github.spawnproof.python.syntax;

import static io.github.spawnproof.python.syntax.TokenKind.*;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Parses expressions by precedence climbing; the names of the methods are those of the reference grammar where it has
 * one.
 */
final class ExpressionParser {

    private static final String NO_EXPRESSION = "expected an expression";

    private final TokenReader reader;
    private final NodeStack<Expression> nodes = new NodeStack<>();
    private final NodeStack<Node.Keyword> keywords = new NodeStack<>();
    private final StringParser strings;

    ExpressionParser(TokenReader reader) {
        this.reader = reader;
        strings = new StringParser(reader, this);
    }

    // ---------------------------------------------------------------------------------------------- lists

    /** One or more expressions, starred or not; more than one, or a comma, make a tuple. */
    Expression starExpressions() {
        int start = reader.start();
        Expression first = starExpression();
        return reader.kind == COMMA ? tupleOf(start, first) : first;
    }

    /** What may stand on the right of an assignment. */
    Expression yieldOrStarExpressions() {
        return reader.kind == YIELD ? yieldExpression() : starExpressions();
    }

    private Expression tupleOf(int start, Expression first) {
        int mark = nodes.size();
        nodes.push(TokenReader.first(start, first));
        while (reader.accept(COMMA)) {
            if (!beginsElement()) {
                break;
            }
            nodes.push(starExpression());
        }
        return new Expression.Tuple(start, reader.lastEnd(), nodes.take(mark));
    }

    boolean beginsElement() {
        return beginsExpression(reader.kind) || reader.kind == STAR;
    }

    private Expression starExpression() {
        return reader.kind == STAR ? starred() : expression();
    }

    private Expression starred() {
        int start = reader.start();
        reader.advance();
        Expression value = climb(BIT_OR_LEVEL);
        return new Expression.Starred(start, reader.lastEnd(), value);
    }

    /** An element of a display, an argument, a subject. */
    Expression starNamedExpression() {
        return reader.kind == STAR ? starred() : namedExpression();
    }

    /** The subject of a match statement. */
    Expression starNamedExpressions() {
        int start = reader.start();
        Expression first = starNamedExpression();
        if (reader.kind != COMMA) {
            return first;
        }
        int mark = nodes.size();
        nodes.push(TokenReader.first(start, first));
        while (reader.accept(COMMA) && beginsElement()) {
            nodes.push(starNamedExpression());
        }
        return new Expression.Tuple(start, reader.lastEnd(), nodes.take(mark));
    }

    /** The targets of a loop, up to its {@code in}. */
    Expression starTargets() {
        int start = reader.start();
        Expression first = starTarget();
        if (reader.kind != COMMA) {
            return first;
        }
        int mark = nodes.size();
        nodes.push(TokenReader.first(start, first));
        while (reader.accept(COMMA) && beginsElement()) {
            nodes.push(starTarget());
        }
        return new Expression.Tuple(start, reader.lastEnd(), nodes.take(mark));
    }

    private Expression starTarget() {
        Expression target = reader.kind == STAR ? starred() : climb(BIT_OR_LEVEL);
        Targets.check(target, reader);
        return target;
    }

    /** The operands of {@code del}. */
    List<Expression> deleteTargets() {
        int mark = nodes.size();
        do {
            if (!beginsElement() && nodes.size() > mark) {
                break;
            }
            Expression target = climb(BIT_OR_LEVEL);
            Targets.checkDeleted(target, reader);
            nodes.push(target);
        } while (reader.accept(COMMA));
        return nodes.take(mark);
    }

    // ---------------------------------------------------------------------------------------------- operators

    Expression namedExpression() {
        int start = reader.start();
        Expression target = expression();
        if (reader.kind != WALRUS) {
            return target;
        }
        if (!(target instanceof Expression.Name)) {
            reader.errorOf(target, "only a name can be assigned by ':='");
        }
        reader.advance();
        Expression value = expression();
        return new Expression.NamedExpr(start, reader.lastEnd(), TokenReader.first(start, target), value);
    }

    Expression expression() {
        if (reader.kind == LAMBDA) {
            return lambda();
        }
        int start = reader.start();
        Expression value = climb(OR_LEVEL);
        return reader.kind == IF ? conditional(start, value) : value;
    }

    Expression disjunction() {
        return climb(OR_LEVEL);
    }

    Expression bitwiseOr() {
        return climb(BIT_OR_LEVEL);
    }

    /** A sum, as the number of a pattern may be one. */
    Expression sum() {
        return climb(PRECEDENCE[PLUS]);
    }

    /** An operand without operators or trailers, as patterns have them. */
    Expression atomOfPattern() {
        return atom();
    }

    private Expression conditional(int start, Expression body) {
        if (!reader.enter()) {
            return reader.tooDeep();
        }
        reader.advance();
        Expression test = climb(OR_LEVEL);
        Expression orElse;
        if (reader.accept(ELSE)) {
            orElse = expression();
        } else {
            orElse = reader.missing("expected 'else' after 'if' expression");
        }
        reader.leave();
        return new Expression.IfExp(start, reader.lastEnd(), TokenReader.first(start, body), test, orElse);
    }

    /** Parses an operand and all operators behind it that bind at least as tightly as the level. */
    private Expression climb(int level) {
        int start = reader.start();
        byte kind = reader.kind;
        Expression left;
        if (kind == NAME) {
            left = primary();
        } else if (kind == NOT || kind == MINUS || kind == PLUS || kind == TILDE) {
            left = unary(level);
        } else {
            left = primary();
        }
        int precedence = PRECEDENCE[reader.kind];
        return precedence < level || precedence == 0 ? left : operators(level, start, left);
    }

    private Expression operators(int level, int start, Expression first) {
        Expression left = TokenReader.first(start, first);
        int outer = reader.chain();
        int links = 0;
        while (true) {
            byte kind = reader.kind;
            int precedence = PRECEDENCE[kind];
            if (precedence < level || precedence == 0) {
                break;
            }
            if (precedence >= BIT_OR_LEVEL) {
                reader.advance();
                Expression right = precedence == POWER_LEVEL ? exponent() : climb(precedence + 1);
                left = new Expression.BinOp(start, reader.lastEnd(), left, TEXT[kind], right);
                links++;
                if (reader.chain() + links > TokenReader.MAX_CHAIN) {
                    left = cutChain(left);
                    links = 0;
                    outer = 0;
                }
            } else if (precedence == COMPARISON_LEVEL) {
                if (kind == NOT && reader.nextKind() != IN) {
                    break;
                }
                left = comparison(start, left);
            } else {
                left = booleans(start, left, kind, precedence);
            }
        }
        reader.chain(Math.max(outer, reader.chain() + links));
        return left;
    }

    private Expression cutChain(Expression chain) {
        reader.errorOf(chain, "nested too deeply");
        reader.chain(0);
        return new Expression.Missing(chain.start(), chain.start());
    }

    private Expression exponent() {
        if (!reader.enter()) {
            return reader.tooDeep();
        }
        Expression exponent = climb(UNARY_LEVEL);
        reader.leave();
        return exponent;
    }

    private Expression unary(int level) {
        if (!reader.enter()) {
            return reader.tooDeep();
        }
        int start = reader.start();
        byte kind = reader.kind;
        if (kind == NOT && level > NOT_LEVEL) {
            reader.error("'not' needs parentheses here");
        }
        reader.advance();
        Expression operand = climb(kind == NOT ? NOT_LEVEL : UNARY_LEVEL);
        reader.leave();
        return new Expression.UnaryOp(start, reader.lastEnd(), TEXT[kind], operand);
    }

    private Expression comparison(int start, Expression left) {
        String operator = comparisonOperator();
        Expression right = climb(BIT_OR_LEVEL);
        if (!isComparison()) {
            return new Expression.Compare(start, reader.lastEnd(), left, List.of(operator), List.of(right));
        }
        List<String> operators = new ArrayList<>();
        operators.add(operator);
        int mark = nodes.size();
        nodes.push(right);
        while (isComparison()) {
            operators.add(comparisonOperator());
            nodes.push(climb(BIT_OR_LEVEL));
        }
        return new Expression.Compare(start, reader.lastEnd(), left, List.copyOf(operators), nodes.take(mark));
    }

    private boolean isComparison() {
        return PRECEDENCE[reader.kind] == COMPARISON_LEVEL && (reader.kind != NOT || reader.nextKind() == IN);
    }

    private String comparisonOperator() {
        byte kind = reader.kind;
        reader.advance();
        if (kind == NOT) {
            reader.advance();
            return "not in";
        }
        if (kind == IS && reader.accept(NOT)) {
            return "is not";
        }
        return TEXT[kind];
    }

    private Expression booleans(int start, Expression first, byte kind, int precedence) {
        int mark = nodes.size();
        nodes.push(TokenReader.first(start, first));
        while (reader.accept(kind)) {
            nodes.push(climb(precedence + 1));
        }
        return new Expression.BoolOp(start, reader.lastEnd(), TEXT[kind], nodes.take(mark));
    }

    // ---------------------------------------------------------------------------------------------- primaries

    private Expression primary() {
        int start = reader.start();
        if (reader.kind == AWAIT) {
            return await(start);
        }
        Expression value = atom();
        byte kind = reader.kind;
        return kind == DOT || kind == LEFT_PARENTHESIS || kind == LEFT_SQUARE ? trailers(start, value) : value;
    }

    private Expression await(int start) {
        if (!reader.enter()) {
            return reader.tooDeep();
        }
        reader.advance();
        Expression value = primary();
        reader.leave();
        return new Expression.Await(start, reader.lastEnd(), value);
    }

    private Expression trailers(int start, Expression first) {
        Expression value = TokenReader.first(start, first);
        int links = 0;
        while (true) {
            byte kind = reader.kind;
            if (kind == DOT) {
                reader.advance();
                value = attribute(start, value);
            } else if (kind == LEFT_PARENTHESIS) {
                value = call(start, value);
            } else if (kind == LEFT_SQUARE) {
                value = subscript(start, value);
            } else {
                break;
            }
            links++;
            if (reader.chain() + links > TokenReader.MAX_CHAIN) {
                value = cutChain(value);
                links = 0;
            }
        }
        reader.chain(reader.chain() + links);
        return value;
    }

    private Expression attribute(int start, Expression value) {
        int nameStart = reader.start();
        boolean keywordAsName = reader.kind >= FIRST_KEYWORD && nameStart == reader.lastEnd();
        if (reader.kind == NAME || keywordAsName) {
            if (keywordAsName) {
                reader.error("a keyword cannot be the name of an attribute");
            }
            String name = reader.name();
            int end = reader.end();
            reader.advance();
            return new Expression.Attribute(start, end, value, name, nameStart);
        }
        reader.error("expected a name after '.'");
        int end = reader.lastEnd();
        return new Expression.Attribute(start, end, value, "", end);
    }

    private Expression call(int start, Expression function) {
        if (!reader.enter()) {
            return reader.tooDeep();
        }
        int chain = reader.chain();
        Arguments arguments = arguments();
        reader.chain(Math.max(chain, reader.chain()));
        reader.leave();
        return new Expression.Call(start, reader.lastEnd(), function, arguments.positional(), arguments.keywords());
    }

    /** The arguments of a call or of a class. */
    record Arguments(List<Expression> positional, List<Node.Keyword> keywords) {}

    /** Parses arguments in parentheses; the current token is the opening one. */
    Arguments arguments() {
        int open = reader.position();
        int start = reader.start();
        reader.advance();
        int mark = nodes.size();
        int keywordMark = keywords.size();
        boolean more = true;
        boolean unpacked = false;
        while (more && !reader.endsBracket()) {
            reader.chain(0);
            int before = reader.position();
            if (reader.kind == NAME && reader.nextKind() == EQUAL) {
                keywords.push(keyword());
            } else if (reader.kind == DOUBLE_STAR) {
                int keywordStart = reader.start();
                reader.advance();
                Expression value = expression();
                keywords.push(new Node.Keyword(keywordStart, reader.lastEnd(), null, value));
                unpacked = true;
            } else {
                positional(start, open, mark, keywords.size() > keywordMark, unpacked);
            }
            more = nextElement(RIGHT_PARENTHESIS, before);
        }
        close(open, RIGHT_PARENTHESIS);
        return new Arguments(nodes.take(mark), keywords.take(keywordMark));
    }

    private void positional(int start, int open, int mark, boolean afterKeyword, boolean afterUnpacking) {
        if (reader.kind == STAR) {
            if (afterUnpacking) {
                reader.error("iterable argument unpacking follows keyword argument unpacking");
            }
            int starStart = reader.start();
            reader.advance();
            Expression value = expression();
            nodes.push(new Expression.Starred(starStart, reader.lastEnd(), value));
            if (isComprehension()) {
                generatorArgument(start, open, mark);
            }
            return;
        }
        if (afterKeyword) {
            reader.error("positional argument follows keyword argument");
        }
        nodes.push(namedExpression());
        if (isComprehension()) {
            generatorArgument(start, open, mark);
        }
    }

    /** Makes the last argument a generator expression, which takes the call's parentheses if it is alone. */
    private void generatorArgument(int start, int open, int mark) {
        Expression element = nodes.get(nodes.size() - 1);
        nodes.truncate(nodes.size() - 1);
        List<Node.Comprehension> generators = generators();
        boolean alone = nodes.size() == mark && reader.kind == RIGHT_PARENTHESIS;
        if (!alone) {
            reader.error("a generator expression among other arguments needs parentheses");
        }
        int from = alone ? start : element.start();
        int end = alone ? reader.end() : reader.lastEnd();
        nodes.push(new Expression.Comprehended(from, end, Expression.ComprehensionKind.GENERATOR, element, generators));
        if (alone && reader.valueAt(open) != reader.position()) {
            reader.error("expected ')'");
        }
    }

    private Node.Keyword keyword() {
        int start = reader.start();
        String name = reader.name();
        reader.advance();
        reader.advance();
        Expression value = expression();
        return new Node.Keyword(start, reader.lastEnd(), name, value);
    }

    private Expression subscript(int start, Expression value) {
        if (!reader.enter()) {
            return reader.tooDeep();
        }
        int chain = reader.chain();
        int open = reader.position();
        reader.advance();
        Expression index = slices();
        close(open, RIGHT_SQUARE);
        reader.chain(Math.max(chain, reader.chain()));
        reader.leave();
        return new Expression.Subscript(start, reader.lastEnd(), value, index);
    }

    private Expression slices() {
        if (reader.kind == RIGHT_SQUARE) {
            return reader.missing(NO_EXPRESSION);
        }
        int start = reader.start();
        reader.chain(0);
        Expression first = slice();
        if (reader.kind == RIGHT_SQUARE && !(first instanceof Expression.Starred)) {
            return first;
        }
        if (reader.kind != COMMA && !(first instanceof Expression.Starred)) {
            return first;
        }
        int mark = nodes.size();
        nodes.push(TokenReader.first(start, first));
        boolean more = nextElement(RIGHT_SQUARE, -1);
        while (more && !reader.endsBracket()) {
            reader.chain(0);
            int before = reader.position();
            nodes.push(slice());
            more = nextElement(RIGHT_SQUARE, before);
        }
        return new Expression.Tuple(start, reader.lastEnd(), nodes.take(mark));
    }

    private Expression slice() {
        int start = reader.start();
        Expression lower = null;
        if (reader.kind != COLON) {
            lower = starNamedExpression();
            if (reader.kind != COLON) {
                return lower;
            }
            lower = TokenReader.first(start, lower);
        }
        reader.advance();
        Expression upper = beginsExpression(reader.kind) ? expression() : null;
        Expression step = null;
        if (reader.accept(COLON) && beginsExpression(reader.kind)) {
            step = expression();
        }
        return new Expression.Slice(start, reader.lastEnd(), lower, upper, step);
    }

    // ---------------------------------------------------------------------------------------------- atoms

    private Expression atom() {
        reader.step();
        reader.chain(0);
        while (reader.kind == ERROR) {
            reader.error("invalid syntax");
            reader.skip();
        }
        int start = reader.start();
        int end = reader.end();
        switch (reader.kind) {
            case NAME -> {
                String name = reader.name();
                reader.advance();
                return new Expression.Name(start, end, name);
            }
            case NUMBER -> {
                return number(start, end);
            }
            case STRING, FSTRING_START -> {
                return strings.strings();
            }
            case LEFT_PARENTHESIS, LEFT_SQUARE, LEFT_BRACE -> {
                return bracket();
            }
            case NONE -> {
                return keywordConstant(start, end, Expression.ConstantKind.NONE);
            }
            case TRUE -> {
                return keywordConstant(start, end, Expression.ConstantKind.TRUE);
            }
            case FALSE -> {
                return keywordConstant(start, end, Expression.ConstantKind.FALSE);
            }
            case ELLIPSIS -> {
                reader.advance();
                return new Expression.Constant(start, end, Expression.ConstantKind.ELLIPSIS, "...");
            }
            case LAMBDA -> {
                reader.error("a lambda needs parentheses here");
                return lambda();
            }
            default -> {
                return reader.missing(NO_EXPRESSION);
            }
        }
    }

    private Expression keywordConstant(int start, int end, Expression.ConstantKind kind) {
        String keyword = reader.name();
        reader.advance();
        return new Expression.Constant(start, end, kind, keyword);
    }

    private Expression number(int start, int end) {
        int flags = reader.value();
        // Whoever computes with the value must not stumble over "10L" or "0777".
        String literal = (flags & Tokens.INVALID) != 0 ? "0" : reader.slice(start, end);
        if ((flags & Tokens.UNDERSCORES) != 0) {
            literal = literal.replace("_", "");
        }
        reader.advance();
        int kind = flags & Tokens.NUMBER_KIND;
        Expression.ConstantKind constantKind = kind == Tokens.INTEGER
                ? Expression.ConstantKind.INTEGER
                : kind == Tokens.FLOAT ? Expression.ConstantKind.FLOAT : Expression.ConstantKind.COMPLEX;
        return new Expression.Constant(start, end, constantKind, literal);
    }

    private Expression bracket() {
        if (!reader.enter()) {
            return reader.tooDeep();
        }
        Expression value = switch (reader.kind) {
            case LEFT_PARENTHESIS -> parentheses();
            case LEFT_SQUARE -> listDisplay();
            default -> braces();
        };
        reader.leave();
        return value;
    }

    private Expression parentheses() {
        int open = reader.position();
        int start = reader.start();
        reader.advance();
        if (reader.accept(RIGHT_PARENTHESIS)) {
            return new Expression.Tuple(start, reader.lastEnd(), List.of());
        }
        if (reader.kind == YIELD) {
            Expression value = yieldExpression();
            close(open, RIGHT_PARENTHESIS);
            return value;
        }
        Expression first = starNamedExpression();
        if (isComprehension()) {
            return comprehension(start, open, RIGHT_PARENTHESIS, Expression.ComprehensionKind.GENERATOR, first);
        }
        if (reader.kind == RIGHT_PARENTHESIS) {
            if (first instanceof Expression.Starred) {
                reader.errorOf(first, "cannot use starred expression here");
            }
            reader.advance();
            return first;
        }
        if (reader.kind != COMMA && !beginsElement()) {
            close(open, RIGHT_PARENTHESIS);
            return first;
        }
        List<Expression> elements = elements(open, RIGHT_PARENTHESIS, first);
        return new Expression.Tuple(start, reader.lastEnd(), elements);
    }

    /** Parses the elements behind the first one, and the closing bracket. */
    private List<Expression> elements(int open, byte closing, Expression first) {
        int mark = nodes.size();
        nodes.push(first);
        int chain = reader.chain();
        boolean more = nextElement(closing, -1);
        while (more && !reader.endsBracket()) {
            int before = reader.position();
            nodes.push(starNamedExpression());
            chain = Math.max(chain, reader.chain());
            more = nextElement(closing, before);
        }
        reader.chain(chain);
        close(open, closing);
        return nodes.take(mark);
    }

    /**
     * Goes to the next element of a bracket; false at the end of the bracket.
     *
     * @param before the token that the last element began with
     */
    private boolean nextElement(byte closing, int before) {
        if (reader.kind == COMMA) {
            if (reader.position() == before) {
                reader.error(NO_EXPRESSION);
            }
            reader.advance();
            return true;
        }
        if (reader.kind == closing || reader.endsBracket()) {
            return false;
        }
        reader.error("expected ','");
        if (reader.position() == before) {
            reader.skip();
        }
        while (!beginsElement() && reader.kind != COMMA && reader.kind != DOUBLE_STAR && !reader.endsBracket()) {
            reader.skip();
        }
        reader.accept(COMMA);
        return true;
    }

    /** Expects a closing bracket; whatever else is before it is skipped. */
    void close(int open, byte closing) {
        if (reader.accept(closing)) {
            return;
        }
        reader.error("expected '" + closingText(closing) + "'");
        int match = reader.valueAt(open);
        if (match >= reader.position()) {
            reader.jump(match + 1);
        }
    }

    private static String closingText(byte closing) {
        return closing == RIGHT_PARENTHESIS ? ")" : closing == RIGHT_SQUARE ? "]" : "}";
    }

    private Expression listDisplay() {
        int open = reader.position();
        int start = reader.start();
        reader.advance();
        if (reader.accept(RIGHT_SQUARE)) {
            return new Expression.ListDisplay(start, reader.lastEnd(), List.of());
        }
        Expression first = starNamedExpression();
        if (isComprehension()) {
            return comprehension(start, open, RIGHT_SQUARE, Expression.ComprehensionKind.LIST, first);
        }
        List<Expression> elements = elements(open, RIGHT_SQUARE, first);
        return new Expression.ListDisplay(start, reader.lastEnd(), elements);
    }

    private Expression braces() {
        int open = reader.position();
        int start = reader.start();
        reader.advance();
        if (reader.accept(RIGHT_BRACE)) {
            return new Expression.Dict(start, reader.lastEnd(), List.of(), List.of());
        }
        if (reader.kind == DOUBLE_STAR) {
            return dict(start, open, null);
        }
        Expression first = starNamedExpression();
        if (reader.kind == COLON) {
            if (first instanceof Expression.Starred) {
                reader.errorOf(first, "cannot use a starred expression as a dict key");
            }
            return dict(start, open, first);
        }
        if (isComprehension()) {
            return comprehension(start, open, RIGHT_BRACE, Expression.ComprehensionKind.SET, first);
        }
        List<Expression> elements = elements(open, RIGHT_BRACE, first);
        return new Expression.Set(start, reader.lastEnd(), elements);
    }

    /** Parses a dict behind its first key, or before its first {@code **} if there is none. */
    private Expression dict(int start, int open, @Nullable Expression firstKey) {
        List<@Nullable Expression> keys = new ArrayList<>();
        int mark = nodes.size();
        int chain = reader.chain();
        Expression key = firstKey;
        boolean more = true;
        while (more && (key != null || !reader.endsBracket())) {
            int before = reader.position();
            Expression value;
            if (key == null && reader.accept(DOUBLE_STAR)) {
                value = climb(BIT_OR_LEVEL);
            } else {
                if (key == null) {
                    key = expression();
                    chain = Math.max(chain, reader.chain());
                }
                value = reader.accept(COLON) ? expression() : reader.missing("expected ':' in a dict");
            }
            chain = Math.max(chain, reader.chain());
            if (nodes.size() == mark && isComprehension()) {
                return dictComprehension(start, open, key, value);
            }
            keys.add(key);
            nodes.push(value);
            key = null;
            more = nextElement(RIGHT_BRACE, before);
        }
        reader.chain(chain);
        close(open, RIGHT_BRACE);
        return new Expression.Dict(start, reader.lastEnd(), Collections.unmodifiableList(keys), nodes.take(mark));
    }

    /** A dict comprehension; without a key it unpacks (PEP 798). */
    private Expression dictComprehension(int start, int open, @Nullable Expression key, Expression value) {
        List<Node.Comprehension> generators = generators();
        close(open, RIGHT_BRACE);
        return key == null
                ? new Expression.DictComp(start, reader.lastEnd(), value, null, generators)
                : new Expression.DictComp(start, reader.lastEnd(), key, value, generators);
    }

    // ---------------------------------------------------------------------------------------------- comprehensions

    private boolean isComprehension() {
        return reader.kind == FOR || (reader.kind == ASYNC && reader.nextKind() == FOR);
    }

    private Expression comprehension(
            int start, int open, byte closing, Expression.ComprehensionKind kind, Expression element) {
        List<Node.Comprehension> generators = generators();
        close(open, closing);
        return new Expression.Comprehended(start, reader.lastEnd(), kind, element, generators);
    }

    private List<Node.Comprehension> generators() {
        int chain = reader.chain();
        List<Node.Comprehension> generators = new ArrayList<>(1);
        do {
            int start = reader.start();
            boolean isAsync = reader.accept(ASYNC);
            reader.advance();
            Expression target = starTargets();
            Expression iterable =
                    reader.accept(IN) ? climb(OR_LEVEL) : reader.missing("expected 'in' in a comprehension");
            chain = Math.max(chain, reader.chain());
            int mark = nodes.size();
            while (reader.accept(IF)) {
                nodes.push(climb(OR_LEVEL));
                chain = Math.max(chain, reader.chain());
            }
            generators.add(
                    new Node.Comprehension(start, reader.lastEnd(), target, iterable, nodes.take(mark), isAsync));
        } while (isComprehension());
        reader.chain(chain);
        return List.copyOf(generators);
    }

    // ---------------------------------------------------------------------------------------------- yield, lambda

    Expression yieldExpression() {
        int start = reader.start();
        reader.advance();
        if (reader.accept(FROM)) {
            Expression value = expression();
            return new Expression.YieldFrom(start, reader.lastEnd(), value);
        }
        Expression value = beginsElement() ? starExpressions() : null;
        return new Expression.Yield(start, reader.lastEnd(), value);
    }

    private Expression lambda() {
        if (!reader.enter()) {
            return reader.tooDeep();
        }
        int start = reader.start();
        reader.advance();
        Node.Parameters parameters = new ParameterParser(reader, this).parameters(COLON);
        int colon = reader.start();
        Expression body;
        if (reader.accept(COLON)) {
            body = expression();
        } else {
            body = reader.missing("expected ':' in a lambda");
            colon = body.start();
        }
        reader.leave();
        return new Expression.Lambda(start, reader.lastEnd(), parameters, colon, body);
    }
}
