package io.github.spawnproof.python;

import io.github.spawnproof.python.syntax.Expression;
import io.github.spawnproof.python.syntax.Node;
import org.jspecify.annotations.Nullable;

/** Which argument of a call reaches which parameter of a function of the file. */
final class CallArguments {

    private CallArguments() {}

    /** Tells whether the call has arguments that nobody sees: {@code *args} or {@code **kwargs}. */
    static boolean hasUnpacking(Expression.Call call) {
        return call.arguments().stream().anyMatch(Expression.Starred.class::isInstance)
                || call.keywords().stream().anyMatch(keyword -> keyword.name() == null);
    }

    /**
     * Returns the argument for a parameter; null if none is written.
     *
     * @param position the place of the parameter among those that the call gives, {@code self} not counted
     */
    static @Nullable Expression of(Expression.Call call, Node.Parameter parameter, int position) {
        for (Node.Keyword keyword : call.keywords()) {
            if (parameter.name().equals(keyword.name())) {
                return keyword.value();
            }
        }
        return isPositional(parameter) && position < call.arguments().size()
                ? call.arguments().get(position)
                : null;
    }

    private static boolean isPositional(Node.Parameter parameter) {
        return parameter.kind() == Node.ParameterKind.POSITIONAL_ONLY
                || parameter.kind() == Node.ParameterKind.POSITIONAL_OR_KEYWORD;
    }
}
