package io.github.spawnproof.python;

import io.github.spawnproof.boundary.Crossing;
import io.github.spawnproof.boundary.Opaque;
import io.github.spawnproof.python.syntax.Expression;
import io.github.spawnproof.python.syntax.Node;
import io.github.spawnproof.python.syntax.Statement;
import io.github.spawnproof.source.TextRange;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What the instances of classes of the file hold, as far as it keeps them from being pickled. */
final class InstanceState {

    /**
     * An attribute that stops a pickle.
     *
     * @param attribute its name; empty if it is the class itself that does
     * @param what what it holds, in words
     * @param range where it is stored
     * @param values the expressions that are stored
     */
    record Part(String attribute, String what, TextRange range, List<Site> values) {}

    private static final Set<String> PICKLING_METHODS = Set.of(
            "__getstate__",
            "__reduce__",
            "__reduce_ex__",
            "__getnewargs__",
            "__getnewargs_ex__",
            "__copy__",
            "__slots__");

    /** Bases that have no say in how an instance is pickled. */
    private static final Set<String> PLAIN_BASES = Set.of(
            "abc.ABC",
            "typing.Generic",
            "typing.Protocol",
            "multiprocessing.process.BaseProcess",
            "unittest.TestCase",
            "unittest.IsolatedAsyncioTestCase");

    private static final Set<Crossing.Kind> FOUND_BY_PICKLE = EnumSet.of(
            Crossing.Kind.MAIN_ONLY, Crossing.Kind.PACKAGE_MAIN, Crossing.Kind.NOTEBOOK, Crossing.Kind.SHADOWED);

    private final Evaluator evaluator;
    private final ObstacleFinder obstacles;

    InstanceState(Evaluator evaluator, ObstacleFinder obstacles) {
        this.evaluator = evaluator;
        this.obstacles = obstacles;
    }

    /**
     * Returns the first attribute of an instance that stops a pickle at a place; empty if nothing surely does.
     *
     * @param atStart whether the instance is pickled only when a process starts
     */
    Optional<Part> obstacle(Value.Instance instance, Site place, boolean atStart) {
        return parts(instance, place, atStart).stream().findFirst();
    }

    /** Returns all attributes that stop a pickle at a place, in the order of the text. */
    List<Part> parts(Value.Instance instance, Site place, boolean atStart) {
        List<Value.ClassOf> types = new ArrayList<>();
        if (!(instance.type() instanceof Value.ClassOf type)) {
            return List.of();
        }
        if (!collect(type, types)) {
            // A base that no pickle carries settles it, unless a class of the file says how it is pickled.
            return types.stream().anyMatch(InstanceState::saysHow) ? List.of() : opaqueBase(types, atStart);
        }
        List<Part> parts = new ArrayList<>();
        for (Value.ClassOf one : types) {
            if (evaluator.derivesFrom(one, "unittest.TestCase") && isReceiver(place)) {
                parts.add(new Part("", "a running test", nameRange(one), List.of()));
            }
            evaluator.scopes().attributes(one.definition()).forEach((name, values) -> {
                Part part = part(name, values, instance, place, atStart);
                if (part != null && !isDeleted(types, name)) {
                    parts.add(part);
                }
            });
            for (Statement statement : one.definition().body()) {
                Part field = field(statement, one, atStart);
                if (field != null) {
                    parts.add(field);
                }
            }
        }
        parts.sort(Comparator.comparing(Part::range));
        return parts;
    }

    /** Tells whether a class has a say in how its instances are pickled. */
    private static boolean saysHow(Value.ClassOf type) {
        return PICKLING_METHODS.stream()
                .anyMatch(name -> !type.scope().bindings(name).isEmpty());
    }

    /** Returns the part that a base of a library is, of which no pickle carries instances: a thread. */
    private List<Part> opaqueBase(List<Value.ClassOf> types, boolean atStart) {
        for (Value.ClassOf type : types) {
            for (Expression base : type.definition().bases()) {
                if (evaluator.evaluate(base, Evaluator.outside(type)) instanceof Value.Named named) {
                    Optional<Opaque> opaque =
                            evaluator.table().opaque(named.name()).filter(found -> found.stops(atStart));
                    if (opaque.isPresent()) {
                        return List.of(new Part("", opaque.get().what(), nameRange(type), List.of()));
                    }
                }
            }
        }
        return List.of();
    }

    private static TextRange nameRange(Value.ClassOf type) {
        int start = type.scope().base() + type.definition().nameStart();
        return new TextRange(start, start + type.definition().name().length());
    }

