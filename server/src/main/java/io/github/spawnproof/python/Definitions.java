package io.github.spawnproof.python;

import io.github.spawnproof.python.syntax.Expression;
import io.github.spawnproof.python.syntax.Statement;

/** Where functions and classes of the file are defined, and so what name pickle knows them by. */
final class Definitions {

    private Definitions() {}

    /**
     * Tells whether a function or class is made inside a function, under a name that no import finds.
     *
     * @param scope the definition's own scope
     */
    static boolean isLocal(Scope scope) {
        Scope parent = scope.parent();
        if (parent == null || isDeclaredGlobal(scope, parent)) {
            return false;
        }
        return parent.enclosingFunction() != null;
    }

    private static boolean isDeclaredGlobal(Scope scope, Scope parent) {
        return parent.kind() == Scope.Kind.FUNCTION
                && parent.target(name(scope)).kind() == Scope.Kind.MODULE;
    }

    /** Tells whether a function or class is an attribute of the module itself. */
    static boolean isTopLevel(Scope scope) {
        Scope parent = scope.parent();
        return parent != null && (parent.kind() == Scope.Kind.MODULE || isDeclaredGlobal(scope, parent));
    }

    /** Tells whether a statement is the definition of a function or class, or the assignment of one variable, of that name. */
    static boolean defines(Statement statement, String name) {
        return (statement instanceof Statement.FunctionDef function
                        && function.name().equals(name))
                || (statement instanceof Statement.ClassDef type && type.name().equals(name))
                || (statement instanceof Statement.Assign assign
                        && assign.targets().size() == 1
                        && assign.targets().get(0) instanceof Expression.Name target
                        && target.id().equals(name));
    }

    /** Returns the name of a function or class by its own scope; empty for a lambda. */
    static String name(Scope scope) {
        return scope.owner() instanceof Statement.FunctionDef function
                ? function.name()
                : scope.owner() instanceof Statement.ClassDef type ? type.name() : "";
    }

    /** Tells whether a name is mangled inside a class: docs.python.org/3/reference/expressions.html#private-name-mangling. */
    static boolean isPrivate(String name) {
        return name.startsWith("__") && !name.endsWith("__");
    }
}
