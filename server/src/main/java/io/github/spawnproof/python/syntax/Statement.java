package io.github.spawnproof.python.syntax;

import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** A statement; the kinds are those of CPython's {@code ast}. */
public sealed interface Statement extends Node {

    /** A function; {@code start} is at {@code def} or {@code async}, decorators lie before it. */
    record FunctionDef(
            int start,
            int end,
            List<Expression> decorators,
            boolean isAsync,
            String name,
            int nameStart,
            List<Node.TypeParameter> typeParameters,
            Node.Parameters parameters,
            @Nullable Expression returns,
            List<Statement> body)
            implements Statement {
        @Override
        public void forEachChild(Consumer<? super Node> action) {
            Node.each(decorators, action);
            Node.each(typeParameters, action);
            action.accept(parameters);
            Node.one(returns, action);
            Node.each(body, action);
        }
    }

    /** A class; {@code start} is at {@code class}, decorators lie before it. */
    record ClassDef(
            int start,
            int end,
            List<Expression> decorators,
            String name,
            int nameStart,
            List<Node.TypeParameter> typeParameters,
            List<Expression> bases,
            List<Node.Keyword> keywords,
            List<Statement> body)
            implements Statement {
        @Override
        public void forEachChild(Consumer<? super Node> action) {
            Node.each(decorators, action);
            Node.each(typeParameters, action);
            Node.each(bases, action);
            Node.each(keywords, action);
            Node.each(body, action);
        }
    }

    /** {@code return value}. */
    record Return(int start, int end, @Nullable Expression value) implements Statement {
        @Override
        public void forEachChild(Consumer<? super Node> action) {
            Node.one(value, action);
        }
    }

    /** {@code del a, b}. */
    record Delete(int start, int end, List<Expression> targets) implements Statement {
        @Override
        public void forEachChild(Consumer<? super Node> action) {
            Node.each(targets, action);
        }
    }

    /** {@code a = b = value}. */
    record Assign(int start, int end, List<Expression> targets, Expression value) implements Statement {
        @Override
        public void forEachChild(Consumer<? super Node> action) {
            Node.each(targets, action);
            action.accept(value);
        }
    }

    /** {@code target += value}; the operator is written without its {@code =}. */
    record AugAssign(int start, int end, Expression target, String operator, Expression value) implements Statement {
        @Override
        public void forEachChild(Consumer<? super Node> action) {
            action.accept(target);
            action.accept(value);
        }
    }

    /** {@code target: annotation = value}; {@code simple} if the target is a bare name without parentheses. */
    record AnnAssign(
            int start,
            int end,
            Expression target,
            Expression annotation,
            @Nullable Expression value,
            boolean simple) implements Statement {
        @Override
        public void forEachChild(Consumer<? super Node> action) {
            action.accept(target);
            action.accept(annotation);
            Node.one(value, action);
        }
    }

    /** {@code type name[…] = value} (PEP 695); the name is an expression as in {@code ast}. */
    record TypeAlias(
            int start, int end, Expression.Name name, List<Node.TypeParameter> typeParameters, Expression value)
            implements Statement {
        @Override
        public void forEachChild(Consumer<? super Node> action) {
            action.accept(name);
            Node.each(typeParameters, action);
            action.accept(value);
        }
    }

    /** A for loop. */
    record For(
            int start,
            int end,
            boolean isAsync,
            Expression target,
            Expression iterable,
            List<Statement> body,
            List<Statement> orElse)
            implements Statement {
        @Override
        public void forEachChild(Consumer<? super Node> action) {
            action.accept(target);
            action.accept(iterable);
            Node.each(body, action);
            Node.each(orElse, action);
        }
    }

    /** A while loop. */
    record While(int start, int end, Expression test, List<Statement> body, List<Statement> orElse)
            implements Statement {
        @Override
        public void forEachChild(Consumer<? super Node> action) {
            action.accept(test);
            Node.each(body, action);
            Node.each(orElse, action);
        }
    }

