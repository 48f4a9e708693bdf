package io.github.spawnproof.python;

import io.github.spawnproof.boundary.Boundary;
import io.github.spawnproof.boundary.Consequence;
import io.github.spawnproof.boundary.Misuse;
import io.github.spawnproof.boundary.StartMethod;
import io.github.spawnproof.finding.Applicability;
import io.github.spawnproof.finding.Fix;
import io.github.spawnproof.finding.Related;
import io.github.spawnproof.finding.TextEdit;
import io.github.spawnproof.python.syntax.Expression;
import io.github.spawnproof.python.syntax.PythonTree;
import io.github.spawnproof.python.syntax.Statement;
import io.github.spawnproof.source.TextRange;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** Finds tasks for pools whose workers were forked before the function of the task was defined. */
final class PoolOrderFinder {

    private final PythonTree tree;
    private final Evaluator evaluator;
    private final Variables variables;
    private final MainOnly mainOnly;
    private final CrossingFinder crossings;
    private final LineMoves moves;

    PoolOrderFinder(
            PythonTree tree, Evaluator evaluator, Variables variables, MainOnly mainOnly, CrossingFinder crossings) {
        this.tree = tree;
        this.evaluator = evaluator;
        this.variables = variables;
        this.mainOnly = mainOnly;
        this.crossings = crossings;
        this.moves = new LineMoves(tree);
    }

    /** Returns the misuses in calls of the table. */
    List<Misuse> find(List<CrossingFinder.KnownCall> calls) {
        List<Misuse> found = new ArrayList<>();
        Set<TextRange> reported = new TreeSet<>();
        for (CrossingFinder.KnownCall call : calls) {
            Site pool = made(call);
            for (Arguments.Argument argument : call.arguments().list()) {
                if (pool != null
                        && argument.parameter().isCalled()
                        && evaluator.evaluate(argument.site()) instanceof Value.FunctionOf function
                        && isDefinedAfter(function, pool)) {
                    Misuse misuse = misuse(call, argument.site(), function, pool);
                    if (reported.add(misuse.range())) {
                        found.add(misuse);
                    }
                }
            }
        }
        return found;
    }

    /** Returns where the pool was made that a task is for, if that is on module level and its workers began there. */
    private @Nullable Site made(CrossingFinder.KnownCall call) {
        if (call.callees().size() != 1
                || !(call.callees().get(0) instanceof Value.LibraryMethod method)
                || !(method.receiver() instanceof Value.Instance pool)
                || pool.origin() == null
                || pool.origin().scope().kind() != Scope.Kind.MODULE
                || !(pool.origin().expression() instanceof Expression.Call made)) {
            return null;
        }
        boolean starts = evaluator
                .boundary(evaluator.evaluate(made.function(), pool.origin().scope()))
                .filter(Boundary::starts)
                .isPresent();
        return starts ? pool.origin() : null;
    }

    private boolean isDefinedAfter(Value.FunctionOf function, Site pool) {
        String name = function.definition().name();
        return Definitions.isTopLevel(function.scope())
                && evaluator.scopes().module().bindings(name).size() == 1
                && pool.range().start() < TargetFinder.nameRange(function).start();
    }

    private Misuse misuse(CrossingFinder.KnownCall call, Site argument, Value.FunctionOf function, Site pool) {
        TextRange definition = TargetFinder.nameRange(function);
        boolean inGuard = mainOnly.isInMainGuard(definition.start());
        Scope around = call.scope().enclosingFunction();
        TextRange given = Callees.nameRange(argument.expression(), argument.scope());
        TextRange place = inGuard && around != null ? crossings.callInGuard(around, 0) : null;
        String name = function.definition().name();
        List<Related> related = new ArrayList<>();
        related.add(new Related(Callees.nameRange(pool.expression(), pool.scope()), "The workers begin here"));
        related.add(new Related(definition, "`%s` is defined only here".formatted(name)));
        if (place != null) {
            related.add(new Related(given, "It is handed over here"));
        }
        return new Misuse(
                Misuse.Kind.POOL_BEFORE_DEFINITION,
                place == null ? given : place,
                name,
                call.rows().get(0).shortName(),
                Consequence.FAILS,
                // Workers that import the module find all that is on its top level, but nothing of the guard.
                inGuard ? EnumSet.allOf(StartMethod.class) : EnumSet.of(StartMethod.FORK),
                call.choice(evaluator),
                related,
                // Out of the guard, as guard-only-definition has it, the function is there for all.
                inGuard
                        ? List.of()
                        : Fix.ifAny(
                                "Make the pool where it is first used", Applicability.UNSAFE, moved(function, pool)));
    }

    /** Returns the edits that make the pool just before the statement that uses it first. */
    private List<TextEdit> moved(Value.FunctionOf function, Site origin) {
        int index = tree.topLevelAt(origin.range().start());
        Statement root = tree.statements().get(index).statement();
        if (!(StatementBlocks.innermost(origin.expression(), root) instanceof Statement.Assign assign)
                || !Site.isSame(assign.value(), origin.expression())
                || !(assign.targets().get(0) instanceof Expression.Name name)
                || assign.targets().size() > 1) {
            return List.of();
        }
        NameWalk.Use first = variables.uses(Variables.Variable.of(name.id(), origin.scope())).stream()
                .filter(use -> !Site.isSame(use.name(), name))
                .min(Comparator.comparing(NameWalk.Use::range))
                .orElse(null);
        if (first == null
                || first.isDeferred()
                || first.range().start() < TargetFinder.nameRange(function).start()) {
            return List.of();
        }
        Statement using = Site.isSame(assign, root)
                ? tree.statements().get(tree.topLevelAt(first.range().start())).statement()
                : StatementBlocks.around(assign, root).stream()
                        .filter(beside -> Site.range(beside, origin.scope()).contains(first.range()))
                        .findFirst()
                        .orElse(null);
        return using == null
                ? List.of()
                : moves.before(Site.range(assign, origin.scope()), Site.range(using, first.scope()));
    }
}
