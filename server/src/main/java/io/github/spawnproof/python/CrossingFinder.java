package io.github.spawnproof.python;

import io.github.spawnproof.boundary.ApiUse;
import io.github.spawnproof.boundary.Boundary;
import io.github.spawnproof.boundary.Crossing;
import io.github.spawnproof.boundary.Role;
import io.github.spawnproof.boundary.StartMethodChoice;
import io.github.spawnproof.finding.Related;
import io.github.spawnproof.python.syntax.Expression;
import io.github.spawnproof.python.syntax.Node;
import io.github.spawnproof.python.syntax.PythonTree;
import io.github.spawnproof.python.syntax.Statement;
import io.github.spawnproof.python.syntax.TopLevel;
import io.github.spawnproof.source.CancelToken;
import io.github.spawnproof.source.TextRange;
import java.util.ArrayList;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Finds the values that cross to another process by pickle, in all code of a module. */
final class CrossingFinder {

    /** A call that stands for rows of the table, whatever its callee turns out to be. */
    private record KnownCall(Expression.Call call, Scope scope, List<Value> callees, List<Boundary> rows) {}

    /** How an argument crosses; of several possible ways the mildest. */
    private record Way(String api, boolean atStart, StartMethodChoice choice, boolean items, String parameter) {}

    /** A lambda that crosses, and the expression that hands it over. */
    private record Carried(TextRange range, Value.LambdaOf lambda) {}

    private final Evaluator evaluator;
    private final LambdaLift lift;
    private final List<KnownCall> calls = new ArrayList<>();
    private final List<ApiUse> apiUses = new ArrayList<>();
    private final NameUses uses;
    private final TreeMap<TextRange, Crossing> crossings = new TreeMap<>();

    CrossingFinder(Evaluator evaluator, LambdaLift lift) {
        this.evaluator = evaluator;
        this.lift = lift;
        this.uses = new NameUses(evaluator.scopes());
    }

    void find(PythonTree tree, CancelToken cancel) {
        for (int i = 0; i < tree.statements().size(); i++) {
            cancel.check();
            TopLevel topLevel = tree.statements().get(i);
            collect(topLevel.statement(), evaluator.scopes().topLevel(i));
        }
        for (Scopes.Import imported : evaluator.scopes().imports()) {
            evaluator
                    .table()
                    .callable(evaluator.table().canonical(imported.name()))
                    .ifPresent(row -> apiUses.add(new ApiUse(imported.range(), row)));
        }
        if (calls.stream().anyMatch(call -> call.rows().get(0).onlyIfStarted())) {
            for (int i = 0; i < tree.statements().size(); i++) {
                uses.collect(
                        tree.statements().get(i).statement(), evaluator.scopes().topLevel(i));
            }
        }
        boolean managersStart = calls.stream().anyMatch(this::startsManager);
        for (KnownCall call : calls) {
            cancel.check();
            cross(call, managersStart);
        }
    }

    /** Returns the crossings in the order of the text. */
    List<Crossing> crossings() {
        return List.copyOf(crossings.values());
    }

    List<ApiUse> apiUses() {
        return apiUses;
    }

    private void collect(Node node, Scope scope) {
        if (node instanceof Expression.Call call) {
            known(call, scope);
        } else if (node instanceof Statement.With with) {
            with.items().forEach(item -> entered(item, with.isAsync(), scope));
        }
        evaluator.scopes().forEachChild(node, scope, this::collect);
    }

    private void known(Expression.Call call, Scope scope) {
        List<Value> callees = new ArrayList<>();
        List<Boundary> rows = new ArrayList<>();
        for (Value callee : evaluator.evaluate(call.function(), scope).alternatives()) {
            if (callee.isNone()) {
                continue;
            }
            Optional<Boundary> row = evaluator.boundary(callee);
            if (row.isEmpty() || !evaluator.meets(row.get(), Arguments.of(row.get(), call, scope))) {
                return;
            }
            callees.add(callee);
            rows.add(row.get());
        }
        if (!rows.isEmpty()) {
            calls.add(new KnownCall(call, scope, callees, rows));
            apiUses.add(new ApiUse(Callees.nameRange(call.function(), scope), rows.get(0)));
        }
    }

