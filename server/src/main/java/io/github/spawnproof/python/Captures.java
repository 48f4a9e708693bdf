package io.github.spawnproof.python;

import io.github.spawnproof.boundary.Boundary;
import io.github.spawnproof.python.syntax.Expression;
import io.github.spawnproof.python.syntax.Node;
import io.github.spawnproof.python.syntax.Statement;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Knows which names a nested piece of code takes from around it, and whether their values can be handed over. */
final class Captures {

    /** Names of the functions around a lambda that its body uses, in the order of their first use. */
    record Captured(List<String> names, boolean safe) {}

    private final Evaluator evaluator;
    private final MainOnly mainOnly;
    private final ObstacleFinder obstacles;

    Captures(Evaluator evaluator, MainOnly mainOnly, ObstacleFinder obstacles) {
        this.evaluator = evaluator;
        this.mainOnly = mainOnly;
        this.obstacles = obstacles;
    }

    /** Tells whether a module-level binding happens in the program itself and in no child. */
    boolean isInMainGuard(Binding binding) {
        return mainOnly.isInMainGuard(binding);
    }

    /**
     * Returns what a lambda captures; empty if it cannot be handed over as an argument.
     *
     * @param literal whether it is written where it crosses, so that nothing can change what it captures in between
     * @param atOnce whether it crosses right there, not when some process is started later
     */
    Optional<Captured> ofLambda(Value.LambdaOf value, boolean literal, boolean atOnce) {
        Scope own = evaluator.scopes().of(value.lambda());
        Map<String, Scope> captured = new LinkedHashMap<>();
        boolean[] possible = {true};
        FreeNames.visit(value.lambda().body(), own, evaluator.scopes(), (name, scope) -> {
            if (name.id().equals("super") || name.id().equals("__class__") || Definitions.isPrivate(name.id())) {
                possible[0] = false;
            }
            Scope owner = scope.owner(name.id());
            if (isCaptured(name.id(), owner, own)) {
                captured.put(name.id(), owner);
            }
        });
        if (!possible[0] || usesPrivateAttribute(value.lambda().body())) {
            return Optional.empty();
        }
        boolean safe = true;
        for (Map.Entry<String, Scope> entry : captured.entrySet()) {
            List<Binding> bindings = entry.getValue().bindings(entry.getKey());
            if (!literal && bindings.size() != 1) {
                return Optional.empty();
            }
            // A partial holds the value of now; a lambda would see the value of then.
            if (!atOnce
                    && bindings.stream()
                            .anyMatch(binding ->
                                    binding.position() >= value.site().range().end())) {
                return Optional.empty();
            }
            safe &= atOnce || bindings.size() == 1;
            for (Binding binding : bindings) {
                if (!canCross(binding)) {
                    return Optional.empty();
                }
                safe &= !isReceiver(binding) && (atOnce || binding.kind() != Binding.Kind.ITERATED);
            }
        }
        return Optional.of(new Captured(List.copyOf(captured.keySet()), safe));
    }

    /** Tells whether code with a scope of its own would lose a name, which the owner binds, at module level. */
    boolean isCaptured(String name, Scope owner, Scope own) {
        return isAround(owner, own) && (owner.kind() != Scope.Kind.MODULE || mainOnly.isOnlyInMain(name));
    }

    /** Tells whether a scope is around the other, not that one or of something in it. */
    private static boolean isAround(Scope owner, Scope own) {
        Scope scope = own.parent();
        while (scope != null) {
            if (scope.isSame(owner)) {
                return true;
            }
            scope = scope.parent();
        }
        return false;
    }

    /** Tells whether nothing is known that speaks against sending the bound value. */
    boolean canCross(Binding binding) {
        if (binding.kind() == Binding.Kind.FUNCTION || binding.kind() == Binding.Kind.CLASS) {
            return false;
        }
        if (binding.kind() == Binding.Kind.IMPORT) {
            // A module does not pickle; what was imported from one does, but inside a function nobody knows which it
            // is.
            return false;
        }
        Expression.Name name = new Expression.Name(
                binding.position() - binding.scope().base(),
                binding.position() - binding.scope().base(),
                binding.name());
        Site place = new Site(name, binding.scope());
        return evaluator.value(binding).alternatives().stream()
                .noneMatch(value -> startsProcesses(value) || obstacles.stops(value, place));
    }

    private boolean startsProcesses(Value value) {
        return value instanceof Value.Instance instance
                && instance.type() instanceof Value.Named named
                && List.of("start", "__enter__", "__call__").stream()
                        .anyMatch(method -> evaluator
                                .table()
                                .method(named.name(), method)
                                .filter(Boundary::starts)
                                .isPresent());
    }

    /** Tells whether the name is the first parameter of a method: the object may hold anything. */
    static boolean isReceiver(Binding binding) {
        Scope function = binding.scope();
        Scope parent = function.parent();
        return binding.kind() == Binding.Kind.PARAMETER
                && parent != null
                && parent.kind() == Scope.Kind.CLASS
                && function.owner() instanceof Statement.FunctionDef method
                && method.parameters().list().get(0).name().equals(binding.name());
    }

    static boolean usesPrivateAttribute(Node node) {
        if (node instanceof Expression.Attribute attribute && Definitions.isPrivate(attribute.name())) {
            return true;
        }
        boolean[] found = {false};
        node.forEachChild(child -> found[0] |= usesPrivateAttribute(child));
        return found[0];
    }
}
