package io.github.spawnproof.python;

import io.github.spawnproof.boundary.Crossing;
import io.github.spawnproof.boundary.Opaque;
import io.github.spawnproof.python.syntax.Expression;
import io.github.spawnproof.python.syntax.Statement;
import io.github.spawnproof.source.SourceText;
import io.github.spawnproof.source.TextRange;
import java.util.ArrayList;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Finds what keeps a value from getting to another process: in the value itself, or in what is part of it.
 *
 * <p>A value that may be one of several has obstacles only if each of them has. Each is blamed on the last place that
 * hands it on: itself where it is written as an argument or element, else the name that stands for it there.
 */
final class ObstacleFinder {

    /** Classes whose instances are called, and so stand for the function that they hold. */
    private static final Set<String> CALLABLE_HOLDERS = Set.of("functools.partial", "joblib.delayed");

    private final SourceText source;
    private final Evaluator evaluator;
    private final MainOnly mainOnly;
    private final InstanceState state;
    private final MainFile mainFile;

    ObstacleFinder(SourceText source, Evaluator evaluator, MainOnly mainOnly, MainFile mainFile) {
        this.source = source;
        this.evaluator = evaluator;
        this.mainOnly = mainOnly;
        this.mainFile = mainFile;
        this.state = new InstanceState(evaluator, this);
    }

    InstanceState state() {
        return state;
    }

    /**
     * Returns the obstacles in a value that is handed over.
     *
     * @param call the text of the call that sends it
     * @param atStart whether it is pickled only when a process starts: then more gets through
     */
    List<Obstacle> in(Site site, TextRange call, boolean atStart) {
        return new Search(call, atStart).in(site);
    }

    /** Returns the obstacles in the items of an iterable, which are handed over one by one; like {@link #in}. */
    List<Obstacle> inItems(Site iterable, TextRange call, boolean atStart) {
        return evaluator.evaluate(iterable) instanceof Value.Elements elements
                ? new Search(call, atStart).parts(iterable, elements.items())
                : List.of();
    }

    /** Tells whether something surely stops a value that a name stands for. */
    boolean stops(Value value, Site name) {
        return !new Search(name.range(), false).of(name, value).isEmpty();
    }

    /** One search, which looks at each expression once. */
    private final class Search {
        private final TextRange call;
        private final boolean atStart;
        private final Set<Expression> visited = Collections.newSetFromMap(new IdentityHashMap<>());

        Search(TextRange call, boolean atStart) {
            this.call = call;
            this.atStart = atStart;
        }

        List<Obstacle> in(Site site) {
            Expression expression = site.expression();
            if (!visited.add(expression)) {
                return List.of();
            }
            if (expression instanceof Expression.Lambda) {
                return List.of(obstacle(Crossing.Kind.LAMBDA, site, evaluator.evaluate(site), LAMBDA));
            } else if (expression instanceof Expression.Starred starred) {
                Site iterable = new Site(starred.value(), site.scope());
                return evaluator.evaluate(iterable) instanceof Value.Elements elements
                        ? parts(iterable, elements.items())
                        : List.of();
            } else if (expression instanceof Expression.NamedExpr named) {
                return in(new Site(named.value(), site.scope()));
            } else if (expression instanceof Expression.IfExp choice) {
                return every(List.of(new Site(choice.body(), site.scope()), new Site(choice.orElse(), site.scope())));
            } else if (expression instanceof Expression.BoolOp operation) {
                return every(operation.values().stream()
                        .map(operand -> new Site(operand, site.scope()))
                        .toList());
            }
            List<Obstacle> all = new ArrayList<>();
            for (Value value : evaluator.evaluate(site).alternatives()) {
                List<Obstacle> found = of(site, value);
                if (found.isEmpty()) {
                    return List.of();
                }
                all.addAll(found);
            }
            // Several values that one name may stand for are one finding, at the name.
            return all.size() > 1
                            && all.stream().map(Obstacle::range).distinct().count() == 1
                    ? all.subList(0, 1)
                    : all;
        }

        private List<Obstacle> every(List<Site> alternatives) {
            List<Obstacle> all = new ArrayList<>();
            for (Site alternative : alternatives) {
                List<Obstacle> found = in(alternative);
                if (found.isEmpty()) {
                    return List.of();
                }
                all.addAll(found);
            }
            return all;
        }

        private List<Obstacle> of(Site site, Value value) {
            if (value instanceof Value.LambdaOf lambda) {
                return one(obstacle(Crossing.Kind.LAMBDA, site, value, LAMBDA)
                        .at(range(site), site, lambda.site().range(), "The lambda is made here"));
            } else if (value instanceof Value.FunctionOf function) {
                return one(function(site, function));
            } else if (value instanceof Value.Wrapper wrapper) {
                return one(wrapper(site, wrapper));
            } else if (value instanceof Value.BoundMethod method) {
                return method(site, method);
            } else if (value instanceof Value.Instance instance) {
                return instance(site, instance);
            } else if (value instanceof Value.Elements elements) {
                return elements.isGenerator()
                        ? one(obstacle(Crossing.Kind.UNPICKLABLE, site, value, "a generator"))
                        : parts(site, elements.items());
            } else if (value instanceof Value.Named named) {
                return named.isModule() ? one(obstacle(Crossing.Kind.UNPICKLABLE, site, value, "a module")) : List.of();
            }
            return one(type(site, value, value));
        }

