package io.github.spawnproof.python;

import io.github.spawnproof.boundary.BoundaryTable;
import io.github.spawnproof.boundary.CudaUse;
import io.github.spawnproof.boundary.StartMethod;
import io.github.spawnproof.boundary.StartMethodChoice;
import io.github.spawnproof.boundary.Target;
import io.github.spawnproof.finding.Related;
import io.github.spawnproof.finding.TextEdit;
import io.github.spawnproof.python.syntax.Expression;
import io.github.spawnproof.source.CancelToken;
import io.github.spawnproof.source.TextRange;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Finds CUDA that is initialised before a process is forked, and used in that.
 *
 * <p>A child that uses none is not harmed: the workers of most data loaders.
 */
final class CudaFinder {

    private final Evaluator evaluator;
    private final SetupEdits edits;
    private final ProgramFlow flow;
    private final boolean startsAtImport;
    private final CancelToken cancel;

    CudaFinder(Evaluator evaluator, SetupEdits edits, ProgramFlow flow, boolean startsAtImport, CancelToken cancel) {
        this.evaluator = evaluator;
        this.edits = edits;
        this.flow = flow;
        this.startsAtImport = startsAtImport;
        this.cancel = cancel;
    }

    /** Returns the first such use; the rest of a file has the same reason. */
    List<CudaUse> find() {
        for (List<Step> walk : flow.walks()) {
            for (int i = 0; i < walk.size(); i++) {
                Step step = walk.get(i);
                Step start = step.kind() == Step.Kind.CUDA ? forkedAfter(step, walk.subList(i, walk.size())) : null;
                TextRange place = start == null ? null : usedInChild(step, start);
                if (start != null && place != null) {
                    return List.of(cudaUse(step, start, place));
                }
            }
        }
        return List.of();
    }

    private static @Nullable Step forkedAfter(Step cuda, List<Step> later) {
        for (Step step : later) {
            if (step.kind() == Step.Kind.START && cuda.mayLeadTo(step) && breaks(step.choice(), cuda.inChild())) {
                return step;
            }
        }
        return null;
    }

    /** Tells whether a child that is started so may have what its parent made of CUDA, on some target. */
    private static boolean breaks(StartMethodChoice choice, boolean atImport) {
        Set<StartMethod> breaking = EnumSet.of(StartMethod.FORK);
        if (atImport) {
            breaking.add(StartMethod.FORKSERVER);
        }
        return Target.known().stream().anyMatch(target -> {
            Set<StartMethod> possible = choice.possible(target, target.defaultStartMethod(), true);
            return !possible.isEmpty() && breaking.containsAll(possible);
        });
    }

    /**
     * Returns where the fault shows: where a function that is sent to a process uses CUDA; if that is an Executor's,
     * or only takes what its parent has made, where the parent does so; null if no child uses CUDA.
     */
    private @Nullable TextRange usedInChild(Step cuda, Step start) {
        boolean ofJina = isOfJina(start);
        for (Value.FunctionOf function : flow.sent()) {
            List<Step> steps = ProgramFlow.steps(function, evaluator, cancel);
            for (Step step : steps) {
                if (step.kind() == Step.Kind.CUDA) {
                    return ofJina ? cuda.range() : step.range();
                }
            }
            if (takesFromParent(function, cuda)) {
                return cuda.range();
            }
        }
        return null;
    }

    private boolean isOfJina(Step start) {
        Value value = start.node() instanceof Expression.Call call
                ? evaluator.evaluate(call.function(), start.scope())
                : start.node() instanceof Expression expression
                        ? evaluator.evaluate(expression, start.scope())
                        : Value.Unknown.VALUE;
        Value receiver = value instanceof Value.LibraryMethod method ? method.receiver() : value;
        return receiver instanceof Value.Instance instance
                && (evaluator.derivesFrom(instance.type(), "jina.Flow")
                        || evaluator.derivesFrom(instance.type(), "jina.Deployment"));
    }

    /** Tells whether a function reads a name of the module that is given what the parent has made. */
    private boolean takesFromParent(Value.FunctionOf function, Step cuda) {
        boolean[] takes = {false};
        FreeNames.visit(function.definition(), function.scope(), evaluator.scopes(), (name, scope) -> {
            Scope owner = scope.owner(name.id());
            if (owner.kind() == Scope.Kind.MODULE) {
                for (Binding binding : owner.bindings(name.id())) {
                    takes[0] |= binding.kind() == Binding.Kind.ASSIGNED
                            && binding.value() != null
                            && Site.range(binding.value(), binding.scope()).contains(cuda.range());
                }
            }
        });
        return takes[0];
    }

    private CudaUse cudaUse(Step cuda, Step start, TextRange place) {
        List<Related> related = new ArrayList<>();
        if (!place.equals(cuda.range())) {
            related.add(new Related(cuda.range(), "CUDA is initialised here in the parent"));
        }
        related.add(new Related(start.range(), "`%s` starts a process here".formatted(start.words())));
        return new CudaUse(
                place,
                !place.equals(cuda.range()),
                cuda.inChild(),
                start.choice().notOn(evaluator.limits().absentAt(cuda.offset())),
                related,
                choosingSpawn(start));
    }

    private List<TextEdit> choosingSpawn(Step start) {
        if (startsAtImport || !start.choice().equals(evaluator.programChoice())) {
            return List.of();
        }
        for (Scopes.Import imported : evaluator.scopes().imports()) {
            if (evaluator.table().forksOnMac(imported.name())) {
                String name = "os.environ[" + edits.quoted(BoundaryTable.JINA_VARIABLE) + "]";
                return edits.aboveImport(
                        name + " = " + edits.quoted("spawn"), imported.range().start(), "os");
            }
        }
        List<TextEdit> all = new ArrayList<>();
        String module = boundName();
        if (module == null) {
            Optional<List<TextEdit>> imports = edits.importing("multiprocessing");
            if (imports.isEmpty()) {
                return List.of();
            }
            all.addAll(imports.get());
            module = "multiprocessing";
        }
        List<TextEdit> call = edits.firstInGuard(module + ".set_start_method(" + edits.quoted("spawn") + ")");
        all.addAll(call);
        return call.isEmpty() ? List.of() : all;
    }

    /** Returns the name that the module has given to multiprocessing, or to torch's; null if it has given none. */
    private @Nullable String boundName() {
        for (String name : List.of("multiprocessing", "mp")) {
            List<Binding> bindings = evaluator.scopes().module().bindings(name);
            if (bindings.size() == 1
                    && bindings.get(0).kind() == Binding.Kind.IMPORT
                    && evaluator.value(bindings.get(0)) instanceof Value.Named named
                    && named.name().equals("multiprocessing")) {
                return name;
            }
        }
        return null;
    }
}
