package io.github.spawnproof.python;

import io.github.spawnproof.python.syntax.Expression;
import io.github.spawnproof.python.syntax.Node;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What decorators of the file, and of the table, make of functions. */
final class Wrappers {

    private final Evaluator evaluator;

    Wrappers(Evaluator evaluator) {
        this.evaluator = evaluator;
    }

    /** Returns what a decorator makes of a value; unknown if nobody knows the decorator. */
    Value decorated(Expression decorator, Binding binding, Value value) {
        Scope scope = binding.scope();
        Expression callee = decorator instanceof Expression.Call call ? call.function() : decorator;
        Value made = evaluator.evaluate(callee, scope);
        if (made instanceof Value.Named named && evaluator.table().isTransparent(named.name())) {
            return value;
        }
        if (decorator instanceof Expression.Call call) {
            made = evaluator.evaluate(call, scope);
        }
        return made instanceof Value.FunctionOf function && value instanceof Value.FunctionOf wrapped
                ? wrapped(function, wrapped, binding.name())
                : Value.Unknown.VALUE;
    }

    /**
     * Returns the result of calling a function of the file: if that is a decorator and wraps a function of the file, what
     * it makes of it.
     */
    Value result(Value.FunctionOf function, Expression.Call call, Scope scope, Value returned) {
        if (call.arguments().size() == 1
                && returned instanceof Value.FunctionOf wrapper
                && isInside(wrapper, function)
                && evaluator.evaluate(call.arguments().get(0), scope) instanceof Value.FunctionOf wrapped) {
            return wrapped(function, wrapped, null);
        }
        return returned;
    }

    private Value wrapped(Value.FunctionOf decorator, Value.FunctionOf wrapped, @Nullable String name) {
        List<Node.Parameter> parameters = decorator.definition().parameters().list();
        Site returned = evaluator.onlyReturn(decorator);
        if (parameters.isEmpty() || returned == null) {
            return Value.Unknown.VALUE;
        }
        String parameter = parameters.get(0).name();
        if (returned.expression() instanceof Expression.Name given && given.id().equals(parameter)) {
            return wrapped;
        }
        return evaluator.evaluate(returned) instanceof Value.FunctionOf wrapper
                        && isInside(wrapper, decorator)
                        && callsParameter(wrapper, parameter)
                ? new Value.Wrapper(wrapped, wrapper, keepsName(wrapper), name)
                : Value.Unknown.VALUE;
    }

    private static boolean isInside(Value.FunctionOf inner, Value.FunctionOf outer) {
        Scope parent = inner.scope().parent();
        return parent != null && parent.isSame(outer.scope());
    }

    private boolean keepsName(Value.FunctionOf wrapper) {
        for (Expression decorator : wrapper.definition().decorators()) {
            if (decorator instanceof Expression.Call call
                    && wrapper.scope().parent() != null
                    && evaluator.evaluate(call.function(), wrapper.scope().parent()) instanceof Value.Named named
                    && named.name().equals("functools.wraps")) {
                return true;
            }
        }
        return false;
    }

    private boolean callsParameter(Value.FunctionOf wrapper, String parameter) {
        boolean[] calls = {false};
        wrapper.definition().body().forEach(statement -> calls[0] |= calls(statement, parameter));
        return calls[0];
    }

    private static boolean calls(Node node, String name) {
        if (node instanceof Expression.Call call
                && call.function() instanceof Expression.Name callee
                && callee.id().equals(name)) {
            return true;
        }
        boolean[] found = {false};
        node.forEachChild(child -> found[0] |= calls(child, name));
        return found[0];
    }
}