        private Obstacle obstacle(Crossing.Kind kind, Site site, Value value, String what) {
            return new Obstacle(kind, range(site), what, "", site, value, null, "");
        }

        // Functions

        private @Nullable Obstacle function(Site site, Value.FunctionOf function) {
            Scope scope = function.scope();
            TextRange definition = nameRange(
                    scope,
                    function.definition().nameStart(),
                    function.definition().name());
            if (Definitions.isLocal(scope)) {
                if (isInScript(scope)) {
                    return null;
                }
                return obstacle(Crossing.Kind.NESTED_FUNCTION, site, function, "a nested function")
                        .at(range(site), site, definition, "The function is defined here");
            }
            Scope type = scope.parent();
            if (type != null
                    && type.kind() == Scope.Kind.CLASS
                    && Definitions.isPrivate(function.definition().name())) {
                return mangled(site, function, definition);
            }
            return absent(site, function, scope, definition);
        }

        /** Tells whether the function around a definition is run as a program of its own, whose module that makes it. */
        private boolean isInScript(Scope scope) {
            Scope outer = scope.parent();
            return outer != null
                    && outer.parent() != null
                    && outer.owner() instanceof Statement.FunctionDef function
                    && function.decorators().stream()
                            .map(decorator -> decorator instanceof Expression.Call call ? call.function() : decorator)
                            .anyMatch(callee -> evaluator.evaluate(callee, outer.parent()) instanceof Value.Named named
                                    && evaluator.table().isScript(named.name()));
        }

        private Obstacle mangled(Site site, Value.FunctionOf function, TextRange definition) {
            return obstacle(
                            Crossing.Kind.NAME_MANGLED,
                            site,
                            function,
                            function.definition().name())
                    .at(range(site), site, definition, "The method is defined here");
        }

        /** Returns an obstacle if a child does not have a definition of the module. */
        private @Nullable Obstacle absent(Site site, Value value, Scope scope, TextRange definition) {
            Scope outermost = scope;
            while (outermost.parent() != null && !Definitions.isTopLevel(outermost)) {
                outermost = outermost.parent();
            }
            String name = Definitions.name(outermost);
            if (!mainFile.isImportedAgain()) {
                return obstacle(mainFile.obstacle(), site, value, name)
                        .at(range(site), site, definition, "It is defined here");
            }
            return mainOnly.isOnlyInMain(name)
                    ? obstacle(Crossing.Kind.MAIN_ONLY, site, value, name)
                            .at(
                                    range(site),
                                    site,
                                    definition,
                                    "It is defined here, where only the program itself comes")
                    : null;
        }

        /** A wrapper pickles by the name of what it wraps if it bears that, else by its own, which is a local one. */
        private @Nullable Obstacle wrapper(Site site, Value.Wrapper wrapper) {
            Value.FunctionOf wrapped = wrapper.wrapped();
            String name = wrapped.definition().name();
            TextRange definition =
                    nameRange(wrapped.scope(), wrapped.definition().nameStart(), name);
            if (wrapper.keepsName() && (wrapper.name() != null || isOnlyNameOf(site, name))) {
                return function(site, wrapped);
            }
            Scope decorator = wrapper.wrapper().scope().parent();
            String pickled = wrapper.keepsName()
                    ? name
                    : (decorator == null ? "" : Definitions.name(decorator)) + ".<locals>."
                            + wrapper.wrapper().definition().name();
            return obstacle(Crossing.Kind.SHADOWED, site, wrapper, pickled)
                    .at(range(site), site, definition, "The function is defined here");
        }

        private boolean isOnlyNameOf(Site site, String name) {
            return site.expression() instanceof Expression.Name used
                    && used.id().equals(name);
        }

        private List<Obstacle> method(Site site, Value.BoundMethod method) {
            Statement.FunctionDef definition = method.function().definition();
            TextRange place = nameRange(method.function().scope(), definition.nameStart(), definition.name());
            if (!(method.receiver() instanceof Value.Instance instance)) {
                return one(type(site, method, method.receiver()));
            }
            Obstacle ofClass = type(site, method, instance.type());
            if (ofClass != null) {
                return List.of(ofClass);
            }
            Optional<InstanceState.Part> part = state.obstacle(instance, site, atStart);
            if (part.isPresent()) {
                return List.of(obstacle(
                                Crossing.Kind.UNPICKLABLE_SELF,
                                site,
                                method,
                                part.get().what())
                        .in(part.get().attribute())
                        .at(range(site), site, part.get().range(), "It is stored here"));
            }
            return Definitions.isPrivate(definition.name())
                    ? List.of(mangled(site, method.function(), place))
                    : List.of();
        }

        // Classes and instances

