package io.github.spawnproof.python.syntax;

import static io.github.spawnproof.python.syntax.TokenKind.*;

import java.util.ArrayList;
import java.util.List;

/**
 * Parses simple statements and dispatches to the compound ones.
 *
 * <p>Damage costs a statement: what cannot be parsed is skipped up to the end of the logical line, and a block that
 * follows it stays with it.
 */
final class StatementParser {

    private final TokenReader reader;
    private final ExpressionParser expressions;
    private final CompoundParser compound;

    StatementParser(TokenReader reader) {
        this.reader = reader;
        expressions = new ExpressionParser(reader);
        compound = new CompoundParser(reader, expressions, this);
    }

    /** Parses the next statement with the line end or semicolon behind it; the current token is its first. */
    Statement statement() {
        reader.startStatement();
        if (reader.isBehindStatement() && compound.beginsCompound()) {
            reader.error("a compound statement must start a line");
        }
        Statement statement = compound.compoundStatement();
        if (statement != null) {
            return statement;
        }
        statement = simpleStatement();
        if (reader.kind == NEWLINE && reader.nextKind() == INDENT && statement instanceof Statement.Damaged damaged) {
            List<Statement> body = compound.indentedBlock();
            return new Statement.Damaged(damaged.start(), reader.lastVisibleEnd(), damaged.expressions(), body);
        }
        endOfSimpleStatement();
        return statement;
    }

    private void endOfSimpleStatement() {
        if (reader.accept(SEMICOLON)) {
            reader.accept(NEWLINE);
        } else if (reader.kind == NEWLINE) {
            reader.advance();
        }
    }

    private Statement simpleStatement() {
        int start = reader.start();
        switch (reader.kind) {
            case NAME -> {
                if (reader.isWord(TYPE) && reader.nextKind() == NAME) {
                    return withoutRest(typeAlias(start));
                }
                if (reader.isWord(LAZY) && (reader.nextKind() == IMPORT || reader.nextKind() == FROM)) {
                    reader.advance();
                    return withoutRest(reader.kind == IMPORT ? importNames(start, true) : importFrom(start, true));
                }
                return expressionStatement(start);
            }
            case RETURN -> {
                reader.advance();
                Expression value = expressions.beginsElement() ? expressions.starExpressions() : null;
                rest();
                return new Statement.Return(start, reader.lastEnd(), value);
            }
            case IMPORT -> {
                return withoutRest(importNames(start, false));
            }
            case FROM -> {
                return withoutRest(importFrom(start, false));
            }
            case RAISE -> {
                return raise(start);
            }
            case PASS -> {
                reader.advance();
                return withoutRest(new Statement.Pass(start, reader.lastEnd()));
            }
            case BREAK -> {
                reader.advance();
                return withoutRest(new Statement.Break(start, reader.lastEnd()));
            }
            case CONTINUE -> {
                reader.advance();
                return withoutRest(new Statement.Continue(start, reader.lastEnd()));
            }
            case DEL -> {
                reader.advance();
                List<Expression> targets = expressions.deleteTargets();
                return withoutRest(new Statement.Delete(start, reader.lastEnd(), targets));
            }
            case ASSERT -> {
                reader.advance();
                Expression test = expressions.expression();
                Expression message = reader.accept(COMMA) ? expressions.expression() : null;
                return withoutRest(new Statement.Assert(start, reader.lastEnd(), test, message));
            }
            case GLOBAL -> {
                List<String> names = names();
                return withoutRest(new Statement.Global(start, reader.lastEnd(), names));
            }
            case NONLOCAL -> {
                List<String> names = names();
                return withoutRest(new Statement.Nonlocal(start, reader.lastEnd(), names));
            }
            default -> {
                return expressionStatement(start);
            }
        }
    }

    /** Skips what is left of a statement whose kind is clear. */
    private void rest() {
        if (reader.kind == NEWLINE || reader.kind == SEMICOLON || reader.kind == END) {
            return;
        }
        reader.error("invalid syntax");
        while (reader.kind != NEWLINE && reader.kind != SEMICOLON && reader.kind != END) {
            reader.skip();
        }
    }

    private Statement withoutRest(Statement statement) {
        rest();
        return statement;
    }

    // ---------------------------------------------------------------------------------------------- assignments

    private Statement expressionStatement(int start) {
        boolean startsWithName = reader.kind == NAME;
        Expression first = expressions.yieldOrStarExpressions();
        switch (reader.kind) {
            case NEWLINE, SEMICOLON -> {
                if (first instanceof Expression.Missing) {
                    return new Statement.Damaged(start, Math.max(start, reader.lastEnd()), List.of(), List.of());
                }
                return new Statement.ExpressionStatement(start, reader.lastEnd(), first);
            }
            case EQUAL -> {
                return withoutRest(assignment(start, first));
            }
            case AUGMENTED -> {
                return withoutRest(augmentedAssignment(start, first));
            }
            case COLON -> {
                if (Targets.isSingle(first)) {
                    boolean simple = startsWithName && first instanceof Expression.Name;
                    return withoutRest(annotatedAssignment(start, first, simple));
                }
                return damaged(start, first);
            }
            default -> {
                return damaged(start, first);
            }
        }
    }

    private Statement assignment(int start, Expression first) {
        List<Expression> targets = new ArrayList<>(1);
        Expression value = first;
        while (reader.accept(EQUAL)) {
            if (value instanceof Expression.Starred) {
                reader.errorOf(value, "starred assignment target must be in a list or tuple");
            }
            Targets.check(value, reader);
            targets.add(value);
            value = expressions.yieldOrStarExpressions();
        }
        return new Statement.Assign(start, reader.lastEnd(), List.copyOf(targets), value);
    }

