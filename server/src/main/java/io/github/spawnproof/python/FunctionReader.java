package io.github.spawnproof.python;

import io.github.spawnproof.boundary.Boundary;
import io.github.spawnproof.boundary.Role;
import io.github.spawnproof.finding.Related;
import io.github.spawnproof.python.syntax.Expression;
import io.github.spawnproof.python.syntax.Node;
import io.github.spawnproof.python.syntax.PythonTree;
import io.github.spawnproof.source.DocumentSnapshot;
import io.github.spawnproof.source.TextRange;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Finds out what functions of a module do to whoever calls them: what they start, and what becomes of the arguments. */
final class FunctionReader {

    /**
     * What calling a function does.
     *
     * @param start the start that it leads to; null if there is none for sure
     * @param roles what becomes of the arguments, by parameter
     * @param crossings the calls that lead to the one that sends an argument, by parameter
     */
    record Effects(StartFinder.@Nullable Start start, Map<String, Role> roles, Map<String, List<Related>> crossings) {

        static final Effects NONE = new Effects(null, Map.of(), Map.of());
    }

    private final DocumentSnapshot snapshot;
    private final PythonTree tree;
    private final Evaluator evaluator;
    private final StartFinder starts;
    private final ProgramView view;
    private final Function<Value.FunctionOf, String> names;
    private @Nullable NameUses uses;

    /**
     * Makes a reader of a module's functions.
     *
     * @param view what the module knows of the program, itself included
     * @param names returns the canonical name of a function or method
     */
    FunctionReader(
            DocumentSnapshot snapshot,
            PythonTree tree,
            Evaluator evaluator,
            StartFinder starts,
            ProgramView view,
            Function<Value.FunctionOf, String> names) {
        this.snapshot = snapshot;
        this.tree = tree;
        this.evaluator = evaluator;
        this.starts = starts;
        this.view = view;
        this.names = names;
    }

    /** Tells whether calling a function does not run it yet. */
    boolean isPutOff(Value.FunctionOf function) {
        return function.definition().isAsync() || evaluator.isGenerator(function);
    }

    /** Returns the parameters that a call gives arguments for: those of a method without its receiver. */
    static List<Node.Parameter> parameters(Value.FunctionOf function) {
        List<Node.Parameter> all = function.definition().parameters().list();
        Scope outer = function.scope().parent();
        boolean bound = outer != null
                && outer.kind() == Scope.Kind.CLASS
                && !Evaluator.isDecoratedWith(function.definition(), "staticmethod");
        return bound && !all.isEmpty() ? all.subList(1, all.size()) : all;
    }

    /** Returns what a call of a function does. */
    Effects read(Value.FunctionOf function, Given given) {
        if (isPutOff(function)) {
            return Effects.NONE;
        }
        Map<String, Expression.Constant> known = known(function, given);
        StartFinder.Body body = starts.body(function, known);
        Map<String, Role> roles = new HashMap<>();
        Map<String, List<Related>> crossings = new HashMap<>();
        for (Scopes.CallSite site : body.calls()) {
            new Flow(function, known, roles, crossings).follow(site);
        }
        return new Effects(body.start() == null ? null : located(body.start()), roles, crossings);
    }

    private Map<String, Expression.Constant> known(Value.FunctionOf function, Given given) {
        Map<String, Expression.Constant> known = new HashMap<>();
        Scope outer = function.scope().parent();
        for (Node.Parameter parameter : parameters(function)) {
            Optional<Expression.Constant> argument = given.arguments().get(parameter.name());
            if (argument != null) {
                argument.ifPresent(constant -> known.put(parameter.name(), constant));
            } else if (given.complete() && parameter.defaultValue() != null && outer != null) {
                Expression.Constant constant = starts.constant(parameter.defaultValue(), outer, Map.of());
                if (constant != null) {
                    known.put(parameter.name(), Given.placeless(constant));
                }
            }
        }
        return known;
    }

    private StartFinder.Start located(StartFinder.Start start) {
        return start.along(start.path().stream().map(this::located).toList());
    }

    private Related located(Related place) {
        return place.document() == null ? new Related(place.range(), place.message(), snapshot) : place;
    }

    /** Follows the arguments of one function. */
    private final class Flow {
        private final Value.FunctionOf function;
        private final Map<String, Expression.Constant> known;
        private final Map<String, Role> roles;
        private final Map<String, List<Related>> crossings;

        Flow(
                Value.FunctionOf function,
                Map<String, Expression.Constant> known,
                Map<String, Role> roles,
                Map<String, List<Related>> crossings) {
            this.function = function;
            this.known = known;
            this.roles = roles;
            this.crossings = crossings;
        }

        void follow(Scopes.CallSite site) {
            Expression.Call call = site.call();
            Scope scope = site.scope();
            if (call.function() instanceof Expression.Name) {
                parameters(new Site(call.function(), scope)).forEach(name -> roles.putIfAbsent(name, Role.RUN));
            }
            List<Boundary> rows = new ArrayList<>();
            for (Value callee : evaluator.evaluate(call.function(), scope).alternatives()) {
                if (callee.isNone()) {
                    continue;
                }
                Boundary row = row(callee, call, scope);
                if (row == null) {
                    return;
                }
                rows.add(row);
            }
            if (rows.isEmpty() || (rows.get(0).onlyIfStarted() && !uses().mayBeStarted(call))) {
                return;
            }
            for (Arguments.Argument argument :
                    Arguments.of(rows.get(0), call, scope).list()) {
                Role role = role(argument.site(), rows, call, scope);
                if (role != null) {
                    hand(argument, role, rows.get(0), call, scope);
                }
            }
        }

