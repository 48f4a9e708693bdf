package io.github.spawnproof.python.syntax;

import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** An expression; the kinds are those of CPython's {@code ast}. */
public sealed interface Expression extends Node {

    /** A name. */
    record Name(int start, int end, String id) implements Expression {
        @Override
        public void forEachChild(Consumer<? super Node> action) {
            // A leaf.
        }
    }

    /** The kinds of constants. */
    enum ConstantKind {
        NONE,
        TRUE,
        FALSE,
        ELLIPSIS,
        INTEGER,
        FLOAT,
        COMPLEX,
        STRING,
        BYTES
    }

    /**
     * A constant. Adjacent literals are one constant.
     *
     * @param value of a string the decoded text; of bytes one character per byte; of a number its literal without
     *     underscores, or 0 if it is damaged; of the others the keyword
     */
    record Constant(int start, int end, ConstantKind kind, String value) implements Expression {
        @Override
        public void forEachChild(Consumer<? super Node> action) {
            // A leaf.
        }

        public boolean isString() {
            return kind == ConstantKind.STRING;
        }
    }

    /** An f-string, or adjacent string literals of which one is an f-string. */
    record JoinedStr(int start, int end, List<Expression> values) implements Expression {
        @Override
        public void forEachChild(Consumer<? super Node> action) {
            Node.each(values, action);
        }
    }

    /**
     * A replacement field of an f-string.
     *
     * @param conversion {@code 's'}, {@code 'r'}, {@code 'a'} or 0
     * @param formatSpec a {@link JoinedStr}, or null
     */
    record FormattedValue(
            int start,
            int end,
            Expression value,
            char conversion,
            @Nullable Expression formatSpec) implements Expression {
        @Override
        public void forEachChild(Consumer<? super Node> action) {
            action.accept(value);
            Node.one(formatSpec, action);
        }
    }

    /** A t-string (PEP 750). */
    record TemplateStr(int start, int end, List<Expression> values) implements Expression {
        @Override
        public void forEachChild(Consumer<? super Node> action) {
            Node.each(values, action);
        }
    }

    /** A replacement field of a t-string; {@code text} is the source of its expression with the blanks around it. */
    record Interpolation(
            int start,
            int end,
            Expression value,
            String text,
            char conversion,
            @Nullable Expression formatSpec) implements Expression {
        @Override
        public void forEachChild(Consumer<? super Node> action) {
            action.accept(value);
            Node.one(formatSpec, action);
        }
    }

    /** {@code value.name}; the name ends where the node ends. In damaged code the name may be empty. */
    record Attribute(int start, int end, Expression value, String name, int nameStart) implements Expression {
        @Override
        public void forEachChild(Consumer<? super Node> action) {
            action.accept(value);
        }
    }

    /** {@code value[index]}. */
    record Subscript(int start, int end, Expression value, Expression index) implements Expression {
        @Override
        public void forEachChild(Consumer<? super Node> action) {
            action.accept(value);
            action.accept(index);
        }
    }

    /** {@code lower:upper:step} inside a subscript. */
    record Slice(
            int start,
            int end,
            @Nullable Expression lower,
            @Nullable Expression upper,
            @Nullable Expression step) implements Expression {
        @Override
        public void forEachChild(Consumer<? super Node> action) {
            Node.one(lower, action);
            Node.one(upper, action);
            Node.one(step, action);
        }
    }

    /** {@code *value}. */
    record Starred(int start, int end, Expression value) implements Expression {
        @Override
        public void forEachChild(Consumer<? super Node> action) {
            action.accept(value);
        }
    }

    /** A call. */
    record Call(int start, int end, Expression function, List<Expression> arguments, List<Node.Keyword> keywords)
            implements Expression {
        @Override
        public void forEachChild(Consumer<? super Node> action) {
            action.accept(function);
            Node.each(arguments, action);
            Node.each(keywords, action);
        }
    }

    /** {@code left operator right}; the operator as it is written. */
    record BinOp(int start, int end, Expression left, String operator, Expression right) implements Expression {
        @Override
        public void forEachChild(Consumer<? super Node> action) {
            action.accept(left);
            action.accept(right);
        }
    }

    /** {@code a and b and c}; the operator is {@code and} or {@code or}. */
    record BoolOp(int start, int end, String operator, List<Expression> values) implements Expression {
        @Override
        public void forEachChild(Consumer<? super Node> action) {
            Node.each(values, action);
        }
    }