    /** Collects a class and its bases; tells whether all of them are in sight and none has a say in pickling. */
    private boolean collect(Value.ClassOf type, List<Value.ClassOf> types) {
        if (types.contains(type)) {
            return false;
        }
        types.add(type);
        if (saysHow(type)) {
            return false;
        }
        for (Expression base : type.definition().bases()) {
            Expression plain = base instanceof Expression.Subscript subscript ? subscript.value() : base;
            Value value = evaluator.evaluate(plain, Evaluator.outside(type));
            boolean known = value instanceof Value.ClassOf own
                    ? collect(own, types)
                    : (value instanceof Value.Named named && PLAIN_BASES.contains(named.name()))
                            || (plain instanceof Expression.Name name
                                    && name.id().equals("object"));
            if (!known) {
                return false;
            }
        }
        return type.definition().keywords().isEmpty();
    }

    /** Tells whether the place is in a method, whose first parameter the instance is. */
    private static boolean isReceiver(Site place) {
        Scope function = place.scope().enclosingFunction();
        return function != null
                && function.parent() != null
                && function.parent().kind() == Scope.Kind.CLASS;
    }

    private @Nullable Part part(String name, List<Site> values, Value.Instance instance, Site place, boolean atStart) {
        if (values.stream().noneMatch(value -> isStoredBefore(value, place))) {
            return null;
        }
        Obstacle first = null;
        for (Site value : values) {
            Optional<Obstacle> found = stored(value, instance, atStart);
            if (found.isEmpty()) {
                return null;
            }
            first = first == null ? found.get() : first;
        }
        return first == null ? null : new Part(name, first.what(), values.get(0).range(), values);
    }

    private Optional<Obstacle> stored(Site value, Value.Instance instance, boolean atStart) {
        Site actual = argument(value, instance);
        return obstacles.in(actual, actual.range(), atStart).stream()
                .filter(obstacle -> !FOUND_BY_PICKLE.contains(obstacle.kind()))
                .findFirst();
    }

    /** Returns what the call that made the instance passes for a value that is a parameter of the constructor. */
    private static Site argument(Site value, Value.Instance instance) {
        Site origin = instance.origin();
        Scope function = value.scope().enclosingFunction();
        if (!(value.expression() instanceof Expression.Name name)
                || origin == null
                || function == null
                || !(origin.expression() instanceof Expression.Call call)
                || !(function.owner() instanceof Statement.FunctionDef constructor)
                || !constructor.name().equals("__init__")) {
            return value;
        }
        List<Node.Parameter> parameters = constructor.parameters().list();
        for (int i = 1; i < parameters.size(); i++) {
            if (parameters.get(i).name().equals(name.id())) {
                Expression argument = CallArguments.of(call, parameters.get(i), i - 1);
                return argument == null ? value : new Site(argument, origin.scope());
            }
        }
        return value;
    }

    /** Tells whether a value is there when the place comes: stored by the constructor, or above in the same method. */
    private static boolean isStoredBefore(Site value, Site place) {
        Scope function = value.scope().enclosingFunction();
        if (function == null || !(function.owner() instanceof Statement.FunctionDef method)) {
            return false;
        }
        Scope here = place.scope().enclosingFunction();
        boolean constructor = method.name().equals("__init__") || method.name().equals("__post_init__");
        boolean same = here != null && here.isSame(function);
        return same ? value.range().end() <= place.range().start() : constructor;
    }

    /** Reads {@code lock: Lock = field(default_factory=Lock)} of a dataclass. */
    private @Nullable Part field(Statement statement, Value.ClassOf type, boolean atStart) {
        if (!(statement instanceof Statement.AnnAssign assign)
                || !(assign.target() instanceof Expression.Name name)
                || !(assign.value() instanceof Expression.Call call)
                || !(evaluator.evaluate(call.function(), type.scope()) instanceof Value.Named field)
                || !field.name().equals("dataclasses.field")) {
            return null;
        }
        for (Node.Keyword keyword : call.keywords()) {
            if ("default_factory".equals(keyword.name())) {
                Expression made = new Expression.Call(
                        keyword.value().start(), keyword.value().end(), keyword.value(), List.of(), List.of());
                Site site = new Site(made, type.scope());
                return obstacles.in(site, site.range(), atStart).stream()
                        .findFirst()
                        .map(obstacle -> new Part(name.id(), obstacle.what(), site.range(), List.of(site)))
                        .orElse(null);
            }
        }
        return null;
    }

    /** Tells whether some method takes an attribute away again. */
    private static boolean isDeleted(List<Value.ClassOf> types, String attribute) {
        return types.stream()
                .flatMap(type -> type.definition().body().stream())
                .anyMatch(statement -> deletes(statement, attribute));
    }

    private static boolean deletes(Node node, String attribute) {
        if (node instanceof Statement.Delete delete) {
            return delete.targets().stream()
                    .anyMatch(target -> target instanceof Expression.Attribute deleted
                            && deleted.name().equals(attribute));
        }
        boolean[] found = {false};
        if (!(node instanceof Expression)) {
            node.forEachChild(child -> found[0] |= deletes(child, attribute));
        }
        return found[0];
    }
}
