package io.github.spawnproof.python;

import io.github.spawnproof.python.syntax.Expression;
import java.util.Map;
import java.util.Optional;

/**
 * What a call gives to a function of another module, as far as it decides what the function does.
 *
 * @param arguments for each parameter that surely has an argument, the constant that it is; empty if it may be anything
 * @param values the arguments that are something of a library, or an instance of such a class, by parameter and without
 *     the place where they were made
 * @param complete whether the call gives nothing else
 */
record Given(Map<String, Optional<Expression.Constant>> arguments, Map<String, Value> values, boolean complete) {

    /** Nobody knows the call. */
    static final Given UNKNOWN = new Given(Map.of(), Map.of(), false);

    Given {
        arguments = Map.copyOf(arguments);
        values = Map.copyOf(values);
    }

    /** Returns a constant as it is wherever it is written: the place plays no part in what a call leads to. */
    static Expression.Constant placeless(Expression.Constant constant) {
        return new Expression.Constant(0, 0, constant.kind(), constant.value());
    }
}