        /** Returns an obstacle if a class is not found by its name. */
        private @Nullable Obstacle type(Site site, Value value, Value type) {
            if (type instanceof Value.ClassOf own) {
                TextRange definition = nameRange(
                        own.scope(),
                        own.definition().nameStart(),
                        own.definition().name());
                return Definitions.isLocal(own.scope())
                        ? obstacle(Crossing.Kind.LOCAL_CLASS, site, value, "a class inside a function")
                                .at(range(site), site, definition, "The class is defined here")
                        : absent(site, value, own.scope(), definition);
            }
            if (!(type instanceof Value.MadeClass made)) {
                return null;
            }
            TextRange origin =
                    Callees.nameRange(made.origin().expression(), made.origin().scope());
            if (made.origin().scope().enclosingFunction() != null) {
                return obstacle(Crossing.Kind.LOCAL_CLASS, site, value, "a class made in a function")
                        .at(range(site), site, origin, "The class is made here");
            }
            boolean found = evaluator.scopes().module().bindings(made.name()).stream()
                    .map(Binding::value)
                    .anyMatch(bound ->
                            bound != null && Site.isSame(bound, made.origin().expression()));
            return found || made.origin().scope().kind() != Scope.Kind.MODULE
                    ? null
                    : obstacle(Crossing.Kind.SHADOWED, site, value, made.name())
                            .at(range(site), site, origin, "The class is made here");
        }

        private List<Obstacle> instance(Site site, Value.Instance instance) {
            if (instance.type() instanceof Value.Named named) {
                Optional<Opaque> opaque = evaluator.table().opaque(named.name()).filter(found -> found.stops(atStart));
                if (opaque.isPresent()) {
                    return one(obstacle(
                                    kind(opaque.get()),
                                    site,
                                    instance,
                                    opaque.get().what())
                            .at(range(site), site, origin(site, instance), "It is made here"));
                }
                return CALLABLE_HOLDERS.contains(named.name())
                        ? parts(site, instance.held())
                        : inside(site, instance, parts(site, instance.held()));
            }
            Obstacle ofClass = type(site, instance, instance.type());
            if (ofClass != null) {
                return List.of(ofClass);
            }
            Optional<InstanceState.Part> part = state.obstacle(instance, site, atStart);
            if (part.isEmpty()) {
                return List.of();
            }
            Crossing.Kind kind = evaluator.derivesFrom(instance.type(), "multiprocessing.process.BaseProcess")
                    ? Crossing.Kind.PROCESS_STATE
                    : Crossing.Kind.UNPICKLABLE;
            return one(obstacle(kind, site, instance, part.get().what())
                    .in(part.get().attribute())
                    .at(range(site), site, part.get().range(), "It is stored here"));
        }

        private Crossing.Kind kind(Opaque opaque) {
            return switch (opaque.kind()) {
                case THREAD -> atStart ? Crossing.Kind.THREAD_PRIMITIVE : Crossing.Kind.UNPICKLABLE;
                case SHARED -> Crossing.Kind.SHARED_PRIMITIVE;
                default -> Crossing.Kind.UNPICKLABLE;
            };
        }

        private @Nullable TextRange origin(Site site, Value.Instance instance) {
            Site origin = instance.origin();
            return origin == null || site.range().contains(origin.range())
                    ? null
                    : Callees.nameRange(origin.expression(), origin.scope());
        }

        /** Returns what is wrong with a container of a library that holds something. */
        private List<Obstacle> inside(Site site, Value.Instance instance, List<Obstacle> held) {
            if (held.isEmpty()) {
                return held;
            }
            Obstacle first = held.get(0);
            return one(obstacle(Crossing.Kind.UNPICKLABLE, site, first.value(), first.what())
                    .in("default_factory")
                    .at(range(site), first.culprit(), origin(site, instance), "It is made here"));
        }

        private List<Obstacle> parts(Site site, List<Site> parts) {
            List<Obstacle> all = new ArrayList<>();
            for (Site part : parts) {
                for (Obstacle found : in(part)) {
                    all.add(
                            call.contains(found.range()) || isCallable(found.kind())
                                    ? found
                                    : found.at(range(site), found.culprit(), found.range(), "It is handed on here"));
                }
            }
            return all;
        }

        /** A function is to be changed where it is written; of an object, only the name that hands it over is of interest. */
        private static boolean isCallable(Crossing.Kind kind) {
            return kind == Crossing.Kind.LAMBDA || kind == Crossing.Kind.NESTED_FUNCTION;
        }
    }

    private static final String LAMBDA = "a lambda";

    private static List<Obstacle> one(@Nullable Obstacle obstacle) {
        return obstacle == null ? List.of() : List.of(obstacle);
    }

    private static TextRange nameRange(Scope scope, int start, String name) {
        return new TextRange(scope.base() + start, scope.base() + start + name.length());
    }

    /** Returns the name that says what an expression is, or the expression itself as far as it is on its first line. */
    private TextRange range(Site site) {
        TextRange range = Callees.nameRange(site.expression(), site.scope());
        int end = source.lineEnd(range.start());
        return end < range.end() ? new TextRange(range.start(), end) : range;
    }
}
