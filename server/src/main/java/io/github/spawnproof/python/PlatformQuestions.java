package io.github.spawnproof.python;

import io.github.spawnproof.boundary.StartMethod;
import io.github.spawnproof.boundary.Target;
import io.github.spawnproof.python.syntax.Expression;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/** What a program is told when it asks where it runs: system, version of Python, what there is on it. */
final class PlatformQuestions {

    private final Evaluator evaluator;

    PlatformQuestions(Evaluator evaluator) {
        this.evaluator = evaluator;
    }

    /** Returns the name of the platform that an expression is; null if it is something else. */
    @Nullable
    String name(Expression expression, Scope scope, Target target) {
        if (expression instanceof Expression.Call call) {
            if (call.function() instanceof Expression.Attribute method
                    && method.name().equals("lower")
                    && call.arguments().isEmpty()) {
                String name = name(method.value(), scope, target);
                return name == null ? null : name.toLowerCase(Locale.ROOT);
            }
            return isNamed(call.function(), scope, "platform.system")
                    ? target.system().platformSystem()
                    : null;
        }
        if (isNamed(expression, scope, "sys.platform")) {
            return target.system().sysPlatform();
        }
        if (isNamed(expression, scope, "os.name")) {
            return target.system().osName();
        }
        // SYSTEM = platform.system()
        if (expression instanceof Expression.Name name) {
            List<Binding> bindings = scope.owner(name.id()).bindings(name.id());
            Expression value = bindings.size() == 1 ? bindings.get(0).value() : null;
            return value instanceof Expression.Call || value instanceof Expression.Attribute
                    ? name(value, bindings.get(0).scope(), target)
                    : null;
        }
        return null;
    }

    /** Decides {@code hasattr(os, "fork")}. */
    Truth call(Expression.Call call, Scope scope, World world) {
        Target target = world.target();
        boolean asksForFork = target != null
                && call.function() instanceof Expression.Name name
                && name.id().equals("hasattr")
                && call.arguments().size() == 2
                && isNamed(call.arguments().get(0), scope, "os")
                && call.arguments().get(1) instanceof Expression.Constant attribute
                && attribute.value().equals("fork");
        return asksForFork ? has(StartMethod.FORK, target) : Truth.UNKNOWN;
    }

    /** Decides {@code "fork" in multiprocessing.get_all_start_methods()}. */
    Truth offered(@Nullable String text, Expression container, Scope scope, World world) {
        Target target = world.target();
        Optional<StartMethod> method = text == null ? Optional.empty() : StartMethod.parse(text);
        boolean asks = target != null
                && method.isPresent()
                && container instanceof Expression.Call call
                && evaluator.evaluate(call.function(), scope) instanceof Value.Named named
                && named.name().endsWith("get_all_start_methods");
        return asks ? has(method.get(), target) : Truth.UNKNOWN;
    }

    /** Decides {@code multiprocessing.get_start_method() == "fork"} where there is no such method. */
    Truth canBeInForce(@Nullable String text, Target target) {
        Optional<StartMethod> method = text == null ? Optional.empty() : StartMethod.parse(text);
        return method.isPresent() && has(method.get(), target) == Truth.FALSE ? Truth.FALSE : Truth.UNKNOWN;
    }

    private static Truth has(StartMethod method, @Nullable Target target) {
        return target == null
                ? Truth.UNKNOWN
                : Truth.of(target.availableStartMethods().contains(method));
    }

    /** Decides {@code sys.version_info >= (3, 14)} and the like. */
    Truth version(String operator, Expression left, Expression right, Scope scope, Target target) {
        boolean sliced = left instanceof Expression.Subscript;
        Expression info = left instanceof Expression.Subscript subscript ? subscript.value() : left;
        if (!isNamed(info, scope, "sys.version_info") || !(right instanceof Expression.Tuple tuple)) {
            return Truth.UNKNOWN;
        }
        if (left instanceof Expression.Subscript subscript && !isFirstTwo(subscript.index())) {
            return Truth.UNKNOWN;
        }
        List<Long> wanted = new ArrayList<>();
        for (Expression element : tuple.elements()) {
            OptionalLong number = number(element);
            if (number.isEmpty()) {
                return Truth.UNKNOWN;
            }
            wanted.add(number.getAsLong());
        }
        long[] has = {target.version().major(), target.version().minor()};
        for (int i = 0; i < Math.min(has.length, wanted.size()); i++) {
            if (has[i] != wanted.get(i)) {
                return ordered(operator, Long.compare(has[i], wanted.get(i)));
            }
        }
        if (wanted.size() > has.length) {
            return Truth.UNKNOWN; // A question about a maintenance release.
        }
        // What goes on after an equal beginning is greater.
        return ordered(operator, sliced && wanted.size() == has.length ? 0 : 1);
    }

    private static boolean isFirstTwo(Expression index) {
        return index instanceof Expression.Slice slice
                && slice.lower() == null
                && slice.step() == null
                && slice.upper() instanceof Expression.Constant end
                && end.value().equals("2");
    }

    private static OptionalLong number(Expression expression) {
        return expression instanceof Expression.Constant constant
                        && constant.kind() == Expression.ConstantKind.INTEGER
                        && constant.value().matches("\\d{1,6}")
                ? OptionalLong.of(Long.parseLong(constant.value()))
                : OptionalLong.empty();
    }

    private static Truth ordered(String operator, int order) {
        return switch (operator) {
            case "==" -> Truth.of(order == 0);
            case "!=" -> Truth.of(order != 0);
            case "<" -> Truth.of(order < 0);
            case "<=" -> Truth.of(order <= 0);
            case ">" -> Truth.of(order > 0);
            case ">=" -> Truth.of(order >= 0);
            default -> Truth.UNKNOWN;
        };
    }

    private boolean isNamed(Expression expression, Scope scope, String name) {
        return evaluator.evaluate(expression, scope) instanceof Value.Named named
                && named.name().equals(name);
    }
}