    private void entered(Node.WithItem item, boolean isAsync, Scope scope) {
        Value manager = evaluator.evaluate(item.context(), scope);
        if (!(item.context() instanceof Expression.Call)) {
            Value method = evaluator.specialMethod(manager, isAsync ? "__aenter__" : "__enter__");
            evaluator
                    .boundary(method)
                    .ifPresent(row -> apiUses.add(new ApiUse(Callees.nameRange(item.context(), scope), row)));
        }
    }

    /** Tells whether the call starts a manager's process: only then do registered callables cross. */
    private boolean startsManager(KnownCall call) {
        return call.rows().stream()
                .anyMatch(row -> row.starts() && row.name().startsWith("multiprocessing.managers.BaseManager."));
    }

    private void cross(KnownCall call, boolean managersStart) {
        Boundary first = call.rows().get(0);
        boolean started =
                !first.onlyIfStarted() || (first.returns() == null ? managersStart : uses.mayBeStarted(call.call()));
        if (!first.crosses() || !started) {
            return;
        }
        for (Arguments.Argument argument :
                Arguments.of(first, call.call(), call.scope()).list()) {
            Way way = way(call, argument);
            if (way != null) {
                cross(call, argument.site(), way);
            }
        }
    }

    /** Returns how an argument crosses, if it does whatever the callee is. */
    private @Nullable Way way(KnownCall call, Arguments.Argument argument) {
        Way mildest = null;
        for (int i = 0; i < call.rows().size(); i++) {
            Boundary row = call.rows().get(i);
            Arguments arguments = Arguments.of(row, call.call(), call.scope());
            Role role = roleOf(arguments, argument.site());
            if (role == null || !role.crossesByPickle()) {
                return null;
            }
            boolean atStart = role == Role.AT_START;
            if (mildest == null || (atStart && !mildest.atStart())) {
                mildest = new Way(
                        row.shortName(),
                        atStart,
                        evaluator
                                .choice(row, call.callees().get(i), arguments)
                                .notOn(evaluator
                                        .limits()
                                        .absentAt(call.scope().base()
                                                + call.call().start())),
                        role == Role.ITEMS_PICKLED,
                        argument.parameter().name());
            }
        }
        return mildest;
    }

    private static @Nullable Role roleOf(Arguments arguments, Site site) {
        for (Arguments.Argument argument : arguments.list()) {
            if (Site.isSame(argument.site().expression(), site.expression())) {
                return argument.parameter().role();
            }
        }
        return null;
    }

    private void cross(KnownCall call, Site argument, Way way) {
        List<Carried> lambdas = new ArrayList<>();
        Set<Expression> visited = Collections.newSetFromMap(new IdentityHashMap<>());
        boolean found = false;
        for (Site site : way.items() ? items(argument) : List.of(argument)) {
            List<Carried> carried = carried(site, visited);
            lambdas.addAll(carried);
            found |= !carried.isEmpty();
        }
        if (!found) {
            add(new Crossing(
                    way.api(),
                    argument.range(),
                    Crossing.Kind.OTHER,
                    way.atStart(),
                    way.choice(),
                    List.of(),
                    List.of(),
                    false));
        }
        for (Carried carried : lambdas) {
            LambdaLift.Lifted lifted =
                    lift.lift(carried.lambda(), way.parameter(), sentLiterally(call, carried), !way.atStart());
            add(new Crossing(
                    way.api(),
                    carried.range(),
                    Crossing.Kind.LAMBDA,
                    way.atStart(),
                    way.choice(),
                    related(call, carried, way),
                    lifted.edits(),
                    lifted.safe()));
        }
    }

    /** Keeps one crossing for a place: of several the one that fails under more start methods, else the first. */
    private void add(Crossing crossing) {
        crossings.merge(
                crossing.range(),
                crossing,
                (old, fresh) -> old.kind() != Crossing.Kind.LAMBDA || (old.atStart() && !fresh.atStart())
                        ? fresh.kind() == Crossing.Kind.LAMBDA ? fresh : old
                        : old);
    }