        /** Returns what becomes of an argument whatever the callee is; of several possible ways the mildest. */
        private @Nullable Role role(Site argument, List<Boundary> rows, Expression.Call call, Scope scope) {
            Role mildest = null;
            for (Boundary row : rows) {
                Role role = Arguments.of(row, call, scope).roleOf(argument);
                if (role == null || !(role.isPickled() || role == Role.RUN)) {
                    return null;
                }
                mildest = mildest == null || role == Role.RUN || (role == Role.AT_START && mildest != Role.RUN)
                        ? role
                        : mildest;
            }
            return mildest;
        }

        private @Nullable Boundary row(Value callee, Expression.Call call, Scope scope) {
            Value.FunctionOf own = callee instanceof Value.FunctionOf plain
                    ? plain
                    : callee instanceof Value.BoundMethod method ? method.function() : null;
            if (own != null) {
                Boundary bare = ModuleCode.row(names.apply(own), own, Effects.NONE, null, null);
                return Definitions.isLocal(own.scope())
                        ? bare
                        : view.callable(bare.name(), evaluator.given(bare, call, scope, this::constant))
                                .orElse(bare);
            }
            Boundary row =
                    evaluator.boundary(callee, call, scope, this::constant).orElse(null);
            return row != null && evaluator.meets(row, Arguments.of(row, call, scope)) ? row : null;
        }

        private Expression.@Nullable Constant constant(Site site) {
            return starts.constant(site.expression(), site.scope(), known);
        }

        private void hand(Arguments.Argument argument, Role role, Boundary row, Expression.Call call, Scope scope) {
            Set<String> names = new HashSet<>();
            Role handed = role;
            if (role == Role.ITEMS_PICKLED) {
                names.addAll(parameters(argument.site()));
                if (names.isEmpty()) {
                    handed = Role.PICKLED;
                    items(argument.site(), names);
                }
            } else {
                names.addAll(role == Role.RUN ? parameters(argument.site()) : parts(argument.site()));
                if (names.isEmpty() && role.isPickled()) {
                    handed = Role.ITEMS_PICKLED;
                    names.addAll(iterated(argument.site()));
                }
            }
            for (String name : names) {
                Role old = roles.get(name);
                if (old == null || !old.isPickled() || (old == Role.AT_START && handed.isPickled())) {
                    roles.put(name, handed);
                    if (handed.isPickled()) {
                        crossings.put(name, path(argument, row, call, scope));
                    }
                }
            }
        }

        private List<Related> path(Arguments.Argument argument, Boundary row, Expression.Call call, Scope scope) {
            TextRange range = Callees.nameRange(call.function(), scope);
            if (row.trail() == null) {
                return List.of(new Related(
                        range, "`%s` sends it to another process here".formatted(row.shortName()), snapshot));
            }
            List<Related> path = new ArrayList<>();
            path.add(new Related(
                    range,
                    "`%s` hands it on here".formatted(function.definition().name()),
                    snapshot));
            path.addAll(
                    row.trail().crossings().getOrDefault(argument.parameter().name(), List.of()));
            return path;
        }

        private void items(Site iterable, Set<String> names) {
            if (evaluator.evaluate(iterable) instanceof Value.Elements elements) {
                elements.items().forEach(item -> names.addAll(parts(item)));
            }
        }

        /** Returns the parameters of whose items a value is one, and is nothing else. */
        private Set<String> iterated(Site site) {
            Set<String> names = new HashSet<>();
            if (site.expression() instanceof Expression.Name name) {
                for (Binding binding :
                        evaluator.reaching(name.id(), site.scope(), site.range().start())) {
                    if (binding.kind() != Binding.Kind.ITERATED
                            || binding.index() != Binding.WHOLE
                            || binding.value() == null) {
                        return Set.of();
                    }
                    names.addAll(parameters(new Site(binding.value(), binding.scope())));
                }
            }
            return names;
        }

        /** Returns the parameters that are part of a value: itself, an element, what a partial holds. */
        private Set<String> parts(Site site) {
            Set<String> names = new HashSet<>(parameters(site));
            if (names.isEmpty()) {
                Value value = evaluator.evaluate(site);
                if (value instanceof Value.Elements elements) {
                    elements.items().forEach(item -> names.addAll(parameters(item)));
                } else if (value instanceof Value.Instance instance) {
                    instance.held().forEach(item -> names.addAll(parameters(item)));
                }
            }
            return names;
        }

        /** Returns the parameters of the function that an expression may be, and is nothing else. */
        private Set<String> parameters(Site site) {
            Expression expression = site.expression();
            if (expression instanceof Expression.Starred starred) {
                return parameters(new Site(starred.value(), site.scope()));
            } else if (expression instanceof Expression.Name name) {
                Set<String> names = new HashSet<>();
                for (Binding binding :
                        evaluator.reaching(name.id(), site.scope(), site.range().start())) {
                    if (binding.kind() == Binding.Kind.PARAMETER
                            && binding.scope().isSame(function.scope())) {
                        names.add(binding.name());
                    } else if (binding.kind() == Binding.Kind.ASSIGNED
                            && binding.value() instanceof Expression.Name other
                            && !other.id().equals(name.id())) {
                        names.addAll(parameters(new Site(other, binding.scope())));
                    } else {
                        return Set.of();
                    }
                }
                return names;
            }
            return Set.of();
        }
    }

    private NameUses uses() {
        NameUses found = uses;
        if (found == null) {
            found = new NameUses(evaluator.scopes());
            for (int i = 0; i < tree.statements().size(); i++) {
                found.collect(
                        tree.statements().get(i).statement(), evaluator.scopes().topLevel(i));
            }
            uses = found;
        }
        return found;
    }
}
