package io.github.spawnproof.python;

import io.github.spawnproof.python.syntax.Expression;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The results of calls of builtin functions that hand containers on. */
final class Builtins {

    /** The type under which the methods of containers are looked up. */
    static final String CONTAINER = "builtins.container";

    private static final Set<String> COPIES = Set.of("list", "tuple", "set", "frozenset", "sorted", "reversed", "iter");
    private static final Set<String> CONTAINER_METHODS = Set.of("values", "items", "copy", "pop", "popleft", "get");

    private final Evaluator evaluator;

    Builtins(Evaluator evaluator) {
        this.evaluator = evaluator;
    }

    static boolean isContainerMethod(String name) {
        return CONTAINER_METHODS.contains(name);
    }

    /** Returns the result of a call of a builtin function or container method; null if the call is of neither. */
    @Nullable
    Value result(Expression.Call call, Scope scope) {
        if (call.function() instanceof Expression.Name name) {
            boolean builtin = scope.owner(name.id()).bindings(name.id()).isEmpty()
                    && scope.moduleScope().starImports().isEmpty();
            return builtin ? function(name.id(), call, scope) : null;
        }
        if (call.function() instanceof Expression.Attribute attribute
                && isContainerMethod(attribute.name())
                && evaluator.evaluate(attribute.value(), scope) instanceof Value.Elements container) {
            return method(attribute, container, scope);
        }
        return null;
    }

    private @Nullable Value function(String name, Expression.Call call, Scope scope) {
        List<Expression> arguments = call.arguments();
        if (name.equals("super")) {
            return arguments.isEmpty() ? above(scope) : null;
        } else if (arguments.isEmpty()) {
            boolean empty =
                    call.keywords().isEmpty() && (name.equals("list") || name.equals("dict") || name.equals("set"));
            return empty ? Value.Elements.of(List.of()) : null;
        } else if (COPIES.contains(name)) {
            return Value.Elements.of(List.of(new Site(items(arguments.get(0)), scope)));
        } else if (name.equals("next")) {
            return evaluator.item(evaluator.evaluate(arguments.get(0), scope));
        } else if (name.equals("enumerate")) {
            return tuples(
                    call, List.of(new Expression.Missing(call.start(), call.start()), items(arguments.get(0))), scope);
        } else if (name.equals("zip")) {
            return tuples(
                    call, arguments.stream().<Expression>map(Builtins::items).toList(), scope);
        }
        return null;
    }

    private Value method(Expression.Attribute attribute, Value.Elements container, Scope scope) {
        return switch (attribute.name()) {
            case "values", "copy" -> Value.Elements.of(container.items());
            case "items" ->
                tuples(
                        attribute,
                        List.of(new Expression.Missing(attribute.start(), attribute.start()), items(attribute.value())),
                        scope);
            default -> evaluator.item(container);
        };
    }

    /** Returns {@code super()} in a method of a class of the file. */
    private @Nullable Value above(Scope scope) {
        Scope function = scope.enclosingFunction();
        Scope type = function == null ? null : function.parent();
        if (function == null || type == null) {
            return null;
        }
        Value receiver = evaluator.receiver(function);
        return receiver instanceof Value.Instance instance && instance.type() instanceof Value.ClassOf owner
                ? new Value.SuperOf(receiver, owner)
                : null;
    }

    /** Returns an iterable of tuples with the given elements, each of which may be the items of something. */
    private static Value tuples(Expression place, List<Expression> elements, Scope scope) {
        return Value.Elements.of(List.of(new Site(new Expression.Tuple(place.start(), place.end(), elements), scope)));
    }

    private static Expression.Starred items(Expression iterable) {
        return new Expression.Starred(iterable.start(), iterable.end(), iterable);
    }
}
