package io.github.spawnproof.python;

import io.github.spawnproof.boundary.Boundary;
import io.github.spawnproof.boundary.Consequence;
import io.github.spawnproof.boundary.Misuse;
import io.github.spawnproof.boundary.Role;
import io.github.spawnproof.boundary.StartMethod;
import io.github.spawnproof.boundary.StartMethodChoice;
import io.github.spawnproof.boundary.Target;
import io.github.spawnproof.finding.Applicability;
import io.github.spawnproof.finding.Fix;
import io.github.spawnproof.finding.Related;
import io.github.spawnproof.finding.TextEdit;
import io.github.spawnproof.python.syntax.Expression;
import io.github.spawnproof.source.TextRange;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/** Finds locks and queues of a forking context that are given to processes which another one starts. */
final class ContextFinder {

    private static final Set<StartMethod> FORK = Set.of(StartMethod.FORK);

    private final Evaluator evaluator;
    private final TreeMap<TextRange, Misuse> found = new TreeMap<>();

    ContextFinder(Evaluator evaluator) {
        this.evaluator = evaluator;
    }

    /** Returns the misuses in calls of the table. */
    List<Misuse> find(List<CrossingFinder.KnownCall> calls) {
        for (CrossingFinder.KnownCall call : calls) {
            for (Arguments.Argument argument : call.arguments().list()) {
                if (argument.parameter().role() == Role.AT_START && call.rows().size() == 1) {
                    items(argument.site()).forEach(item -> given(call, item));
                }
            }
        }
        return List.copyOf(found.values());
    }

    private List<Site> items(Site argument) {
        return evaluator.evaluate(argument) instanceof Value.Elements elements && !elements.isGenerator()
                ? elements.items()
                : List.of(argument);
    }

    private void given(CrossingFinder.KnownCall call, Site item) {
        if (!(evaluator.evaluate(item) instanceof Value.Instance made)
                || made.origin() == null
                || !(made.origin().expression() instanceof Expression.Call making)) {
            return;
        }
        Site origin = made.origin();
        Optional<Boundary> row = evaluator.boundary(evaluator.evaluate(making.function(), origin.scope()));
        if (row.isEmpty()
                || !evaluator
                        .table()
                        .isBoundToContext(
                                row.get(),
                                Arguments.of(row.get(), making, origin.scope()).list().stream()
                                        .map(argument -> argument.parameter().name())
                                        .collect(Collectors.toSet()))) {
            return;
        }
        StartMethodChoice process = call.choice(evaluator);
        // Where both follow the default, they have the same context.
        if (made.choice().certain()) {
            StartMethodChoice choice = process.notOn(
                    targets(target -> !possible(made.choice(), target).equals(FORK)));
            add(call, item, row.get(), origin, Set.of(StartMethod.SPAWN, StartMethod.FORKSERVER), choice);
        } else if (process.certain()) {
            StartMethodChoice choice = made.choice()
                    .notOn(targets(target -> possible(process, target).isEmpty()
                            || possible(process, target).contains(StartMethod.FORK)));
            add(call, item, row.get(), origin, FORK, choice);
        }
    }

    private void add(
            CrossingFinder.KnownCall call,
            Site item,
            Boundary maker,
            Site origin,
            Set<StartMethod> under,
            StartMethodChoice choice) {
        TextRange range = Callees.nameRange(item.expression(), item.scope());
        TextRange made = Callees.nameRange(origin.expression(), origin.scope());
        Related process = new Related(
                Callees.nameRange(call.call().function(), call.scope()), "The process comes from another context");
        found.putIfAbsent(
                range,
                new Misuse(
                        Misuse.Kind.MIXED_CONTEXTS,
                        range,
                        maker.shortName(),
                        call.rows().get(0).shortName(),
                        Consequence.FAILS,
                        under,
                        choice,
                        made.equals(range) ? List.of(process) : List.of(new Related(made, "It is made here"), process),
                        Fix.ifAny(
                                "Make both with the same context",
                                Applicability.SAFE,
                                ofContext(call, origin, maker.shortName()))));
    }

    private static Set<StartMethod> possible(StartMethodChoice choice, Target target) {
        return choice.possible(target, target.defaultStartMethod(), true);
    }

    private static Set<Target> targets(Predicate<Target> condition) {
        Set<Target> chosen = new HashSet<>(Target.known());
        chosen.removeIf(condition.negate());
        return chosen;
    }

    /** Returns the edit that makes a lock or queue with the context of the process, if that has a name by then. */
    private List<TextEdit> ofContext(CrossingFinder.KnownCall call, Site origin, String name) {
        if (!(call.call().function() instanceof Expression.Attribute attribute)
                || !(attribute.value() instanceof Expression.Name context)
                || !(origin.expression() instanceof Expression.Call made)) {
            return List.of();
        }
        Scope owner = call.scope().owner(context.id());
        List<Binding> bindings = owner.bindings(context.id());
        boolean isThere = bindings.size() == 1
                && bindings.get(0).kind() == Binding.Kind.ASSIGNED
                && origin.scope().owner(context.id()).isSame(owner)
                && bindings.get(0).scope().isInFunctionOf(origin.scope())
                && bindings.get(0).position() <= origin.range().start()
                && bindings.get(0).block().contains(origin.range().start());
        return isThere
                ? List.of(TextEdit.replace(Site.range(made.function(), origin.scope()), context.id() + "." + name))
                : List.of();
    }
}
