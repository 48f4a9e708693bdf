package io.github.spawnproof.python;

import io.github.spawnproof.python.syntax.Expression;
import io.github.spawnproof.python.syntax.Node;
import io.github.spawnproof.python.syntax.Statement;
import io.github.spawnproof.python.syntax.TopLevel;
import io.github.spawnproof.source.TextRange;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiConsumer;

/** The scopes of a module, found by the node that makes them. */
final class Scopes {

    /** A module that is imported somewhere in the file, dotted, with the name that is taken from it. */
    record Import(String name, TextRange range) {}

    /** A call and the scope that gives its names their meaning. */
    record CallSite(Expression.Call call, Scope scope) {}

    /** An attribute that a method gives to its first parameter: {@code self.name = value}. */
    private record AttributeAssignment(String object, String name, Site value) {}

    private final Scope module = Scope.module();
    private final IdentityHashMap<Node, Scope> byNode = new IdentityHashMap<>();
    private final List<Scope> topLevels = new ArrayList<>();
    private final List<Import> imports = new ArrayList<>();
    private final IdentityHashMap<Node, List<AttributeAssignment>> attributes = new IdentityHashMap<>();
    private final Map<String, List<CallSite>> calls = new HashMap<>();

    private final IdentityHashMap<Statement.ClassDef, Map<String, List<Site>>> attributesOfClasses =
            new IdentityHashMap<>();

    Scope addTopLevel(TopLevel topLevel) {
        Scope scope = module.at(topLevel.offset());
        topLevels.add(scope);
        return scope;
    }

    void put(Node node, Scope scope) {
        byNode.put(node, scope);
    }

    void addImport(String name, TextRange range) {
        imports.add(new Import(name, range));
    }

    void addAttribute(Expression.Attribute target, Site value) {
        Scope function = value.scope().enclosingFunction();
        if (target.value() instanceof Expression.Name name
                && function != null
                && function.owner() instanceof Statement.FunctionDef method) {
            attributes
                    .computeIfAbsent(method, key -> new ArrayList<>())
                    .add(new AttributeAssignment(name.id(), target.name(), value));
        }
    }

    void addCall(Expression.Call call, Scope scope) {
        String name = call.function() instanceof Expression.Name plain
                ? plain.id()
                : call.function() instanceof Expression.Attribute attribute ? attribute.name() : "";
        if (!name.isEmpty()) {
            calls.computeIfAbsent(name, key -> new ArrayList<>()).add(new CallSite(call, scope));
        }
    }

    /** Returns the calls of the whole file whose callee has that name, whatever it stands for. */
    List<CallSite> calls(String name) {
        return calls.getOrDefault(name, List.of());
    }

    Scope module() {
        return module;
    }

    /** Returns the scope of the top-level statement with that index. */
    Scope topLevel(int index) {
        return topLevels.get(index);
    }

    /** Returns the scope that a function, class, lambda or comprehension makes. */
    Scope of(Node node) {
        Scope scope = byNode.get(node);
        if (scope == null) {
            throw new IllegalArgumentException("no scope for " + node.getClass());
        }
        return scope;
    }

    /** Returns what a name is bound to in any scope of the file. */
    List<Binding> bindingsAnywhere(String name) {
        List<Binding> all = new ArrayList<>(module.bindings(name));
        byNode.values().forEach(scope -> all.addAll(scope.bindings(name)));
        return all;
    }

    /** Calls the action with each child of a node and the scope that the child's names are looked up in. */
    void forEachChild(Node node, Scope scope, BiConsumer<Node, Scope> action) {
        if (node instanceof Statement.FunctionDef || node instanceof Statement.ClassDef) {
            Scope inner = of(node);
            // Decorators, defaults and bases are evaluated outside; the statements are the body.
            node.forEachChild(child -> action.accept(child, child instanceof Statement ? inner : scope));
        } else if (node instanceof Expression.Lambda) {
            Scope inner = of(node);
            node.forEachChild(child -> action.accept(child, child instanceof Node.Parameters ? scope : inner));
        } else if (node instanceof Expression.Comprehended || node instanceof Expression.DictComp) {
            Scope inner = of(node);
            node.forEachChild(child -> action.accept(child, inner));
        } else {
            node.forEachChild(child -> action.accept(child, scope));
        }
    }

    /** Returns the imports of the whole file, in the order of the text. */
    List<Import> imports() {
        return imports;
    }

    /** Returns what the methods of a class assign to the attributes of their first parameter, by attribute. */
    Map<String, List<Site>> attributes(Statement.ClassDef type) {
        return attributesOfClasses.computeIfAbsent(type, this::collectAttributes);
    }

    private Map<String, List<Site>> collectAttributes(Statement.ClassDef type) {
        Map<String, List<Site>> collected = new HashMap<>();
        for (Statement statement : type.body()) {
            if (statement instanceof Statement.FunctionDef method
                    && !method.parameters().list().isEmpty()) {
                String self = method.parameters().list().get(0).name();
                for (AttributeAssignment assignment : attributes.getOrDefault(method, List.of())) {
                    if (assignment.object().equals(self)) {
                        collected
                                .computeIfAbsent(assignment.name(), key -> new ArrayList<>())
                                .add(assignment.value());
                    }
                }
            }
        }
        return collected;
    }
}
