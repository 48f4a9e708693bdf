package io.github.spawnproof.python;

import io.github.spawnproof.python.syntax.Expression;
import io.github.spawnproof.python.syntax.Node;
import io.github.spawnproof.python.syntax.Statement;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Set;
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
        } else if (node instanceof Statement.FunctionDef function) {
            inner(function, function.body(), scope);
        } else if (node instanceof Statement.ClassDef type) {
            inner(type, type.body(), scope);
        } else if (node instanceof Expression.Lambda lambda) {
            inner(lambda, List.of(lambda.body()), scope);
        } else if (node instanceof Expression.Comprehended || node instanceof Expression.DictComp) {
            Scope inside = scopes.of(node);
            node.forEachChild(child -> visit(child, inside));
        } else {
            node.forEachChild(child -> visit(child, scope));
        }
    }

    private void inner(Node node, List<? extends Node> body, Scope outer) {
        Scope inside = scopes.of(node);
        Set<Node> inBody = Collections.newSetFromMap(new IdentityHashMap<>());
        inBody.addAll(body);
        node.forEachChild(child -> visit(child, inBody.contains(child) ? inside : outer));
    }
}
