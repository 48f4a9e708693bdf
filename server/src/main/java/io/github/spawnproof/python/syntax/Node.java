package io.github.spawnproof.python.syntax;

import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * A node of the syntax tree.
 *
 * <p>Positions are UTF-16 code units, half-open, and count from the {@linkplain TopLevel#offset() start of the top-level
 * statement} that holds the node, so that an unchanged statement can be used again after an edit above it. They are
 * those of CPython's {@code ast}: an expression in parentheses does not include them (except a tuple, and a generator
 * expression), a decorated function starts at its {@code def}.
 */
public sealed interface Node
        permits Statement,
                Expression,
                Pattern,
                Node.Keyword,
                Node.Comprehension,
                Node.Parameters,
                Node.Parameter,
                Node.Alias,
                Node.WithItem,
                Node.ExceptHandler,
                Node.MatchCase,
                Node.TypeParameter {

    int start();

    int end();

    /** Calls the action with each direct child, in the order of the text as far as {@code ast} keeps it. */
    void forEachChild(Consumer<? super Node> action);

    /** Calls the action with each node of the list that is not null. */
    static void each(List<? extends @Nullable Node> nodes, Consumer<? super Node> action) {
        for (Node node : nodes) {
            if (node != null) {
                action.accept(node);
            }
        }
    }

    /** Calls the action with the node unless it is null. */
    static void one(@Nullable Node node, Consumer<? super Node> action) {
        if (node != null) {
            action.accept(node);
        }
    }

    /** A keyword argument of a call or class; {@code name} is null for {@code **value}. It starts at the name. */
    record Keyword(int start, int end, @Nullable String name, Expression value) implements Node {
        @Override
        public void forEachChild(Consumer<? super Node> action) {
            action.accept(value);
        }
    }

    /** One {@code for … in … if …} of a comprehension. {@code ast} gives it no position; start is at its for or async. */
    record Comprehension(
            int start, int end, Expression target, Expression iterable, List<Expression> conditions, boolean isAsync)
            implements Node {
        @Override
        public void forEachChild(Consumer<? super Node> action) {
            action.accept(target);
            action.accept(iterable);
            each(conditions, action);
        }
    }

    /** All parameters of a function or lambda, in the order of the text. {@code ast} gives it no position. */
    record Parameters(int start, int end, List<Parameter> list) implements Node {
        @Override
        public void forEachChild(Consumer<? super Node> action) {
            each(list, action);
        }
    }

    /** How an argument reaches a parameter; the names are those of {@code inspect.Parameter.kind}. */
    enum ParameterKind {
        POSITIONAL_ONLY,
        POSITIONAL_OR_KEYWORD,
        VAR_POSITIONAL,
        KEYWORD_ONLY,
        VAR_KEYWORD
    }

    /** One parameter. Position as {@code ast.arg}: name and annotation, without star and without default. */
    record Parameter(
            int start,
            int end,
            ParameterKind kind,
            String name,
            @Nullable Expression annotation,
            @Nullable Expression defaultValue)
            implements Node {
        @Override
        public void forEachChild(Consumer<? super Node> action) {
            one(annotation, action);
            one(defaultValue, action);
        }
    }

    /** One imported name; {@code name} is dotted in {@code import a.b}, and {@code *} in a star import. */
    record Alias(int start, int end, String name, @Nullable String asName) implements Node {
        @Override
        public void forEachChild(Consumer<? super Node> action) {
            // A leaf.
        }
    }

    /** One item of a with statement. {@code ast} gives it no position. */
    record WithItem(
            int start,
            int end,
            Expression context,
            @Nullable Expression target) implements Node {
        @Override
        public void forEachChild(Consumer<? super Node> action) {
            action.accept(context);
            one(target, action);
        }
    }

    /** One {@code except} clause with its body. */
    record ExceptHandler(
            int start,
            int end,
            @Nullable Expression type,
            @Nullable String name,
            List<Statement> body) implements Node {
        @Override
        public void forEachChild(Consumer<? super Node> action) {
            one(type, action);
            each(body, action);
        }
    }

    /** One {@code case} with its body. {@code ast} gives it no position. */
    record MatchCase(
            int start, int end, Pattern pattern, @Nullable Expression guard, List<Statement> body) implements Node {
        @Override
        public void forEachChild(Consumer<? super Node> action) {
            action.accept(pattern);
            one(guard, action);
            each(body, action);
        }
    }

    /** The kinds of type parameters of PEP 695. */
    enum TypeParameterKind {
        TYPE_VAR,
        PARAM_SPEC,
        TYPE_VAR_TUPLE
    }

    /** A type parameter (PEP 695, default by PEP 696). */
    record TypeParameter(
            int start,
            int end,
            TypeParameterKind kind,
            String name,
            @Nullable Expression bound,
            @Nullable Expression defaultValue)
            implements Node {
        @Override
        public void forEachChild(Consumer<? super Node> action) {
            one(bound, action);
            one(defaultValue, action);
        }
    }
}
