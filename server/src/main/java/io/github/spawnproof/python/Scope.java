package io.github.spawnproof.python;

import io.github.spawnproof.python.syntax.Expression;
import io.github.spawnproof.python.syntax.Node;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A region of a module whose names belong together: docs.python.org/3/reference/executionmodel.html.
 *
 * <p>Each top-level statement sees the module through a scope of its own, which knows where the statement lies; they all
 * share one table of names.
 */
final class Scope {

    /** The kinds of scopes. */
    enum Kind {
        MODULE,
        CLASS,
        FUNCTION,
        LAMBDA,
        COMPREHENSION
    }

    /** The names of a scope. */
    private static final class Names {
        private final int identity;
        /** Of a module: the last number that was given to a scope in it. */
        private int lastIdentity;

        private final Map<String, List<Binding>> bindings = new HashMap<>();
        private final Map<String, List<Site>> appended = new HashMap<>();
        private final Set<String> global = new HashSet<>();
        private final Set<String> nonlocal = new HashSet<>();
        private final List<String> starImports = new ArrayList<>();

        Names(int identity) {
            this.identity = identity;
        }
    }

    private final Kind kind;
    private final @Nullable Scope parent;
    private final @Nullable Node owner;
    private final int base;
    private final Names names;

    private Scope(Kind kind, @Nullable Scope parent, @Nullable Node owner, int base, Names names) {
        this.kind = kind;
        this.parent = parent;
        this.owner = owner;
        this.base = base;
        this.names = names;
    }

    static Scope module() {
        return new Scope(Kind.MODULE, null, null, 0, new Names(0));
    }

    /** Returns this module scope as a top-level statement at the given offset sees it. */
    Scope at(int offset) {
        return new Scope(Kind.MODULE, null, null, offset, names);
    }

    Scope child(Kind childKind, Node childOwner) {
        Names module = moduleScope().names;
        return new Scope(childKind, this, childOwner, base, new Names(++module.lastIdentity));
    }

    Kind kind() {
        return kind;
    }

    @Nullable
    Scope parent() {
        return parent;
    }

    /** Returns the function, class, lambda or comprehension; null for a module. */
    @Nullable
    Node owner() {
        return owner;
    }

    /** Returns the offset in the text that positions of nodes in this scope count from. */
    int base() {
        return base;
    }

    void bind(Binding binding) {
        names.bindings
                .computeIfAbsent(binding.name(), name -> new ArrayList<>())
                .add(binding);
    }

    void append(String name, Expression item, Scope scope) {
        names.appended.computeIfAbsent(name, key -> new ArrayList<>()).add(new Site(item, scope));
    }

    void declareGlobal(String name) {
        names.global.add(name);
    }

    void declareNonlocal(String name) {
        names.nonlocal.add(name);
    }

    void importStar(String module) {
        names.starImports.add(module);
    }

    List<String> starImports() {
        return names.starImports;
    }

    /** Returns the bindings of a name in this very scope. */
    List<Binding> bindings(String name) {
        return names.bindings.getOrDefault(name, List.of());
    }

    /** Returns what is appended to the list of that name, which is bound in this very scope. */
    List<Site> appended(String name) {
        return names.appended.getOrDefault(name, List.of());
    }

    /** Returns the scope that an assignment to the name in this scope writes to. */
    Scope target(String name) {
        Scope scope = this;
        // An assignment expression in a comprehension binds in the scope around it: PEP 572.
        while (scope.kind == Kind.COMPREHENSION && scope.parent != null) {
            scope = scope.parent;
        }
        if (scope.names.global.contains(name)) {
            return scope.moduleScope();
        }
        if (scope.names.nonlocal.contains(name) && scope.parent != null) {
            return scope.parent.owner(name);
        }
        return scope;
    }

    Scope moduleScope() {
        Scope scope = this;
        while (scope.parent != null) {
            scope = scope.parent;
        }
        return scope;
    }

    /** Returns the scope that binds the name as it is seen from here; the module's scope if none does. */
    Scope owner(String name) {
        Scope scope = this;
        boolean first = true;
        while (scope.parent != null) {
            // The names of a class body are not seen from the functions in it.
            if ((first || scope.kind != Kind.CLASS) && !scope.bindings(name).isEmpty()) {
                return scope;
            }
            if (scope.names.global.contains(name)) {
                return scope.moduleScope();
            }
            first = first && scope.kind == Kind.COMPREHENSION;
            scope = scope.parent;
        }
        return scope;
    }

    /** Returns a number that the scopes of a module do not share, but for those that are the same region. */
    int identity() {
        return names.identity;
    }

    /** Tells whether the two are the same region of the module. */
    boolean isSame(Scope other) {
        return names == other.names;
    }

    /** Tells whether code of the two belongs to one and the same function, or to none. */
    boolean isInFunctionOf(Scope other) {
        Scope here = enclosingFunction();
        Scope there = other.enclosingFunction();
        return here == null ? there == null : there != null && here.isSame(there);
    }

    /** Returns the innermost function or lambda around this scope, itself included; null at module level. */
    @Nullable
    Scope enclosingFunction() {
        Scope scope = this;
        while (scope != null && scope.kind != Kind.FUNCTION && scope.kind != Kind.LAMBDA) {
            scope = scope.parent;
        }
        return scope;
    }
}
