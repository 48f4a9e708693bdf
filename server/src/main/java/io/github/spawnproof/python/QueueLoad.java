package io.github.spawnproof.python;

import io.github.spawnproof.python.syntax.Expression;
import io.github.spawnproof.python.syntax.Node;
import io.github.spawnproof.python.syntax.Statement;
import java.util.List;
import java.util.Set;

/** How much a function puts into a queue, as far as its text says. */
enum QueueLoad {
    /** So little that it fits into a pipe. */
    SMALL,
    UNKNOWN,
    LARGE;

    /**
     * What is too large for any pipe, in bytes: those of Linux hold 64 KiB, of Windows 8 KiB.
     *
     * <p>Source: man7.org/linux/man-pages/man7/pipe.7.html, multiprocessing.connection.BUFSIZE.
     */
    private static final long MORE_THAN_FITS = 128 * 1024;

    /** Each item has a header of four bytes: multiprocessing.connection.Connection._send_bytes. */
    private static final long HEADER = 4;

    private static final long MANY = 1L << 30;
    private static final int MAX_DEPTH = 5;

    /** Built-in functions whose results are small. */
    private static final Set<String> SMALL_RESULTS = Set.of("bool", "float", "id", "int", "isinstance", "len", "round");

    /**
     * Returns how much a call puts.
     *
     * @param put where the queue is named whose method is called
     * @param function the function that this is in
     */
    static QueueLoad of(NameWalk.Use put, Expression.Call call, Value.FunctionOf function, Evaluator evaluator) {
        if (call.arguments().isEmpty()) {
            return UNKNOWN;
        }
        Site item = new Site(call.arguments().get(0), put.scope());
        boolean repeated = false;
        boolean error = false;
        boolean sure = !leaves(function.definition());
        long times = 1;
        for (NameWalk.Path at = put.outer();
                at != null && !Site.isSame(at.node(), function.definition());
                at = at.outer()) {
            Node node = at.node();
            if (node instanceof Statement.For loop) {
                long count = count(new Site(loop.iterable(), put.scope()), evaluator);
                repeated = true;
                sure &= count > 0;
                times = Math.min(MANY, times * Math.max(1, count));
            } else if (node instanceof Statement.While || node instanceof Node.Comprehension) {
                repeated = true;
            }
            error |= node instanceof Node.ExceptHandler;
            sure &= node instanceof Statement.For
                    || node instanceof Statement.With
                    || node instanceof Statement.ExpressionStatement
                    || node instanceof Expression.Call
                    || node instanceof Expression.Attribute;
        }
        if (sure && Math.max(size(item, evaluator, 0), HEADER) * times >= MORE_THAN_FITS) {
            return LARGE;
        }
        // What a handler puts is the error, or its text.
        return !repeated && (error || isSmall(item.expression(), put.scope())) ? SMALL : UNKNOWN;
    }

    /** Tells whether a piece of code may end before its last statement. */
    private static boolean leaves(Node node) {
        boolean[] found = {
            node instanceof Statement.Return
                    || node instanceof Statement.Raise
                    || node instanceof Statement.Break
                    || node instanceof Statement.Continue
        };
        node.forEachChild(child -> found[0] |= leaves(child));
        return found[0];
    }

    private static boolean isSmall(Expression item, Scope scope) {
        if (item instanceof Expression.Call call) {
            boolean error = call.function() instanceof Expression.Name callee
                    && (callee.id().endsWith("Error") || callee.id().endsWith("Exception"))
                    && call.arguments().stream().allMatch(part -> isSmall(part, scope));
            return error || SMALL_RESULTS.stream().anyMatch(name -> isBuiltin(call, name, scope));
        }
        List<Expression> items = item instanceof Expression.Tuple tuple
                ? tuple.elements()
                : item instanceof Expression.ListDisplay list ? list.elements() : List.of();
        return item instanceof Expression.Constant
                || item instanceof Expression.Compare
                || (item instanceof Expression.UnaryOp operation
                        && operation.operator().equals("not"))
                || (!items.isEmpty() && items.stream().allMatch(part -> isSmall(part, scope)));
    }

    /** Returns how many items {@code range(N)} has; 0 if nobody knows. */
    private static long count(Site iterable, Evaluator evaluator) {
        return iterable.expression() instanceof Expression.Call call
                        && call.arguments().size() == 1
                        && isBuiltin(call, "range", iterable.scope())
                ? number(new Site(call.arguments().get(0), iterable.scope()), evaluator)
                : 0;
    }

    private static boolean isBuiltin(Expression.Call call, String name, Scope scope) {
        return call.function() instanceof Expression.Name callee
                && callee.id().equals(name)
                && scope.owner(name).bindings(name).isEmpty();
    }

    /** Returns a number that the text gives, or a product of such; 0 if there is none. */
    private static long number(Site site, Evaluator evaluator) {
        if (site.expression() instanceof Expression.BinOp product
                && product.operator().equals("*")) {
            long left = number(new Site(product.left(), site.scope()), evaluator);
            return Math.min(MANY, left * number(new Site(product.right(), site.scope()), evaluator));
        }
        try {
            return evaluator.evaluate(site) instanceof Value.Literal literal
                            && literal.constant().kind() == Expression.ConstantKind.INTEGER
                    ? Math.min(MANY, Long.parseLong(literal.constant().value().replace("_", "")))
                    : 0;
        } catch (NumberFormatException e) {
            return 0; // In hexadecimal, or larger than any memory.
        }
    }

    /** Returns how many bytes a pickle of the value has at least; 0 if nobody knows. */
    private static long size(Site site, Evaluator evaluator, int level) {
        Expression expression = site.expression();
        Scope scope = site.scope();
        if (level > MAX_DEPTH) {
            return 0;
        } else if (expression instanceof Expression.Constant constant) {
            boolean text = constant.isString() || constant.kind() == Expression.ConstantKind.BYTES;
            return text ? constant.value().length() : 1;
        } else if (expression instanceof Expression.ListDisplay list) {
            return list.elements().size();
        } else if (expression instanceof Expression.BinOp product
                && product.operator().equals("*")) {
            Site left = new Site(product.left(), scope);
            Site right = new Site(product.right(), scope);
            long sizes = size(left, evaluator, level + 1) * number(right, evaluator);
            return Math.min(MANY, sizes > 0 ? sizes : size(right, evaluator, level + 1) * number(left, evaluator));
        } else if (expression instanceof Expression.Call call
                && call.arguments().size() == 1) {
            Site argument = new Site(call.arguments().get(0), scope);
            boolean bytes = isBuiltin(call, "bytes", scope) || isBuiltin(call, "bytearray", scope);
            return bytes
                    ? number(argument, evaluator)
                    : isBuiltin(call, "list", scope) ? count(argument, evaluator) : 0;
        } else if (expression instanceof Expression.Name name) {
            List<Binding> bindings = scope.owner(name.id()).bindings(name.id());
            Expression value = bindings.size() == 1 && bindings.get(0).kind() == Binding.Kind.ASSIGNED
                    ? bindings.get(0).value()
                    : null;
            return value == null ? 0 : size(new Site(value, bindings.get(0).scope()), evaluator, level + 1);
        }
        return 0;
    }
}
