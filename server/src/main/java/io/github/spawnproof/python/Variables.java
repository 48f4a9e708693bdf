package io.github.spawnproof.python;

import io.github.spawnproof.python.syntax.PythonTree;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Knows every place that names a variable of the file; finds them when they are first asked for. */
final class Variables {

    /** A name and the scope that binds it. */
    record Variable(int scope, String name) {

        static Variable of(String name, Scope scope) {
            return new Variable(scope.owner(name).identity(), name);
        }
    }

    private final PythonTree tree;
    private final Scopes scopes;
    private @Nullable Map<Variable, List<NameWalk.Use>> uses;

    Variables(PythonTree tree, Scopes scopes) {
        this.tree = tree;
        this.scopes = scopes;
    }

    /** Returns where a variable is named, be it read or bound, in the order of the walk. */
    List<NameWalk.Use> uses(Variable variable) {
        return all().getOrDefault(variable, List.of());
    }

    private Map<Variable, List<NameWalk.Use>> all() {
        Map<Variable, List<NameWalk.Use>> known = uses;
        if (known == null) {
            known = new HashMap<>();
            for (int i = 0; i < tree.statements().size(); i++) {
                Map<Variable, List<NameWalk.Use>> found = known;
                NameWalk.visit(
                        tree.statements().get(i).statement(),
                        scopes.topLevel(i),
                        scopes,
                        use -> found.computeIfAbsent(Variable.of(use.id(), use.scope()), key -> new ArrayList<>())
                                .add(use));
            }
            uses = known;
        }
        return known;
    }
}