    /** An if; an {@code elif} is an {@code If} alone in {@code orElse}, starting at its {@code elif}. */
    record If(int start, int end, Expression test, List<Statement> body, List<Statement> orElse) implements Statement {
        @Override
        public void forEachChild(Consumer<? super Node> action) {
            action.accept(test);
            Node.each(body, action);
            Node.each(orElse, action);
        }
    }

    /** A with statement. */
    record With(int start, int end, boolean isAsync, List<Node.WithItem> items, List<Statement> body)
            implements Statement {
        @Override
        public void forEachChild(Consumer<? super Node> action) {
            Node.each(items, action);
            Node.each(body, action);
        }
    }

    /** A match statement. */
    record Match(int start, int end, Expression subject, List<Node.MatchCase> cases) implements Statement {
        @Override
        public void forEachChild(Consumer<? super Node> action) {
            action.accept(subject);
            Node.each(cases, action);
        }
    }

    /** {@code raise exception from cause}. */
    record Raise(
            int start,
            int end,
            @Nullable Expression exception,
            @Nullable Expression cause) implements Statement {
        @Override
        public void forEachChild(Consumer<? super Node> action) {
            Node.one(exception, action);
            Node.one(cause, action);
        }
    }

    /** A try statement; {@code isStar} for {@code except*}. */
    record Try(
            int start,
            int end,
            boolean isStar,
            List<Statement> body,
            List<Node.ExceptHandler> handlers,
            List<Statement> orElse,
            List<Statement> finalBody)
            implements Statement {
        @Override
        public void forEachChild(Consumer<? super Node> action) {
            Node.each(body, action);
            Node.each(handlers, action);
            Node.each(orElse, action);
            Node.each(finalBody, action);
        }
    }

    /** {@code assert test, message}. */
    record Assert(
            int start, int end, Expression test, @Nullable Expression message) implements Statement {
        @Override
        public void forEachChild(Consumer<? super Node> action) {
            action.accept(test);
            Node.one(message, action);
        }
    }

    /** {@code import a.b as c}; {@code isLazy} for PEP 810. */
    record Import(int start, int end, boolean isLazy, List<Node.Alias> names) implements Statement {
        @Override
        public void forEachChild(Consumer<? super Node> action) {
            Node.each(names, action);
        }
    }

    /** {@code from ..module import a as b}; the module is null in {@code from . import a}. */
    record ImportFrom(
            int start, int end, boolean isLazy, @Nullable String module, int level, List<Node.Alias> names)
            implements Statement {
        @Override
        public void forEachChild(Consumer<? super Node> action) {
            Node.each(names, action);
        }
    }

    /** {@code global a, b}. */
    record Global(int start, int end, List<String> names) implements Statement {
        @Override
        public void forEachChild(Consumer<? super Node> action) {
            // A leaf.
        }
    }

    /** {@code nonlocal a, b}. */
    record Nonlocal(int start, int end, List<String> names) implements Statement {
        @Override
        public void forEachChild(Consumer<? super Node> action) {
            // A leaf.
        }
    }

    /** An expression as a statement; {@code ast} calls it {@code Expr}. */
    record ExpressionStatement(int start, int end, Expression value) implements Statement {
        @Override
        public void forEachChild(Consumer<? super Node> action) {
            action.accept(value);
        }
    }

    /** {@code pass}. */
    record Pass(int start, int end) implements Statement {
        @Override
        public void forEachChild(Consumer<? super Node> action) {
            // A leaf.
        }
    }

    /** {@code break}. */
    record Break(int start, int end) implements Statement {
        @Override
        public void forEachChild(Consumer<? super Node> action) {
            // A leaf.
        }
    }

    /** {@code continue}. */
    record Continue(int start, int end) implements Statement {
        @Override
        public void forEachChild(Consumer<? super Node> action) {
            // A leaf.
        }
    }

    /**
     * Text that is no statement, with the expressions and the indented block that could be made out in it. A damaged
     * statement of which the kind is clear is of that kind, with {@link Expression.Missing} where something lacks.
     */
    record Damaged(int start, int end, List<Expression> expressions, List<Statement> body) implements Statement {
        @Override
        public void forEachChild(Consumer<? super Node> action) {
            Node.each(expressions, action);
            Node.each(body, action);
        }
    }
}
