package io.github.spawnproof.python;

import io.github.spawnproof.finding.Applicability;
import io.github.spawnproof.finding.Fix;
import io.github.spawnproof.finding.TextEdit;
import io.github.spawnproof.python.syntax.Expression;
import io.github.spawnproof.source.TextRange;
import java.util.List;

/** Chooses the fixes for what stops a value on its way to another process. */
final class CrossingFixes {

    private final LambdaLift lift;
    private final MainOnlyFix mainOnly;
    private final MethodFixes methods;

    CrossingFixes(LambdaLift lift, MainOnlyFix mainOnly, MethodFixes methods) {
        this.lift = lift;
        this.mainOnly = mainOnly;
        this.methods = methods;
    }

    /**
     * Returns the fixes, best first.
     *
     * @param call the text of the call that sends the value
     * @param parameter the parameter of the library's function that it is handed to
     * @param atOnce whether it crosses right there, not when some process is started later
     */
    List<Fix> of(Obstacle obstacle, TextRange call, String parameter, boolean atOnce) {
        return switch (obstacle.kind()) {
            case LAMBDA -> lifted(obstacle, call, parameter, atOnce);
            case UNPICKLABLE -> unpicklable(obstacle, call, parameter, atOnce);
            case MAIN_ONLY -> mainOnly.above(obstacle.what());
            case UNPICKLABLE_SELF -> methods.ofSelf(obstacle, !atOnce);
            case NAME_MANGLED -> methods.ofMangled(obstacle);
            default -> List.of();
        };
    }

    private List<Fix> lifted(Obstacle obstacle, TextRange call, String parameter, boolean atOnce) {
        if (!(obstacle.value() instanceof Value.LambdaOf lambda)) {
            return List.of();
        }
        boolean literal = call.contains(lambda.site().range());
        LambdaLift.Lifted lifted = lift.lift(lambda, parameter, literal, atOnce);
        return lifted.edits().isEmpty()
                ? List.of()
                : List.of(new Fix(
                        "Make it a function at module level",
                        lifted.safe() ? Applicability.SAFE : Applicability.UNSAFE,
                        lifted.edits()));
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
