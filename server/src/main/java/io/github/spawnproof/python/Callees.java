package io.github.spawnproof.python;

import io.github.spawnproof.python.syntax.Expression;
import io.github.spawnproof.source.TextRange;

/** Names of what is called. */
final class Callees {

    private Callees() {}

    /** Returns the place of the name that says what is called: the last one of {@code a.b}; of a call, of its callee. */
    static TextRange nameRange(Expression expression, Scope scope) {
        Expression current = expression;
        while (current instanceof Expression.Call call) {
            current = call.function();
        }
        if (current instanceof Expression.Attribute attribute) {
            return new TextRange(scope.base() + attribute.nameStart(), scope.base() + attribute.end());
        }
        return Site.range(current, scope);
    }
}
