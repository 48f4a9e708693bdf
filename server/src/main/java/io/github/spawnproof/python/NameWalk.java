package io.github.spawnproof.python;

import io.github.spawnproof.python.syntax.Expression;
import io.github.spawnproof.python.syntax.Node;
import io.github.spawnproof.python.syntax.Statement;
import io.github.spawnproof.source.TextRange;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Walks over the names in a piece of code and tells how each is used. */
final class NameWalk {

    /** A node and those around it. */
    record Path(Node node, @Nullable Path outer) {}

    /**
     * A name.
     *
     * @param scope where it is looked up
     * @param outer the nodes around it, the nearest first
     * @param isDeferred whether it is looked up only when a function is called, not when the code is executed
     */
    record Use(Expression.Name name, Scope scope, @Nullable Path outer, boolean isDeferred) {

        String id() {
            return name.id();
        }

        /** Returns the scope that binds the name. */
        Scope owner() {
            return scope.owner(name.id());
        }

        /** Returns the call that calls what the name stands for; null if the name is used in another way. */
        Expression.@Nullable Call calledBy() {
            return outer != null && outer.node() instanceof Expression.Call call && Site.isSame(call.function(), name)
                    ? call
                    : null;
        }

        /** Returns the call of a method on what the name stands for; null if the name is used in another way. */
        Expression.@Nullable Call methodCall() {
            return outer != null
                            && outer.node() instanceof Expression.Attribute attribute
                            && outer.outer() != null
                            && outer.outer().node() instanceof Expression.Call call
                            && Site.isSame(call.function(), attribute)
                    ? call
                    : null;
        }

        /** Returns the place of the name in the text. */
        TextRange range() {
            return Site.range(name, scope);
        }

        /** Returns the call that the name is an argument of by itself; null if it is none. */
        Expression.@Nullable Call argumentOf() {
            Path path = outer;
            if (path != null && path.node() instanceof Node.Keyword) {
                path = path.outer();
            }
            return path != null && path.node() instanceof Expression.Call call && calledBy() == null ? call : null;
        }

        /** Returns the keyword that the name is an argument by; null if there is none. */
        @Nullable
        String keyword() {
            return outer != null && outer.node() instanceof Node.Keyword keyword ? keyword.name() : null;
        }

        /** Tells whether only the value counts there: another expression of the same value would do as well. */
        boolean isValue() {
            Node node = outer == null ? null : outer.node();
            return argumentOf() != null
                    || node instanceof Expression.ListDisplay
                    || node instanceof Expression.Tuple
                    || node instanceof Expression.Dict
                    || node instanceof Expression.IfExp
                    || node instanceof Expression.NamedExpr
                    || node instanceof Expression.Comprehended
                    || node instanceof Expression.Lambda
                    || node instanceof Statement.Return
                    || node instanceof Statement.Assign
                    || node instanceof Statement.AnnAssign
                    || node instanceof Node.Parameter;
        }
    }

    private final Scopes scopes;
    private final Consumer<Use> action;

    private NameWalk(Scopes scopes, Consumer<Use> action) {
        this.scopes = scopes;
        this.action = action;
    }

    /** Calls the action with every name in the node. */
    static void visit(Node node, Scope scope, Scopes scopes, Consumer<Use> action) {
        new NameWalk(scopes, action).visit(node, scope, null, false);
    }

    private void visit(Node node, Scope scope, @Nullable Path outer, boolean isDeferred) {
        if (node instanceof Expression.Name name) {
            action.accept(new Use(name, scope, outer, isDeferred));
            return;
        }
        Path path = new Path(node, outer);
        if (node instanceof Statement.FunctionDef) {
            Scope inner = scopes.of(node);
            node.forEachChild(child -> {
                boolean isBody = child instanceof Statement;
                visit(child, isBody ? inner : scope, path, isDeferred || isBody);
            });
        } else if (node instanceof Expression.Lambda lambda) {
            visit(lambda.parameters(), scope, path, isDeferred);
            visit(lambda.body(), scopes.of(node), path, true);
        } else if (node instanceof Expression.Comprehended comprehended) {
            visit(comprehended.element(), scopes.of(node), path, isDeferred);
            comprehensions(comprehended.generators(), scope, scopes.of(node), path, isDeferred);
        } else if (node instanceof Expression.DictComp comprehended) {
            Scope inner = scopes.of(node);
            visit(comprehended.key(), inner, path, isDeferred);
            if (comprehended.value() != null) {
                visit(comprehended.value(), inner, path, isDeferred);
            }
            comprehensions(comprehended.generators(), scope, inner, path, isDeferred);
        } else {
            scopes.forEachChild(node, scope, (child, inner) -> visit(child, inner, path, isDeferred));
        }
    }

    private void comprehensions(
            List<Node.Comprehension> generators, Scope outside, Scope inside, Path outer, boolean isDeferred) {
        for (int i = 0; i < generators.size(); i++) {
            Node.Comprehension generator = generators.get(i);
            Path path = new Path(generator, outer);
            // The first iterable is evaluated outside: docs.python.org/3/reference/expressions.html#displays
            visit(generator.iterable(), i == 0 ? outside : inside, path, isDeferred);
            visit(generator.target(), inside, path, isDeferred);
            generator.conditions().forEach(condition -> visit(condition, inside, path, isDeferred));
        }
    }
}
