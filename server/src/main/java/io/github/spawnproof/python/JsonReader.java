package io.github.spawnproof.python;

import io.github.spawnproof.boundary.NoJson;
import io.github.spawnproof.boundary.Opaque;
import io.github.spawnproof.python.syntax.Expression;
import io.github.spawnproof.python.syntax.Node;
import io.github.spawnproof.python.syntax.PythonTree;
import io.github.spawnproof.python.syntax.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Finds what in a dict is surely no plain data, so that {@code json.dumps} raises. */
final class JsonReader {

    /** A value that is no plain data. */
    record Culprit(Site site, NoJson what) {}

    private static final int MAX_DEPTH = 20;
    private static final NoJson FUNCTION = new NoJson("a function", "");
    private static final NoJson CLASS = new NoJson("a class", "");
    private static final NoJson SET = new NoJson("a set", "list(#)");
    private static final NoJson GENERATOR = new NoJson("a generator", "list(#)");

    /** Classes of other modules that make no plain data of what derives from them. */
    private static final Set<String> PLAIN_BASES = Set.of("abc.ABC");

    private final PythonTree tree;
    private final Evaluator evaluator;

    JsonReader(PythonTree tree, Evaluator evaluator) {
        this.tree = tree;
        this.evaluator = evaluator;
    }

    /** Returns the values in a dict, however deep, that are no plain data; none if it is no dict that can be seen. */
    List<Culprit> in(Site dict) {
        List<Culprit> culprits = new ArrayList<>();
        collect(dict, 0, culprits);
        // What is no dict at all is not written as JSON.
        culprits.removeIf(culprit -> Site.isSame(culprit.site().expression(), dict.expression()));
        return culprits;
    }

    private void collect(Site site, int depth, List<Culprit> culprits) {
        Expression expression = site.expression();
        if (depth > MAX_DEPTH) {
            return;
        }
        if (expression instanceof Expression.Dict dict) {
            for (int i = 0; i < dict.values().size(); i++) {
                Expression key = dict.keys().get(i);
                if (key instanceof Expression.Tuple) {
                    culprits.add(new Culprit(new Site(key, site.scope()), new NoJson("a tuple as a key", "")));
                }
                collect(new Site(dict.values().get(i), site.scope()), depth + 1, culprits);
            }
        } else if (expression instanceof Expression.ListDisplay list) {
            list.elements().forEach(item -> collect(new Site(item, site.scope()), depth + 1, culprits));
        } else if (expression instanceof Expression.Tuple tuple) {
            tuple.elements().forEach(item -> collect(new Site(item, site.scope()), depth + 1, culprits));
        } else if (expression instanceof Expression.Call call && isBuiltin(call.function(), "dict", site.scope())) {
            for (Node.Keyword keyword : call.keywords()) {
                collect(new Site(keyword.value(), site.scope()), depth + 1, culprits);
            }
        } else {
            Optional<Site> container = container(site);
            if (container.isPresent()) {
                collect(container.get(), depth + 1, culprits);
            } else {
                what(site).ifPresent(what -> culprits.add(new Culprit(site, what)));
            }
        }
    }

    /** Returns the dict or list that a name stands for, if nothing changes it after it was made. */
    private Optional<Site> container(Site site) {
        if (!(site.expression() instanceof Expression.Name name)) {
            return Optional.empty();
        }
        List<Binding> bindings =
                evaluator.reaching(name.id(), site.scope(), site.range().start());
        if (bindings.size() != 1 || bindings.get(0).kind() != Binding.Kind.ASSIGNED) {
            return Optional.empty();
        }
        Expression value = bindings.get(0).value();
        if (value == null || !(value instanceof Expression.Dict || value instanceof Expression.ListDisplay)) {
            return Optional.empty();
        }
        return isChanged(name.id(), bindings.get(0).scope())
                ? Optional.empty()
                : Optional.of(new Site(value, bindings.get(0).scope()));
    }

    /** Tells whether the file stores into, or deletes from, what the name stands for; which method does is not asked. */
    private boolean isChanged(String name, Scope scope) {
        Node owner = scope.owner();
        boolean[] changed = {false};
        if (owner != null) {
            findChange(owner, name, changed);
        } else {
            tree.statements().forEach(topLevel -> findChange(topLevel.statement(), name, changed));
        }
        return changed[0];
    }

    private static void findChange(Node node, String name, boolean[] changed) {
        if (node instanceof Expression.Attribute attribute
                && attribute.value() instanceof Expression.Name owner
                && owner.id().equals(name)) {
            changed[0] = true;
        } else if (node instanceof Statement.Assign assign) {
            assign.targets().forEach(target -> changed[0] |= isItemOf(target, name));
        } else if (node instanceof Statement.Delete delete) {
            delete.targets().forEach(target -> changed[0] |= isItemOf(target, name));
        }
        node.forEachChild(child -> findChange(child, name, changed));
    }

    private static boolean isItemOf(Expression target, String name) {
        return target instanceof Expression.Subscript subscript
                && subscript.value() instanceof Expression.Name owner
                && owner.id().equals(name);
    }

