package io.github.spawnproof.python;

import io.github.spawnproof.boundary.Consequence;
import io.github.spawnproof.boundary.Crossing;
import io.github.spawnproof.boundary.Misuse;
import io.github.spawnproof.boundary.Role;
import io.github.spawnproof.boundary.StartMethod;
import io.github.spawnproof.boundary.StartMethodChoice;
import io.github.spawnproof.finding.Applicability;
import io.github.spawnproof.finding.Fix;
import io.github.spawnproof.finding.Related;
import io.github.spawnproof.finding.TextEdit;
import io.github.spawnproof.python.syntax.Expression;
import io.github.spawnproof.python.syntax.Statement;
import io.github.spawnproof.source.TextRange;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/** Finds what functions give back that another process calls, as far as no pickle carries it. */
final class ReturnFinder {

    /** What a child could not find by its name it has itself; the others cannot leave it. */
    private static final Set<Crossing.Kind> UNPICKLABLE = EnumSet.of(
            Crossing.Kind.LAMBDA,
            Crossing.Kind.NESTED_FUNCTION,
            Crossing.Kind.LOCAL_CLASS,
            Crossing.Kind.UNPICKLABLE,
            Crossing.Kind.UNPICKLABLE_SELF,
            Crossing.Kind.SHARED_PRIMITIVE);

    private final Evaluator evaluator;
    private final ObstacleFinder obstacles;
    private final TreeMap<TextRange, Misuse> found = new TreeMap<>();

    ReturnFinder(Evaluator evaluator, ObstacleFinder obstacles) {
        this.evaluator = evaluator;
        this.obstacles = obstacles;
    }

    List<Misuse> find(List<Sent> sent) {
        for (Sent one : sent) {
            if (one.role() == Role.TASK) {
                List<Misuse> misuses = new ArrayList<>();
                boolean each = true;
                for (Value value : evaluator.evaluate(one.argument()).alternatives()) {
                    List<Misuse> results = Tasks.function(value, evaluator)
                            .map(function -> results(function, one))
                            .orElse(List.of());
                    each &= !results.isEmpty();
                    misuses.addAll(results);
                }
                if (each) {
                    misuses.forEach(misuse -> found.putIfAbsent(misuse.range(), misuse));
                }
            }
        }
        return List.copyOf(found.values());
    }

    /** Returns the results of a function that cannot be pickled, if all are known and none can. */
    private List<Misuse> results(Value.FunctionOf function, Sent sent) {
        if (function.definition().isAsync()) {
            return List.of(); // Calling it gives a coroutine, whatever it returns.
        }
        TextRange handedOver =
                Callees.nameRange(sent.argument().expression(), sent.argument().scope());
        if (evaluator.isGenerator(function)) {
            Scope scope = function.scope();
            int start = scope.base() + function.definition().nameStart();
            TextRange name =
                    new TextRange(start, start + function.definition().name().length());
            return List.of(misuse(
                    handedOver, "a generator", "", sent, new Related(name, "Calling it makes a generator"), List.of()));
        }
        Returns returns = new Returns(evaluator.scopes());
        for (Statement statement : function.definition().body()) {
            returns.visit(statement, function.scope());
        }
        List<Obstacle> all = new ArrayList<>();
        for (Site site : returns.sites()) {
            if (evaluator.evaluate(site).isNone()) {
                continue;
            }
            Optional<Obstacle> obstacle = obstacles.in(site, site.range(), false).stream()
                    .filter(stopped -> UNPICKLABLE.contains(stopped.kind()))
                    .findFirst();
            if (obstacle.isEmpty()) {
                return List.of(); // What it gives back depends on more than we know.
            }
            all.add(obstacle.get());
        }
        List<Misuse> results = new ArrayList<>();
        for (Obstacle obstacle : all) {
            results.add(misuse(
                    obstacle.range(),
                    obstacle.what(),
                    obstacle.attribute(),
                    sent,
                    new Related(handedOver, "`%s` has another process call it".formatted(sent.api())),
                    list(obstacle, function)));
        }
        return results;
    }

    /** Returns the fix for a generator: a list. */
    private List<Fix> list(Obstacle obstacle, Value.FunctionOf function) {
        boolean generator = obstacle.attribute().isEmpty()
                && obstacle.value() instanceof Value.Elements elements
                && elements.isGenerator();
        if (!generator) {
            return List.of();
        }
        TextRange range = obstacle.culprit().range();
        // A generator expression brings its own parentheses.
        boolean bracketed = obstacle.culprit().expression() instanceof Expression.Comprehended;
        List<TextEdit> edits = bracketed
                ? List.of(TextEdit.insert(range.start(), "list"))
                : List.of(TextEdit.insert(range.start(), "list("), TextEdit.insert(range.end(), ")"));
        // What this process calls itself may rely on a generator.
        boolean called = !evaluator.scopes().calls(function.definition().name()).isEmpty();
        return List.of(new Fix("Return a list", Applicability.of(!called), edits));
    }

    private static Misuse misuse(
            TextRange range, String what, String attribute, Sent sent, Related related, List<Fix> fixes) {
        return new Misuse(
                Misuse.Kind.UNPICKLABLE_RETURN,
                range,
                attribute.isEmpty() ? what : "its `%s`, %s,".formatted(attribute, what),
                sent.api(),
                Consequence.FAILS,
                EnumSet.allOf(StartMethod.class),
                StartMethodChoice.PLATFORM_DEFAULT.notOn(sent.choice().absentFrom()),
                List.of(related),
                fixes);
    }
}
