package io.github.spawnproof.python;

import io.github.spawnproof.python.syntax.Expression;
import io.github.spawnproof.python.syntax.Node;
import io.github.spawnproof.python.syntax.Statement;
import java.util.Collections;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.Set;

/** Knows of objects that a program makes and then does nothing with: a process that is never started. */
final class NameUses {

    /** A name and the scope that binds it, by that scope's identity. */
    private record Variable(int scope, String name) {}

    private final Scopes scopes;
    /** What is made by an expression statement, and so is dropped. */
    private final Set<Expression> dropped = Collections.newSetFromMap(new IdentityHashMap<>());
    /** What only gets a name, with that name. */
    private final IdentityHashMap<Expression, Variable> named = new IdentityHashMap<>();

    private final Set<Expression.Name> targets = Collections.newSetFromMap(new IdentityHashMap<>());
    private final Set<Variable> read = new HashSet<>();

    NameUses(Scopes scopes) {
        this.scopes = scopes;
    }

    /** Reads a top-level statement. */
    void collect(Statement statement, Scope scope) {
        assignments(statement, scope);
        FreeNames.visit(statement, scope, scopes, (name, inner) -> {
            if (!targets.contains(name)) {
                read.add(variable(name, inner));
            }
        });
    }

    private static Variable variable(Expression.Name name, Scope scope) {
        return new Variable(scope.owner(name.id()).identity(), name.id());
    }

    private void assignments(Node node, Scope scope) {
        if (node instanceof Statement.ExpressionStatement statement) {
            dropped.add(statement.value());
        } else if (node instanceof Statement.Assign assign
                && assign.targets().size() == 1
                && assign.targets().get(0) instanceof Expression.Name name) {
            targets.add(name);
            named.put(assign.value(), variable(name, scope));
        }
        scopes.forEachChild(node, scope, (child, inner) -> {
            if (!(child instanceof Expression)) {
                assignments(child, inner);
            }
        });
    }

    /** Tells whether the object that a call makes may be started: its name is read somewhere, or it goes elsewhere. */
    boolean mayBeStarted(Expression.Call call) {
        Variable variable = named.get(call);
        return !dropped.contains(call) && (variable == null || read.contains(variable));
    }
}
