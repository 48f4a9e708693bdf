package io.github.spawnproof.python;

import io.github.spawnproof.boundary.BoundaryParameter;
import io.github.spawnproof.boundary.Consequence;
import io.github.spawnproof.boundary.Misuse;
import io.github.spawnproof.boundary.Role;
import io.github.spawnproof.boundary.StartMethod;
import io.github.spawnproof.finding.Applicability;
import io.github.spawnproof.finding.Fix;
import io.github.spawnproof.finding.Related;
import io.github.spawnproof.finding.TextEdit;
import io.github.spawnproof.python.syntax.Expression;
import io.github.spawnproof.python.syntax.PythonTree;
import io.github.spawnproof.python.syntax.Statement;
import io.github.spawnproof.python.syntax.TopLevel;
import io.github.spawnproof.source.SourceText;
import io.github.spawnproof.source.TextRange;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Recognises coroutine functions, and coroutines, that are given to another process, and writes what runs them there. */
final class CoroutineTargets {

    private final PythonTree tree;
    private final SourceText source;
    private final Layout layout;
    private final Evaluator evaluator;
    private final TargetEdits edits;

    CoroutineTargets(PythonTree tree, Evaluator evaluator, TargetEdits edits) {
        this.tree = tree;
        this.source = tree.source();
        this.layout = new Layout(tree);
        this.evaluator = evaluator;
        this.edits = edits;
    }

    /** Returns the misuse in an argument that another process calls; null if it is none. */
    @Nullable
    Misuse inTarget(CrossingFinder.KnownCall call, Arguments.Argument argument) {
        Site site = argument.site();
        Value.FunctionOf function = coroutineFunction(site, 0);
        if (function != null) {
            return misuse(call, argument, site, function, false);
        }
        if (site.expression() instanceof Expression.Call made) {
            Site callee = new Site(made.function(), site.scope());
            function = coroutineFunction(callee, 0);
            return function == null ? null : misuse(call, argument, callee, function, true);
        }
        return null;
    }

    /** Returns the coroutine function that an expression surely stands for, itself or in a partial; else null. */
    private Value.@Nullable FunctionOf coroutineFunction(Site site, int level) {
        Value.FunctionOf first = null;
        for (Value value : evaluator.evaluate(site).alternatives()) {
            Value.FunctionOf function = null;
            if (value instanceof Value.FunctionOf plain) {
                function = plain;
            } else if (value instanceof Value.BoundMethod method) {
                function = method.function();
            } else if (value instanceof Value.Instance instance
                    && evaluator.derivesFrom(instance.type(), "functools.partial")
                    && !instance.held().isEmpty()
                    && level < 3) {
                function = coroutineFunction(instance.held().get(0), level + 1);
            }
            if (function == null || !function.definition().isAsync() || evaluator.isGenerator(function)) {
                return null;
            }
            first = first == null ? function : first;
        }
        return first;
    }

    private Misuse misuse(
            CrossingFinder.KnownCall call,
            Arguments.Argument argument,
            Site name,
            Value.FunctionOf function,
            boolean isMadeHere) {
        // A process drops what its target returns; a pool sends it back: TypeError: cannot pickle 'coroutine' object.
        boolean isSentBack = argument.parameter().use() == BoundaryParameter.Use.CALLED
                && argument.parameter().role() != Role.AT_START;
        return new Misuse(
                Misuse.Kind.COROUTINE_TARGET,
                edits.firstLine(Callees.nameRange(name.expression(), name.scope())),
                function.definition().name(),
                call.rows().get(0).shortName(),
                isMadeHere || isSentBack ? Consequence.FAILS : Consequence.MISBEHAVES,
                Set.of(StartMethod.values()),
                evaluator.choiceAt(call.scope().base() + call.call().start()),
                List.of(new Related(TargetFinder.nameRange(function), "It is an `async` function")),
                Fix.ifAny(
                        "Hand over a function that runs it with `asyncio.run`",
                        Applicability.SAFE,
                        runner(call, argument, name, function, isMadeHere)));
    }

    /** Returns the edits that put a plain function below the coroutine function, and hand that over. */
    private List<TextEdit> runner(
            CrossingFinder.KnownCall call,
            Arguments.Argument argument,
            Site name,
            Value.FunctionOf function,
            boolean isMadeHere) {
        TopLevel place = definition(function);
        String own = function.definition().name();
        String runner = "_run_" + own.replaceFirst("^_+", "");
        if (place == null
                || place.damaged()
                || !(name.expression() instanceof Expression.Name)
                || name.scope().owner(own).kind() != Scope.Kind.MODULE) {
            return List.of();
        }
        String line = layout.separator();
        String text = "def " + runner + "(*args, **kwargs):" + line + layout.indentation() + "return asyncio.run(" + own
                + "(*args, **kwargs))";
        boolean isThere = source.text().contains(line + text);
        if (!isThere && source.occurrences(runner) > 0) {
            return List.of();
        }
        List<TextEdit> all = new ArrayList<>();
        List<Binding> bindings = evaluator.scopes().module().bindings("asyncio");
        if (bindings.isEmpty()) {
            all.addAll(new ImportEdits(tree).of("import asyncio"));
        }
        boolean isBound = bindings.stream()
                .allMatch(binding -> evaluator.value(binding) instanceof Value.Named named
                        && named.isModule()
                        && named.name().equals("asyncio"));
        if (!isBound || (bindings.isEmpty() && all.isEmpty())) {
            return List.of();
        }
        if (isMadeHere) {
            List<TextEdit> handedOver = edits.handOver(
                    call, argument, (Expression.Call) argument.site().expression());
            if (handedOver.isEmpty()) {
                return List.of();
            }
            all.addAll(handedOver);
        }
        if (!isThere) {
            int end = source.lineEnd(place.offset() + place.statement().end());
            all.add(TextEdit.insert(end, line.repeat(3) + text));
        }
        all.add(TextEdit.replace(name.range(), runner));
        return all;
    }

    /** Returns the top-level statement that is the definition; null if it is not on module level. */
    private @Nullable TopLevel definition(Value.FunctionOf function) {
        TextRange range = TargetFinder.nameRange(function);
        TopLevel topLevel = tree.statements().get(tree.topLevelAt(range.start()));
        Statement statement = topLevel.statement();
        return Site.isSame(statement, function.definition()) ? topLevel : null;
    }
}
