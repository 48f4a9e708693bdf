package io.github.spawnproof.python;

import io.github.spawnproof.boundary.BoundaryTable;
import io.github.spawnproof.boundary.StartMethod;
import io.github.spawnproof.boundary.StartMethodChoice;
import io.github.spawnproof.boundary.Target;
import io.github.spawnproof.python.syntax.Expression;
import io.github.spawnproof.python.syntax.PythonTree;
import io.github.spawnproof.source.CancelToken;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Finds the start method that a program chooses for everything in it: by {@code set_start_method}, by Jina's variable
 * set before Jina is imported, or by importing Jina, which takes fork on macOS.
 */
final class StartMethodReader {

    private final Evaluator evaluator;
    private final boolean forksOnMac;

    StartMethodReader(Evaluator evaluator) {
        this.evaluator = evaluator;
        this.forksOnMac = evaluator.scopes().imports().stream()
                .anyMatch(imported -> evaluator.table().forksOnMac(imported.name()));
    }

    StartMethodChoice read(PythonTree tree, CancelToken cancel) {
        // Most files choose nothing: a look at the text spares them a walk through the program.
        String text = tree.source().text();
        if (!text.contains("set_start_method") && !(forksOnMac && text.contains(BoundaryTable.JINA_VARIABLE))) {
            return new StartMethodChoice(false, Set.of(), forksOnMac);
        }
        List<List<Step>> walks = ProgramFlow.of(tree, evaluator, cancel).walks();
        StartMethodChoice everywhere = chosen(walks, null);
        if (evaluator.limits() == PlatformLimits.NONE) {
            return everywhere;
        }
        Map<Target, Set<StartMethod>> onTarget = new HashMap<>();
        StartMethodChoice base = null;
        for (Target target : Target.known()) {
            StartMethodChoice choice = chosen(walks, target);
            if (choice.certain()) {
                onTarget.put(target, choice.chosen());
            } else {
                base = base == null ? choice : base.or(choice);
            }
        }
        // Where the platform makes no difference, nothing is said of it.
        boolean alike =
                onTarget.isEmpty() || onTarget.values().stream().distinct().count() == 1;
        return base == null
                ? alike ? everywhere : new StartMethodChoice(true, everywhere.chosen(), forksOnMac, onTarget)
                : new StartMethodChoice(false, base.chosen(), forksOnMac, onTarget);
    }

    /** Returns what is chosen on a target; anywhere if that is null. */
    private StartMethodChoice chosen(List<List<Step>> walks, @Nullable Target target) {
        Set<StartMethod> chosen = EnumSet.noneOf(StartMethod.class);
        boolean certain = false;
        for (int i = 0; i < walks.size(); i++) {
            boolean jina = false;
            for (Step step : walks.get(i)) {
                if (target != null && evaluator.limits().absentAt(step.offset()).contains(target)) {
                    continue;
                }
                jina |= step.kind() == Step.Kind.JINA_IMPORT;
                Set<StartMethod> methods = methods(step, jina);
                // A second choice fails, or is too late; unless it is forced.
                if (methods.isEmpty() || (certain && !isForced(step))) {
                    continue;
                }
                if (step.isSure()) {
                    chosen.clear();
                    certain = true;
                }
                chosen.addAll(methods);
            }
        }
        return new StartMethodChoice(certain, chosen, forksOnMac);
    }

    private Set<StartMethod> methods(Step step, boolean jinaIsImported) {
        if (step.kind() == Step.Kind.SET_METHOD) {
            Set<StartMethod> chosen = EnumSet.noneOf(StartMethod.class);
            Site value = step.value();
            List<Value> values =
                    value == null ? List.of() : evaluator.evaluate(value).alternatives();
            for (Value alternative : values) {
                Optional<StartMethod> method = alternative instanceof Value.Literal literal
                                && literal.constant().isString()
                        ? StartMethod.parse(literal.constant().value())
                        : Optional.empty();
                if (method.isEmpty()) {
                    return EnumSet.allOf(StartMethod.class);
                }
                chosen.add(method.get());
            }
            return chosen.isEmpty() ? EnumSet.allOf(StartMethod.class) : chosen;
        }
        Site value = step.value();
        if (step.kind() == Step.Kind.JINA_VARIABLE
                && forksOnMac
                && !jinaIsImported
                && step.words().equals("os.environ")
                && value != null
                && value.expression() instanceof Expression.Constant constant) {
            // Jina lower-cases the value and ignores one that it does not know.
            return StartMethod.parse(constant.value().toLowerCase(Locale.ROOT))
                    .<Set<StartMethod>>map(EnumSet::of)
                    .orElse(Set.of());
        }
        return Set.of();
    }

    /** Tells whether a step replaces an earlier choice: {@code set_start_method(…, force=True)}. */
    static boolean isForced(Step step) {
        Expression.Call call = step.call();
        Expression force = call == null ? null : StepReader.argument(call, 1, "force");
        return force != null
                && !(force instanceof Expression.Constant constant && constant.kind() == Expression.ConstantKind.FALSE);
    }
}
