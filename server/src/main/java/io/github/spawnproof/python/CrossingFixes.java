package io.github.spawnproof.python;

import io.github.spawnproof.boundary.Crossing;
import io.github.spawnproof.finding.Applicability;
import io.github.spawnproof.finding.Fix;
import io.github.spawnproof.finding.TextEdit;
import io.github.spawnproof.python.syntax.Expression;
import io.github.spawnproof.source.TextRange;
import java.util.List;

/** Chooses the fixes for what stops a value on its way to another process. */
final class CrossingFixes {

    private final MainFile mainFile;
    private final Lifts lifts;
    private final MainOnlyFix mainOnly;
    private final MethodFixes methods;
    private final TwinFix twins;
    private final RunFix run;
    private final ManagerFix managers;

    CrossingFixes(
            MainFile mainFile,
            Lifts lifts,
            MainOnlyFix mainOnly,
            MethodFixes methods,
            TwinFix twins,
            RunFix run,
            ManagerFix managers) {
        this.mainFile = mainFile;
        this.lifts = lifts;
        this.mainOnly = mainOnly;
        this.methods = methods;
        this.twins = twins;
        this.run = run;
        this.managers = managers;
    }

    /**
     * Returns the fixes, best first.
     *
     * @param call the text of the call that sends the value
     * @param parameter the parameter of the library's function that it is handed to
     * @param atOnce whether it crosses right there, not when some process is started later
     */
    List<Fix> of(Obstacle obstacle, TextRange call, String parameter, boolean atOnce) {
        if (!mainFile.isImportedAgain() && obstacle.kind() != Crossing.Kind.UNPICKLABLE) {
            return List.of(); // What is on module level here is no better for it.
        }
        return switch (obstacle.kind()) {
            case NESTED_FUNCTION -> lifted(obstacle.value(), "Move the function to module level", atOnce);
            case LOCAL_CLASS -> lifted(type(obstacle.value()), "Move the class to module level", atOnce);
            case LAMBDA -> lifted(obstacle, call, parameter, atOnce);
            case UNPICKLABLE -> unpicklable(obstacle, call, parameter, atOnce);
            case MAIN_ONLY -> mainOnly.above(obstacle.what());
            case UNPICKLABLE_SELF -> methods.ofSelf(obstacle, !atOnce);
            case SHADOWED -> methods.ofShadowed(obstacle);
            case NAME_MANGLED -> methods.ofMangled(obstacle);
            case THREAD_PRIMITIVE -> twins.of(obstacle);
            case PROCESS_STATE -> run.of(obstacle);
            case SHARED_PRIMITIVE -> managers.of(obstacle);
            default -> List.of();
        };
    }

    private List<Fix> lifted(Obstacle obstacle, TextRange call, String parameter, boolean atOnce) {
        if (!mainFile.isImportedAgain() || !(obstacle.value() instanceof Value.LambdaOf lambda)) {
            return List.of();
        }
        boolean literal = call.contains(lambda.site().range());
        return fixes("Make it a function at module level", lifts.lambdas().lift(lambda, parameter, literal, atOnce));
    }

    private List<Fix> lifted(Value definition, String title, boolean atOnce) {
        return fixes(title, lifts.definitions().lift(definition, atOnce));
    }

    private static List<Fix> fixes(String title, Lifted lifted) {
        return Fix.ifAny(title, Applicability.of(lifted.safe()), lifted.edits());
    }

    /** Returns the class that a value is, or is an instance of. */
    private static Value type(Value value) {
        if (value instanceof Value.Instance instance) {
            return instance.type();
        }
        return value instanceof Value.BoundMethod method ? type(method.receiver()) : value;
    }

    private List<Fix> unpicklable(Obstacle obstacle, TextRange call, String parameter, boolean atOnce) {
        if (obstacle.value() instanceof Value.LambdaOf) {
            return lifted(obstacle, call, obstacle.attribute().isEmpty() ? parameter : obstacle.attribute(), atOnce);
        }
        TextRange range = obstacle.culprit().range();
        boolean generator = obstacle.attribute().isEmpty()
                && obstacle.value() instanceof Value.Elements elements
                && elements.isGenerator()
                && call.contains(range);
        if (!generator) {
            return List.of();
        }
        // A generator expression brings its own parentheses, unless it is the only argument and shares the call's.
        boolean bracketed = obstacle.culprit().expression() instanceof Expression.Comprehended;
        String before = !bracketed ? "list(" : range.end() == call.end() ? "(list" : "list";
        String after = before.contains("(") ? ")" : "";
        return List.of(new Fix(
                "Send a list instead",
                Applicability.SAFE,
                List.of(TextEdit.insert(range.start(), before), TextEdit.insert(range.end(), after))));
    }
}
