package io.github.spawnproof.python.syntax;

import static io.github.spawnproof.python.syntax.TokenKind.*;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Parses statements with blocks. A header that is not valid keeps its block. */
final class CompoundParser {

    private final TokenReader reader;
    private final ExpressionParser expressions;
    private final StatementParser statements;
    private final ParameterParser parameters;
    private final PatternParser patterns;
    private final NodeStack<Statement> nodes = new NodeStack<>();

    CompoundParser(TokenReader reader, ExpressionParser expressions, StatementParser statements) {
        this.reader = reader;
        this.expressions = expressions;
        this.statements = statements;
        parameters = new ParameterParser(reader, expressions);
        patterns = new PatternParser(reader, expressions);
    }

    boolean beginsCompound() {
        return switch (reader.kind) {
            case IF, FOR, WHILE, TRY, WITH, DEF, CLASS, ASYNC, AT -> true;
            case NAME -> reader.isWord(MATCH) && isMatch();
            default -> false;
        };
    }

    /** Parses a compound statement, or returns null without a step if the current token begins none. */
    @Nullable
    Statement compoundStatement() {
        int start = reader.start();
        return switch (reader.kind) {
            case IF -> ifStatement();
            case FOR -> forStatement(start, false);
            case WHILE -> whileStatement();
            case TRY -> tryStatement();
            case WITH -> withStatement(start, false);
            case DEF -> function(start, List.of(), false);
            case CLASS -> classDefinition(List.of());
            case ASYNC -> asyncStatement();
            case AT -> decorated();
            case INDENT -> unexpectedBlock();
            case NAME -> reader.isWord(MATCH) && isMatch() ? matchStatement() : null;
            default -> null;
        };
    }

    // ---------------------------------------------------------------------------------------------- blocks

    /** Parses the colon of a header and the block behind it. */
    private List<Statement> block() {
        if (!reader.accept(COLON)) {
            reader.error("expected ':'");
            while (reader.kind != COLON && reader.kind != NEWLINE && reader.kind != END) {
                reader.skipWhole();
            }
            reader.accept(COLON);
        }
        if (reader.kind != NEWLINE) {
            return inlineBlock();
        }
        if (reader.nextKind() == INDENT) {
            return indentedBlock();
        }
        reader.advance();
        reader.error("expected an indented block");
        return List.of();
    }

    private List<Statement> inlineBlock() {
        int mark = nodes.size();
        if (!reader.enter()) {
            reader.error("nested too deeply");
            skipLine();
            return List.of();
        }
        if (reader.kind == END) {
            reader.error("expected a statement");
        }
        boolean more = reader.kind != END;
        while (more) {
            nodes.push(statements.statement());
            more = reader.kindAt(reader.position() - 1) == SEMICOLON && reader.kind > DEDENT;
        }
        reader.leave();
        return nodes.take(mark);
    }

    private void skipLine() {
        while (reader.kind != NEWLINE && reader.kind != END) {
            reader.skip();
        }
        if (reader.kind == NEWLINE && reader.nextKind() == INDENT) {
            reader.advance();
            skipBlock();
        } else {
            reader.accept(NEWLINE);
        }
    }

    /** Parses a block; the current token is the line end before it. */
    List<Statement> indentedBlock() {
        reader.advance();
        return indentedStatements();
    }

    private List<Statement> indentedStatements() {
        if (!reader.enter()) {
            reader.error("nested too deeply");
            skipBlock();
            return List.of();
        }
        reader.advance();
        int mark = nodes.size();
        while (reader.kind != DEDENT && reader.kind != END) {
            nodes.push(statements.statement());
        }
        reader.accept(DEDENT);
        reader.leave();
        return nodes.take(mark);
    }

    private void skipBlock() {
        int level = 0;
        do {
            if (reader.kind == INDENT) {
                level++;
            } else if (reader.kind == DEDENT) {
                level--;
            }
            reader.skip();
        } while (level > 0 && reader.kind != END);
    }

    private Statement unexpectedBlock() {
        int start = reader.start();
        reader.error("unexpected indent");
        List<Statement> body = indentedStatements();
        return new Statement.Damaged(start, Math.max(start, reader.lastVisibleEnd()), List.of(), body);
    }

    // ---------------------------------------------------------------------------------------------- if, loops

    /** A condition with its block. */
    private record Clause(int start, Expression test, List<Statement> body) {}

