package io.github.spawnproof.python;

import io.github.spawnproof.python.syntax.Expression;
import io.github.spawnproof.python.syntax.Node;
import java.util.function.BiConsumer;

/** Walks over the names that a piece of code uses, each with the scope that it is used in. */
final class FreeNames {

    private final Scopes scopes;
    private final BiConsumer<Expression.Name, Scope> action;

    private FreeNames(Scopes scopes, BiConsumer<Expression.Name, Scope> action) {
        this.scopes = scopes;
        this.action = action;
    }

    /** Calls the action with every name in the node, those in functions and lambdas inside it too. */
    static void visit(Node node, Scope scope, Scopes scopes, BiConsumer<Expression.Name, Scope> action) {
        new FreeNames(scopes, action).visit(node, scope);
    }

    private void visit(Node node, Scope scope) {
        if (node instanceof Expression.Name name) {
            action.accept(name, scope);
        } else {
            scopes.forEachChild(node, scope, this::visit);
        }
    }
}