    /** {@code -a}, {@code +a}, {@code ~a}, {@code not a}. */
    record UnaryOp(int start, int end, String operator, Expression operand) implements Expression {
        @Override
        public void forEachChild(Consumer<? super Node> action) {
            action.accept(operand);
        }
    }

    /** {@code left < a <= b}; two-word operators are {@code not in} and {@code is not}. */
    record Compare(int start, int end, Expression left, List<String> operators, List<Expression> comparators)
            implements Expression {
        @Override
        public void forEachChild(Consumer<? super Node> action) {
            action.accept(left);
            Node.each(comparators, action);
        }
    }

    /** {@code target := value}. */
    record NamedExpr(int start, int end, Expression target, Expression value) implements Expression {
        @Override
        public void forEachChild(Consumer<? super Node> action) {
            action.accept(target);
            action.accept(value);
        }
    }

    /**
     * A lambda.
     *
     * @param colon position of the colon before the body, relative like all positions
     */
    record Lambda(int start, int end, Node.Parameters parameters, int colon, Expression body) implements Expression {
        @Override
        public void forEachChild(Consumer<? super Node> action) {
            action.accept(parameters);
            action.accept(body);
        }
    }

    /** {@code body if test else orElse}. */
    record IfExp(int start, int end, Expression body, Expression test, Expression orElse) implements Expression {
        @Override
        public void forEachChild(Consumer<? super Node> action) {
            action.accept(body);
            action.accept(test);
            action.accept(orElse);
        }
    }

    /** A dict display; a null key stands for {@code **value}. */
    record Dict(int start, int end, List<@Nullable Expression> keys, List<Expression> values) implements Expression {
        @Override
        public void forEachChild(Consumer<? super Node> action) {
            for (int i = 0; i < values.size(); i++) {
                Node.one(keys.get(i), action);
                action.accept(values.get(i));
            }
        }
    }

    /** A set display. */
    record Set(int start, int end, List<Expression> elements) implements Expression {
        @Override
        public void forEachChild(Consumer<? super Node> action) {
            Node.each(elements, action);
        }
    }

    /** A list display. */
    record ListDisplay(int start, int end, List<Expression> elements) implements Expression {
        @Override
        public void forEachChild(Consumer<? super Node> action) {
            Node.each(elements, action);
        }
    }

    /** A tuple, with or without parentheses; the position includes its own parentheses. */
    record Tuple(int start, int end, List<Expression> elements) implements Expression {
        @Override
        public void forEachChild(Consumer<? super Node> action) {
            Node.each(elements, action);
        }
    }

    /** The kinds of comprehensions with one element expression. */
    enum ComprehensionKind {
        LIST,
        SET,
        GENERATOR
    }

    /** A list or set comprehension or a generator expression; the element may be starred (PEP 798). */
    record Comprehended(
            int start, int end, ComprehensionKind kind, Expression element, List<Node.Comprehension> generators)
            implements Expression {
        @Override
        public void forEachChild(Consumer<? super Node> action) {
            action.accept(element);
            Node.each(generators, action);
        }
    }

    /** A dict comprehension; value is null for {@code {**key for …}} (PEP 798). */
    record DictComp(
            int start, int end, Expression key, @Nullable Expression value, List<Node.Comprehension> generators)
            implements Expression {
        @Override
        public void forEachChild(Consumer<? super Node> action) {
            action.accept(key);
            Node.one(value, action);
            Node.each(generators, action);
        }
    }

    /** {@code await value}. */
    record Await(int start, int end, Expression value) implements Expression {
        @Override
        public void forEachChild(Consumer<? super Node> action) {
            action.accept(value);
        }
    }

    /** {@code yield} or {@code yield value}. */
    record Yield(int start, int end, @Nullable Expression value) implements Expression {
        @Override
        public void forEachChild(Consumer<? super Node> action) {
            Node.one(value, action);
        }
    }

    /** {@code yield from value}. */
    record YieldFrom(int start, int end, Expression value) implements Expression {
        @Override
        public void forEachChild(Consumer<? super Node> action) {
            action.accept(value);
        }
    }

    /** The place of an expression that is not there; only in damaged statements. Its range is empty. */
    record Missing(int start, int end) implements Expression {
        @Override
        public void forEachChild(Consumer<? super Node> action) {
            // A leaf.
        }
    }
}