    private Statement ifStatement() {
        List<Clause> clauses = new ArrayList<>(2);
        do {
            int start = reader.start();
            reader.advance();
            Expression test = expressions.namedExpression();
            List<Statement> body = block();
            if (clauses.size() < TokenReader.MAX_CHAIN) {
                clauses.add(new Clause(start, test, body));
            } else {
                reader.error("nested too deeply");
            }
            reader.step();
        } while (reader.kind == ELIF);
        List<Statement> orElse = elseBlock();
        int end = reader.lastVisibleEnd();
        for (int i = clauses.size() - 1; i > 0; i--) {
            Clause clause = clauses.get(i);
            orElse = List.of(new Statement.If(clause.start(), end, clause.test(), clause.body(), orElse));
        }
        Clause first = clauses.get(0);
        return new Statement.If(first.start(), end, first.test(), first.body(), orElse);
    }

    private List<Statement> elseBlock() {
        return reader.accept(ELSE) ? block() : List.of();
    }

    private Statement whileStatement() {
        int start = reader.start();
        reader.advance();
        Expression test = expressions.namedExpression();
        List<Statement> body = block();
        List<Statement> orElse = elseBlock();
        return new Statement.While(start, reader.lastVisibleEnd(), test, body, orElse);
    }

    private Statement forStatement(int start, boolean isAsync) {
        reader.advance();
        Expression target = expressions.starTargets();
        Expression iterable =
                reader.accept(IN) ? expressions.starExpressions() : reader.missing("expected 'in' in a for loop");
        List<Statement> body = block();
        List<Statement> orElse = elseBlock();
        return new Statement.For(start, reader.lastVisibleEnd(), isAsync, target, iterable, body, orElse);
    }

    // ---------------------------------------------------------------------------------------------- with, try

    private Statement withStatement(int start, boolean isAsync) {
        reader.advance();
        List<Node.WithItem> items = parenthesisedItems() ? itemsInParentheses() : items();
        List<Statement> body = block();
        return new Statement.With(start, reader.lastVisibleEnd(), isAsync, items, body);
    }

    /** Tells whether the parentheses behind {@code with} are around all items: the colon, or nothing, is next. */
    private boolean parenthesisedItems() {
        if (reader.kind != LEFT_PARENTHESIS) {
            return false;
        }
        int close = reader.value();
        return close < 0 || reader.kindAt(close + 1) == COLON || reader.kindAt(close + 1) == NEWLINE;
    }

    private List<Node.WithItem> items() {
        List<Node.WithItem> items = new ArrayList<>(1);
        do {
            int start = reader.start();
            items.add(item(start, expressions.expression()));
        } while (reader.accept(COMMA));
        return List.copyOf(items);
    }

    /** Parses what follows the context of an item. */
    private Node.WithItem item(int start, Expression context) {
        if (reader.kind != AS) {
            return new Node.WithItem(Math.min(start, context.start()), reader.lastEnd(), context, null);
        }
        reader.advance();
        Expression target = withTarget();
        return new Node.WithItem(start, reader.lastEnd(), TokenReader.first(start, context), target);
    }

    private Expression withTarget() {
        Expression target = reader.kind == STAR ? expressions.starNamedExpression() : expressions.bitwiseOr();
        Targets.check(target, reader);
        return target;
    }

    /** Parses {@code (a as b, c)}; without any {@code as} it may also be one tuple, generator or other expression. */
    private List<Node.WithItem> itemsInParentheses() {
        int open = reader.position();
        int token = open + 1;
        byte kind = reader.kindAt(token);
        if (kind == RIGHT_PARENTHESIS || kind == YIELD) {
            return items();
        }
        int start = reader.start();
        reader.advance();
        List<Node.WithItem> items = new ArrayList<>();
        boolean named = false;
        boolean onlyExpression = false;
        boolean more = true;
        while (more && !reader.endsBracket()) {
            int itemStart = reader.start();
            Expression context = expressions.starNamedExpression();
            if (reader.kind == FOR || reader.kind == ASYNC) {
                // A generator expression; it is alone, so that nothing but it is read twice.
                reader.jump(open);
                return items();
            }
            onlyExpression |= context instanceof Expression.Starred
                    || (context instanceof Expression.NamedExpr && context.start() == itemStart);
            named |= reader.kind == AS;
            items.add(item(itemStart, context));
            more = reader.accept(COMMA);
        }
        boolean comma = reader.kindAt(reader.position() - 1) == COMMA;
        expressions.close(open, RIGHT_PARENTHESIS);
        if (named || !onlyExpression) {
            return List.copyOf(items);
        }
        return List.of(new Node.WithItem(start, reader.lastEnd(), alone(start, items, comma), null));
    }