    private static boolean sentLiterally(KnownCall call, Carried carried) {
        return Site.range(call.call(), call.scope())
                .contains(carried.lambda().site().range());
    }

    private static List<Related> related(KnownCall call, Carried carried, Way way) {
        List<Related> related = new ArrayList<>();
        TextRange lambda = carried.lambda().site().range();
        if (!lambda.contains(carried.range().start())) {
            related.add(new Related(lambda, "The lambda is made here"));
        }
        TextRange callRange = Site.range(call.call(), call.scope());
        if (!callRange.contains(carried.range())) {
            related.add(new Related(
                    Callees.nameRange(call.call().function(), call.scope()),
                    "`%s` sends it to another process here".formatted(way.api())));
        }
        return related;
    }

    /** Returns the items of an iterable, as far as the text shows them. */
    private List<Site> items(Site iterable) {
        Value value = evaluator.evaluate(iterable);
        return value instanceof Value.Elements elements ? elements.items() : List.of();
    }

    /**
     * Returns the lambdas that surely are the expression's value or part of it. Each is blamed on the last place that
     * hands it on: itself where it is written as an argument or element, else the name that stands for it there.
     */
    private List<Carried> carried(Site site, Set<Expression> visited) {
        Expression expression = site.expression();
        if (!visited.add(expression)) {
            return List.of();
        }
        if (expression instanceof Expression.Lambda lambda) {
            return List.of(new Carried(firstLine(site.range()), new Value.LambdaOf(lambda, site)));
        } else if (expression instanceof Expression.Starred starred) {
            return carried(new Site(starred.value(), site.scope()), visited);
        } else if (expression instanceof Expression.NamedExpr named) {
            return carried(new Site(named.value(), site.scope()), visited);
        } else if (expression instanceof Expression.IfExp choice) {
            return every(
                    List.of(new Site(choice.body(), site.scope()), new Site(choice.orElse(), site.scope())), visited);
        } else if (expression instanceof Expression.BoolOp operation) {
            return every(
                    operation.values().stream()
                            .map(operand -> new Site(operand, site.scope()))
                            .toList(),
                    visited);
        } else if (expression instanceof Expression.Comprehended comprehended
                && comprehended.kind() == Expression.ComprehensionKind.GENERATOR) {
            return List.of();
        }
        return carriedByValue(site, visited);
    }

    private List<Carried> carriedByValue(Site site, Set<Expression> visited) {
        List<Carried> all = new ArrayList<>();
        for (Value value : evaluator.evaluate(site).alternatives()) {
            List<Carried> carried = new ArrayList<>();
            if (value instanceof Value.LambdaOf lambda) {
                carried.add(new Carried(Callees.nameRange(site.expression(), site.scope()), lambda));
            } else {
                List<Site> parts = value instanceof Value.Instance instance
                        ? instance.held()
                        : value instanceof Value.Elements elements ? elements.items() : List.of();
                parts.forEach(part -> carried.addAll(carried(part, visited)));
            }
            if (carried.isEmpty()) {
                return List.of();
            }
            all.addAll(carried);
        }
        // Several lambdas that one name may stand for are one finding, at the name.
        return all.size() > 1 && all.stream().map(Carried::range).distinct().count() == 1 ? all.subList(0, 1) : all;
    }

    private List<Carried> every(List<Site> alternatives, Set<Expression> visited) {
        List<Carried> all = new ArrayList<>();
        for (Site alternative : alternatives) {
            List<Carried> carried = carried(alternative, visited);
            if (carried.isEmpty()) {
                return List.of();
            }
            all.addAll(carried);
        }
        return all;
    }

    /** Returns the part of a lambda's range that is on its first line. */
    private TextRange firstLine(TextRange range) {
        int end = lift.source().lineEnd(range.start());
        return end < range.end() ? new TextRange(range.start(), end) : range;
    }
}
