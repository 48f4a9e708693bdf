package io.github.spawnproof.python;

import io.github.spawnproof.boundary.Boundary;
import io.github.spawnproof.boundary.BoundaryParameter;
import io.github.spawnproof.boundary.Consequence;
import io.github.spawnproof.boundary.Misuse;
import io.github.spawnproof.boundary.StartMethod;
import io.github.spawnproof.finding.Applicability;
import io.github.spawnproof.finding.Fix;
import io.github.spawnproof.finding.Related;
import io.github.spawnproof.python.syntax.Expression;
import io.github.spawnproof.python.syntax.Statement;
import io.github.spawnproof.source.TextRange;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Finds functions for another process that are called here instead, or that only make a coroutine there. */
final class TargetFinder {

    private final Evaluator evaluator;
    private final ObstacleFinder obstacles;
    private final TargetEdits edits;
    private final CoroutineTargets coroutines;

    TargetFinder(Evaluator evaluator, ObstacleFinder obstacles, TargetEdits edits, CoroutineTargets coroutines) {
        this.evaluator = evaluator;
        this.obstacles = obstacles;
        this.edits = edits;
        this.coroutines = coroutines;
    }

    /** Returns the misuses in calls of the table. */
    List<Misuse> find(List<CrossingFinder.KnownCall> calls) {
        List<Misuse> found = new ArrayList<>();
        for (CrossingFinder.KnownCall call : calls) {
            for (Arguments.Argument argument : call.arguments().list()) {
                Misuse misuse = isCalledByAll(call, argument.site()) ? inTarget(call, argument) : null;
                if (misuse != null) {
                    found.add(misuse);
                }
            }
        }
        return found;
    }

    /** Tells whether another process calls the argument, whatever the callee is. */
    private static boolean isCalledByAll(CrossingFinder.KnownCall call, Site site) {
        for (Boundary row : call.rows()) {
            boolean called = Arguments.of(row, call.call(), call.scope()).list().stream()
                    .anyMatch(argument -> argument.parameter().isCalled()
                            && Site.isSame(argument.site().expression(), site.expression()));
            if (!called) {
                return false;
            }
        }
        return true;
    }

    private @Nullable Misuse inTarget(CrossingFinder.KnownCall call, Arguments.Argument argument) {
        Site site = argument.site();
        Misuse coroutine = coroutines.inTarget(call, argument);
        if (coroutine != null || !(site.expression() instanceof Expression.Call inner)) {
            return coroutine;
        }
        Value.FunctionOf first = null;
        boolean raises = true;
        for (Value callee : evaluator.evaluate(inner.function(), site.scope()).alternatives()) {
            Value.FunctionOf function = function(callee);
            if (function == null || !givesNothingToCall(function)) {
                return null;
            }
            first = first == null ? function : first;
            raises &= raises(function, argument.parameter());
        }
        return first == null ? null : called(call, argument, inner, first, raises);
    }

    private static Value.@Nullable FunctionOf function(Value callee) {
        return callee instanceof Value.FunctionOf function
                ? function
                : callee instanceof Value.BoundMethod method ? method.function() : null;
    }

    /** Tells whether a function surely gives back something that nobody can call, or nothing. */
    private boolean givesNothingToCall(Value.FunctionOf function) {
        Statement.FunctionDef definition = function.definition();
        return !definition.isAsync()
                && !evaluator.isGenerator(function)
                && !isStub(definition)
                && evaluator.returnSites(function).stream()
                        .flatMap(site -> evaluator.evaluate(site).alternatives().stream())
                        .allMatch(value -> value instanceof Value.Literal || value instanceof Value.Elements);
    }

    /** Tells whether a function is there for others to override: what they give back, nobody knows. */
    private static boolean isStub(Statement.FunctionDef definition) {
        return definition.body().stream()
                .allMatch(statement -> statement instanceof Statement.Pass
                        || statement instanceof Statement.Raise
                        || (statement instanceof Statement.ExpressionStatement expression
                                && expression.value() instanceof Expression.Constant));
    }

    /** Tells whether what a function gives back surely makes the other process raise: it is no function, and not None. */
    private boolean raises(Value.FunctionOf function, BoundaryParameter parameter) {
        List<Site> sites = evaluator.returnSites(function);
        List<Statement> body = function.definition().body();
        boolean always = !sites.isEmpty() && body.get(body.size() - 1) instanceof Statement.Return;
        boolean none = sites.stream()
                .anyMatch(
                        site -> evaluator.evaluate(site).alternatives().stream().anyMatch(Value::isNone));
        // Process(target=None) runs nothing and ends well; a pool's task None is called: seen by running.
        return parameter.use() == BoundaryParameter.Use.CALLED || (always && !none);
    }

    private Misuse called(
            CrossingFinder.KnownCall call,
            Arguments.Argument argument,
            Expression.Call inner,
            Value.FunctionOf function,
            boolean raises) {
        Site site = argument.site();
        TextRange range = Callees.nameRange(inner.function(), site.scope());
        String name = function.definition().name();
        TextRange definition = nameRange(function);
        List<Related> related = List.of(new Related(
                definition,
                evaluator.returnSites(function).isEmpty()
                        ? "`%s` returns nothing".formatted(name)
                        : "`%s` returns no function".formatted(name)));
        return new Misuse(
                Misuse.Kind.TARGET_CALLED,
                range,
                name,
                call.rows().get(0).shortName(),
                raises ? Consequence.FAILS : Consequence.MISBEHAVES,
                Set.of(StartMethod.values()),
                evaluator.choiceAt(call.scope().base() + call.call().start()),
                related,
                canCross(new Site(inner.function(), site.scope()), inner, range)
                        // Unsafe: what the function does is done by another process then.
                        ? Fix.ifAny(
                                "Hand over the function itself",
                                Applicability.UNSAFE,
                                edits.handOver(call, argument, inner))
                        : List.of());
    }

    static TextRange nameRange(Value.FunctionOf function) {
        int start = function.scope().base() + function.definition().nameStart();
        return new TextRange(start, start + function.definition().name().length());
    }

    /** Tells whether nothing is known that stops the function and what it is called with from getting to the process. */
    private boolean canCross(Site function, Expression.Call inner, TextRange range) {
        List<Site> parts = new ArrayList<>(List.of(function));
        inner.arguments().forEach(argument -> parts.add(new Site(argument, function.scope())));
        inner.keywords().forEach(keyword -> parts.add(new Site(keyword.value(), function.scope())));
        return parts.stream().allMatch(part -> obstacles.in(part, range, false).isEmpty());
    }
}