    private Expression alone(int start, List<Node.WithItem> items, boolean comma) {
        if (items.size() == 1 && !comma) {
            return items.get(0).context();
        }
        List<Expression> elements = new ArrayList<>();
        for (Node.WithItem item : items) {
            elements.add(item.context());
        }
        return new Expression.Tuple(start, reader.lastEnd(), List.copyOf(elements));
    }

    private Statement tryStatement() {
        int start = reader.start();
        reader.advance();
        List<Statement> body = block();
        boolean isStar = reader.kind == EXCEPT && reader.nextKind() == STAR;
        List<Node.ExceptHandler> handlers = new ArrayList<>();
        while (reader.kind == EXCEPT) {
            handlers.add(handler(isStar));
        }
        List<Statement> orElse = List.of();
        if (reader.kind == ELSE) {
            if (handlers.isEmpty()) {
                reader.error("expected 'except' or 'finally' block");
            }
            orElse = elseBlock();
        }
        List<Statement> finalBody = List.of();
        if (reader.accept(FINALLY)) {
            finalBody = block();
        } else if (handlers.isEmpty()) {
            reader.error("expected 'except' or 'finally' block");
        }
        return new Statement.Try(
                start, reader.lastVisibleEnd(), isStar, body, List.copyOf(handlers), orElse, finalBody);
    }

    private Node.ExceptHandler handler(boolean isStar) {
        int start = reader.start();
        reader.advance();
        boolean star = reader.accept(STAR);
        if (star != isStar) {
            reader.error("cannot have both 'except' and 'except*' on the same 'try'");
        }
        Expression type = null;
        String name = null;
        if (reader.kind != COLON || star) {
            // PEP 758: several exceptions need no parentheses unless the caught one gets a name.
            int before = reader.position();
            type = expressions.starExpressions();
            if (reader.kind == AS) {
                if (type instanceof Expression.Tuple && reader.kindAt(before) != LEFT_PARENTHESIS) {
                    reader.error("multiple exception types must be parenthesized when using 'as'");
                }
                reader.advance();
                if (reader.kind == NAME) {
                    name = reader.name();
                    reader.advance();
                } else {
                    reader.error("expected a name");
                }
            }
        }
        List<Statement> body = block();
        return new Node.ExceptHandler(start, reader.lastVisibleEnd(), type, name, body);
    }

    // ---------------------------------------------------------------------------------------------- definitions

    private Statement asyncStatement() {
        int start = reader.start();
        switch (reader.nextKind()) {
            case DEF -> {
                reader.advance();
                return function(start, List.of(), true);
            }
            case FOR -> {
                reader.advance();
                return forStatement(start, true);
            }
            case WITH -> {
                reader.advance();
                return withStatement(start, true);
            }
            default -> {
                reader.error("expected 'def', 'for' or 'with' after 'async'");
                reader.advance();
                return damagedLine(start, List.of());
            }
        }
    }

    /** Skips the rest of a line that is no statement. */
    private Statement damagedLine(int start, List<Expression> found) {
        while (reader.kind != NEWLINE && reader.kind != END) {
            reader.skipWhole();
        }
        int end = reader.lastVisibleEnd();
        List<Statement> body = List.of();
        if (reader.kind == NEWLINE && reader.nextKind() == INDENT) {
            body = indentedBlock();
            end = reader.lastVisibleEnd();
        } else {
            reader.accept(NEWLINE);
        }
        return new Statement.Damaged(start, Math.max(start, end), found, body);
    }

    private Statement decorated() {
        int start = reader.start();
        List<Expression> decorators = new ArrayList<>(1);
        while (reader.accept(AT)) {
            decorators.add(expressions.namedExpression());
            if (reader.kind != NEWLINE) {
                reader.error("expected a line end after a decorator");
                while (reader.kind != NEWLINE && reader.kind != END) {
                    reader.skip();
                }
            }
            reader.accept(NEWLINE);
            reader.step();
        }
        List<Expression> found = List.copyOf(decorators);
        int definition = reader.start();
        if (reader.kind == DEF) {
            return function(definition, found, false);
        }
        if (reader.kind == CLASS) {
            return classDefinition(found);
        }
        if (reader.kind == ASYNC && reader.nextKind() == DEF) {
            reader.advance();
            return function(definition, found, true);
        }
        reader.error("expected a function or class after a decorator");
        return new Statement.Damaged(start, Math.max(start, reader.lastVisibleEnd()), found, List.of());
    }

