package io.github.spawnproof.python;

import io.github.spawnproof.python.syntax.Expression;
import io.github.spawnproof.python.syntax.Node;
import io.github.spawnproof.python.syntax.Statement;
import java.util.ArrayList;
import java.util.List;

/** Collects what a function gives back and what it yields. */
final class Returns {
    private final Scopes scopes;
    private final List<Site> sites = new ArrayList<>();
    private final List<Site> yielded = new ArrayList<>();
    private boolean generator;

    Returns(Scopes scopes) {
        this.scopes = scopes;
    }

    List<Site> sites() {
        return sites;
    }

    boolean isGenerator() {
        return generator;
    }

    List<Site> yielded() {
        return yielded;
    }

    void visit(Node node, Scope scope) {
        if (node instanceof Statement.Return statement && statement.value() != null) {
            sites.add(new Site(statement.value(), scope));
        } else if (node instanceof Expression.Yield yield) {
            generator = true;
            if (yield.value() != null) {
                yielded.add(new Site(yield.value(), scope));
            }
        } else if (node instanceof Expression.YieldFrom from) {
            generator = true;
            yielded.add(new Site(new Expression.Starred(from.start(), from.end(), from.value()), scope));
        }
        if (node instanceof Statement.FunctionDef
                || node instanceof Statement.ClassDef
                || node instanceof Expression.Lambda) {
            return;
        }
        boolean comprehension = node instanceof Expression.Comprehended || node instanceof Expression.DictComp;
        Scope inner = comprehension ? scopes.of(node) : scope;
        node.forEachChild(child -> visit(child, inner));
    }
}