    private Statement augmentedAssignment(int start, Expression target) {
        if (!Targets.isSingle(target)) {
            reader.errorOf(target, "cannot assign to this expression");
        }
        String operator = TEXT[reader.value()];
        reader.advance();
        Expression value = expressions.yieldOrStarExpressions();
        return new Statement.AugAssign(start, reader.lastEnd(), target, operator, value);
    }

    private Statement annotatedAssignment(int start, Expression target, boolean simple) {
        reader.advance();
        Expression annotation = expressions.expression();
        Expression value = reader.accept(EQUAL) ? expressions.yieldOrStarExpressions() : null;
        return new Statement.AnnAssign(start, reader.lastEnd(), target, annotation, value, simple);
    }

    /** Collects the expressions of a line that is no statement, such as a print statement of Python 2. */
    private Statement damaged(int start, Expression first) {
        reader.error("invalid syntax");
        List<Expression> found = new ArrayList<>();
        if (!(first instanceof Expression.Missing)) {
            found.add(first);
        }
        while (reader.kind != NEWLINE && reader.kind != SEMICOLON && reader.kind != END) {
            if (beginsExpression(reader.kind)) {
                found.add(expressions.starExpressions());
            } else {
                reader.skip();
            }
        }
        return new Statement.Damaged(start, Math.max(start, reader.lastEnd()), List.copyOf(found), List.of());
    }

    // ---------------------------------------------------------------------------------------------- the others

    private Statement raise(int start) {
        reader.advance();
        Expression exception = null;
        Expression cause = null;
        if (beginsExpression(reader.kind)) {
            exception = expressions.expression();
            if (reader.accept(FROM)) {
                cause = expressions.expression();
            }
        }
        rest();
        return new Statement.Raise(start, reader.lastEnd(), exception, cause);
    }

    private Statement typeAlias(int start) {
        reader.advance();
        Expression.Name name = new Expression.Name(reader.start(), reader.end(), reader.name());
        reader.advance();
        List<Node.TypeParameter> parameters = new ParameterParser(reader, expressions).typeParameters();
        Expression value = reader.accept(EQUAL) ? expressions.expression() : reader.missing("expected '='");
        return new Statement.TypeAlias(start, reader.lastEnd(), name, parameters, value);
    }

    private List<String> names() {
        reader.advance();
        List<String> names = new ArrayList<>(1);
        do {
            if (reader.kind != NAME) {
                reader.error("expected a name");
                break;
            }
            names.add(reader.name());
            reader.advance();
        } while (reader.accept(COMMA));
        return List.copyOf(names);
    }

    private Statement importNames(int start, boolean isLazy) {
        reader.advance();
        List<Node.Alias> names = new ArrayList<>(1);
        do {
            int aliasStart = reader.start();
            if (reader.kind != NAME) {
                reader.error("expected a module");
                break;
            }
            String name = dottedName();
            names.add(alias(aliasStart, name));
        } while (reader.accept(COMMA));
        return new Statement.Import(start, reader.lastEnd(), isLazy, List.copyOf(names));
    }

    private Statement importFrom(int start, boolean isLazy) {
        reader.advance();
        int level = 0;
        while (reader.kind == DOT || reader.kind == ELLIPSIS) {
            level += reader.kind == DOT ? 1 : 3;
            reader.advance();
        }
        String module = null;
        if (reader.kind == NAME) {
            module = dottedName();
        } else if (level == 0) {
            reader.error("expected a module");
        }
        List<Node.Alias> names = List.of();
        if (reader.accept(IMPORT)) {
            names = importedNames();
        } else {
            reader.error("expected 'import'");
        }
        return new Statement.ImportFrom(start, reader.lastEnd(), isLazy, module, level, names);
    }

    private List<Node.Alias> importedNames() {
        int open = reader.position();
        if (reader.kind == STAR) {
            Node.Alias all = new Node.Alias(reader.start(), reader.end(), "*", null);
            reader.advance();
            return List.of(all);
        }
        boolean bracket = reader.accept(LEFT_PARENTHESIS);
        List<Node.Alias> names = new ArrayList<>();
        boolean comma = false;
        while (reader.kind == NAME) {
            int start = reader.start();
            String name = reader.name();
            reader.advance();
            names.add(alias(start, name));
            comma = reader.accept(COMMA);
            if (!comma) {
                break;
            }
        }
        if (names.isEmpty() || (comma && !bracket)) {
            reader.error("expected a name");
        }
        if (bracket) {
            expressions.close(open, RIGHT_PARENTHESIS);
        }
        return List.copyOf(names);
    }

    private Node.Alias alias(int start, String name) {
        int end = reader.lastEnd();
        String asName = null;
        if (reader.accept(AS)) {
            if (reader.kind == NAME) {
                asName = reader.name();
                reader.advance();
            } else {
                reader.error("expected a name");
            }
            end = reader.lastEnd();
        }
        return new Node.Alias(start, end, name, asName);
    }

    private String dottedName() {
        String first = reader.name();
        reader.advance();
        if (reader.kind != DOT) {
            return first;
        }
        StringBuilder name = new StringBuilder(first);
        while (reader.accept(DOT)) {
            if (reader.kind != NAME) {
                reader.error("expected a name after '.'");
                break;
            }
            name.append('.').append(reader.name());
            reader.advance();
        }
        return name.toString();
    }
}