    private Statement function(int start, List<Expression> decorators, boolean isAsync) {
        reader.advance();
        int nameStart = reader.start();
        String name = definedName();
        if (name.isEmpty()) {
            nameStart = reader.lastEnd();
        }
        List<Node.TypeParameter> typeParameters = parameters.typeParameters();
        Node.Parameters list;
        int open = reader.position();
        if (reader.accept(LEFT_PARENTHESIS)) {
            list = parameters.parameters(RIGHT_PARENTHESIS);
            expressions.close(open, RIGHT_PARENTHESIS);
        } else {
            reader.error("expected '('");
            list = new Node.Parameters(reader.lastEnd(), reader.lastEnd(), List.of());
        }
        Expression returns = reader.accept(ARROW) ? expressions.expression() : null;
        List<Statement> body = block();
        return new Statement.FunctionDef(
                start,
                reader.lastVisibleEnd(),
                decorators,
                isAsync,
                name,
                nameStart,
                typeParameters,
                list,
                returns,
                body);
    }

    private String definedName() {
        if (reader.kind != NAME) {
            reader.error("expected a name");
            return "";
        }
        String name = reader.name();
        reader.advance();
        return name;
    }

    private Statement classDefinition(List<Expression> decorators) {
        int start = reader.start();
        reader.advance();
        int nameStart = reader.start();
        String name = definedName();
        if (name.isEmpty()) {
            nameStart = reader.lastEnd();
        }
        List<Node.TypeParameter> typeParameters = parameters.typeParameters();
        ExpressionParser.Arguments arguments = reader.kind == LEFT_PARENTHESIS
                ? expressions.arguments()
                : new ExpressionParser.Arguments(List.of(), List.of());
        List<Statement> body = block();
        return new Statement.ClassDef(
                start,
                reader.lastVisibleEnd(),
                decorators,
                name,
                nameStart,
                typeParameters,
                arguments.positional(),
                arguments.keywords(),
                body);
    }

    // ---------------------------------------------------------------------------------------------- match

    /**
     * Tells whether {@code match} is the keyword here. After a word or literal it is, since two operands in a row are no
     * expression; before what may be a call, a subscript or an operator, the end of the line decides.
     */
    private boolean isMatch() {
        switch (reader.nextKind()) {
            case NAME, NUMBER, STRING, FSTRING_START, LEFT_BRACE, ELLIPSIS, TILDE, NONE, TRUE, FALSE, AWAIT, LAMBDA -> {
                return true;
            }
            case NOT -> {
                return reader.kindAt(reader.position() + 2) != IN;
            }
            case LEFT_PARENTHESIS, LEFT_SQUARE, MINUS, PLUS, STAR -> {
                int token = reader.position() + 1;
                while (reader.kindAt(token) != NEWLINE && reader.kindAt(token) != END) {
                    int close = reader.closeOf(token);
                    token = close > token ? close + 1 : token + 1;
                    reader.step();
                }
                return reader.kindAt(token - 1) == COLON;
            }
            default -> {
                return false;
            }
        }
    }

    private Statement matchStatement() {
        int start = reader.start();
        reader.advance();
        Expression subject = expressions.starNamedExpressions();
        if (!reader.accept(COLON)) {
            reader.error("expected ':'");
            while (reader.kind != NEWLINE && reader.kind != END && reader.kind != COLON) {
                reader.skipWhole();
            }
            reader.accept(COLON);
        }
        List<Node.MatchCase> cases = new ArrayList<>();
        if (reader.kind == NEWLINE && reader.nextKind() == INDENT) {
            reader.advance();
            cases(cases);
        } else {
            reader.error("expected a 'case' block");
            while (reader.kind != NEWLINE && reader.kind != END) {
                reader.skipWhole();
            }
            reader.accept(NEWLINE);
        }
        return new Statement.Match(start, reader.lastVisibleEnd(), subject, List.copyOf(cases));
    }

    private void cases(List<Node.MatchCase> cases) {
        if (!reader.enter()) {
            reader.error("nested too deeply");
            skipBlock();
            return;
        }
        reader.advance();
        while (reader.kind != DEDENT && reader.kind != END) {
            if (reader.isWord(CASE)) {
                cases.add(matchCase());
            } else {
                reader.error("expected 'case'");
                statements.statement();
            }
        }
        reader.accept(DEDENT);
        reader.leave();
    }

    private Node.MatchCase matchCase() {
        int start = reader.start();
        reader.startStatement();
        reader.advance();
        Pattern pattern = patterns.patterns();
        Expression guard = reader.accept(IF) ? expressions.namedExpression() : null;
        List<Statement> body = block();
        return new Node.MatchCase(start, reader.lastVisibleEnd(), pattern, guard, body);
    }
}