    /** Returns why the expression's value is no plain data; empty if it is, or nobody knows. */
    Optional<NoJson> what(Site site) {
        Expression expression = site.expression();
        if (expression instanceof Expression.Set
                || (expression instanceof Expression.Comprehended comprehended
                        && comprehended.kind() == Expression.ComprehensionKind.SET)) {
            return Optional.of(SET);
        } else if (expression instanceof Expression.Comprehended comprehended
                && comprehended.kind() == Expression.ComprehensionKind.GENERATOR) {
            return Optional.of(GENERATOR);
        } else if (expression instanceof Expression.Constant constant) {
            return switch (constant.kind()) {
                case BYTES -> Optional.of(new NoJson("bytes", ""));
                case ELLIPSIS -> Optional.of(new NoJson("an ellipsis", ""));
                case COMPLEX -> Optional.of(new NoJson("a complex number", ""));
                default -> Optional.empty();
            };
        } else if (expression instanceof Expression.IfExp choice) {
            Optional<NoJson> first = what(new Site(choice.body(), site.scope()));
            return what(new Site(choice.orElse(), site.scope())).isPresent()
                    ? first.map(what -> new NoJson(what.words(), ""))
                    : Optional.empty();
        } else if (expression instanceof Expression.Call call) {
            Optional<NoJson> made = made(call, site.scope());
            return made.isPresent() ? made : byValue(site);
        } else if (expression instanceof Expression.Name name && isBuiltin(name, name.id(), site.scope())) {
            return evaluator.table().noJson("builtins." + name.id());
        } else if (expression instanceof Expression.Name name) {
            return named(name, site.scope());
        }
        return byValue(site);
    }

    private Optional<NoJson> made(Expression.Call call, Scope scope) {
        if (call.function() instanceof Expression.Name name && isBuiltin(name, name.id(), scope)) {
            return evaluator.table().noJson("builtins." + name.id() + "()");
        }
        return evaluator.evaluate(call.function(), scope) instanceof Value.Named named
                ? evaluator.table().noJson(named.name() + "()")
                : Optional.empty();
    }

    /** Returns what a name stands for, of whatever binding reaches it. */
    private Optional<NoJson> named(Expression.Name name, Scope scope) {
        Optional<NoJson> last = Optional.empty();
        for (Binding binding : evaluator.reaching(name.id(), scope, scope.base() + name.start())) {
            Expression value = binding.value();
            last = binding.kind() == Binding.Kind.ASSIGNED && value != null && !(value instanceof Expression.Name)
                    ? what(new Site(value, binding.scope()))
                    : of(evaluator.value(binding));
            if (last.isEmpty()) {
                return last;
            }
        }
        return last;
    }

    private Optional<NoJson> byValue(Site site) {
        return of(evaluator.evaluate(site));
    }

    private Optional<NoJson> of(Value value) {
        Optional<NoJson> last = Optional.empty();
        for (Value alternative : value.alternatives()) {
            last = single(alternative);
            if (last.isEmpty()) {
                return last;
            }
        }
        return last;
    }

    private Optional<NoJson> single(Value value) {
        if (value instanceof Value.LambdaOf
                || value instanceof Value.FunctionOf
                || value instanceof Value.BoundMethod) {
            return Optional.of(FUNCTION);
        } else if (value instanceof Value.ClassOf) {
            return Optional.of(CLASS);
        } else if (value instanceof Value.Named named) {
            return evaluator.table().isClass(named.name())
                    ? Optional.of(CLASS)
                    : evaluator.table().noJson(named.name());
        } else if (value instanceof Value.Instance instance) {
            return instance(instance.type());
        }
        return Optional.empty();
    }

    private Optional<NoJson> instance(Value type) {
        if (type instanceof Value.Named named) {
            String what =
                    evaluator.table().opaque(named.name()).map(Opaque::what).orElse("an object");
            return isObjectClass(named.name()) ? Optional.of(new NoJson(what, "")) : Optional.empty();
        }
        return type instanceof Value.ClassOf own && isPlain(own, 0)
                ? Optional.of(new NoJson("an object of `" + own.definition().name() + "`", ""))
                : Optional.empty();
    }

    /** Tells whether the instances of a class of the table are objects; those of an enumeration of Jina are numbers. */
    private boolean isObjectClass(String name) {
        return evaluator.table().isClass(name)
                && !name.startsWith("builtins.")
                && !evaluator.table().isSubclass(name, "jina.enums.BetterEnum");
    }

    /** Tells whether a class of the file surely derives from nothing that is plain data, as a dict or a string is. */
    private boolean isPlain(Value.ClassOf type, int depth) {
        Scope outside = type.scope().parent();
        if (depth > MAX_DEPTH
                || outside == null
                || !type.definition().keywords().isEmpty()) {
            return false;
        }
        for (Expression base : type.definition().bases()) {
            Value value = evaluator.evaluate(base, outside);
            boolean plain = isBuiltin(base, "object", outside)
                    || (value instanceof Value.ClassOf own && isPlain(own, depth + 1))
                    || (value instanceof Value.Named named
                            && (PLAIN_BASES.contains(named.name()) || isObjectClass(named.name())));
            if (!plain) {
                return false;
            }
        }
        return type.definition().decorators().stream()
                .allMatch(decorator -> evaluator.evaluate(
                                        decorator instanceof Expression.Call call ? call.function() : decorator,
                                        outside)
                                instanceof Value.Named named
                        && named.name().equals("dataclasses.dataclass"));
    }

    private static boolean isBuiltin(Expression expression, String name, Scope scope) {
        return expression instanceof Expression.Name used
                && used.id().equals(name)
                && scope.owner(name).bindings(name).isEmpty()
                && scope.moduleScope().starImports().isEmpty();
    }
}
