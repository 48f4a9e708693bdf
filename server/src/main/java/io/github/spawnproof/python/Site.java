package io.github.spawnproof.python;

import io.github.spawnproof.python.syntax.Expression;
import io.github.spawnproof.python.syntax.Node;
import io.github.spawnproof.source.TextRange;

/** An expression and the scope that gives its names their meaning. */
record Site(Expression expression, Scope scope) {

    /** Returns the expression's place in the text. */
    TextRange range() {
        return range(expression, scope);
    }

    /** Returns the place in the text of a node that belongs to the scope. */
    static TextRange range(Node node, Scope scope) {
        return new TextRange(scope.base() + node.start(), scope.base() + node.end());
    }

    /** Tells whether the two are one and the same node; two equal texts are two nodes. */
    @SuppressWarnings("ReferenceEquality") // The identity is what is asked for.
    static boolean isSame(Node one, Node other) {
        return one == other;
    }
}
