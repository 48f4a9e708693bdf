package io.github.spawnproof.python;

import io.github.spawnproof.boundary.BoundaryParameter;
import io.github.spawnproof.boundary.Consequence;
import io.github.spawnproof.boundary.Misuse;
import io.github.spawnproof.boundary.StartMethod;
import io.github.spawnproof.finding.Applicability;
import io.github.spawnproof.finding.Fix;
import io.github.spawnproof.finding.TextEdit;
import io.github.spawnproof.python.syntax.Expression;
import io.github.spawnproof.python.syntax.Node;
import io.github.spawnproof.source.TextRange;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Finds arguments for a function of another process that are a single value where a tuple has to be. */
final class ArgumentTupleFinder {

    /**
     * Why a value is no tuple of arguments.
     *
     * @param what the value in words
     * @param raises whether the call, or the process, surely raises
     */
    private record Wrong(String what, boolean raises) {}

    private final Evaluator evaluator;
    private final TargetEdits edits;

    ArgumentTupleFinder(Evaluator evaluator, TargetEdits edits) {
        this.evaluator = evaluator;
        this.edits = edits;
    }

    /** Returns the misuses in calls of the table. */
    List<Misuse> find(List<CrossingFinder.KnownCall> calls) {
        List<Misuse> found = new ArrayList<>();
        for (CrossingFinder.KnownCall call : calls) {
            Site function = edits.isClosed(call) ? function(call) : null;
            for (Arguments.Argument argument : call.arguments().list()) {
                BoundaryParameter parameter = argument.parameter();
                if (function != null
                        && parameter.use() == BoundaryParameter.Use.SPREAD
                        && parameter.kind() != BoundaryParameter.Kind.VAR_POSITIONAL
                        && call.rows().stream().allMatch(row -> row.parameters().contains(parameter))) {
                    Wrong wrong = wrong(argument.site(), function);
                    if (wrong != null) {
                        found.add(misuse(call, argument, wrong));
                    }
                }
            }
        }
        return found;
    }

    /** Returns the function that the arguments are for; null if the call has none. */
    private @Nullable Site function(CrossingFinder.KnownCall call) {
        return call.arguments().list().stream()
                .filter(argument -> argument.parameter().isCalled())
                .map(Arguments.Argument::site)
                .filter(site -> evaluator.evaluate(site).alternatives().stream().noneMatch(Value::isNone))
                .findFirst()
                .orElse(null);
    }

    private @Nullable Wrong wrong(Site site, Site function) {
        if (site.expression() instanceof Expression.JoinedStr text) {
            int length = text.values().stream()
                    .mapToInt(part -> part instanceof Expression.Constant constant ? characters(constant.value()) : 0)
                    .sum();
            // How many characters the rest has, nobody knows.
            return length > 1 ? new Wrong(characters(), false) : null;
        }
        if (isNumberOfRange(site)) {
            return new Wrong("a number", true);
        }
        Wrong first = null;
        boolean raises = true;
        for (Value value : evaluator.evaluate(site).alternatives()) {
            Wrong wrong = wrong(value, function);
            if (wrong == null) {
                return null;
            }
            first = first == null ? wrong : first;
            raises &= wrong.raises();
        }
        return first == null ? null : new Wrong(first.what(), raises);
    }

    private @Nullable Wrong wrong(Value value, Site function) {
        if (value instanceof Value.Literal literal) {
            return literal(literal.constant(), function);
        } else if (value instanceof Value.FunctionOf
                || value instanceof Value.LambdaOf
                || value instanceof Value.BoundMethod
                || value instanceof Value.Wrapper) {
            return new Wrong("a function", true);
        } else if (value instanceof Value.Named named) {
            return named.isModule() ? new Wrong("a module", true) : null;
        } else if (value instanceof Value.Instance instance) {
            return isSingle(instance.type()) ? new Wrong("a single object", true) : null;
        }
        return null;
    }

    /** Tells whether nobody can iterate over the instances of a class. */
    private boolean isSingle(Value type) {
        if (type instanceof Value.Named named) {
            return evaluator.table().isSingle(named.name());
        }
        if (!(type instanceof Value.ClassOf own) || !own.definition().keywords().isEmpty()) {
            return false;
        }
        for (String method : List.of("__iter__", "__getitem__", "__getattr__", "__getattribute__")) {
            if (!own.scope().bindings(method).isEmpty()) {
                return false;
            }
        }
        return own.definition().decorators().isEmpty()
                && own.definition().bases().stream()
                        .allMatch(base -> isObject(base) || isSingle(evaluator.evaluate(base, Evaluator.outside(own))));
    }

    private static boolean isObject(Expression base) {
        return base instanceof Expression.Name name && name.id().equals("object");
    }

    private @Nullable Wrong literal(Expression.Constant constant, Site function) {
        return switch (constant.kind()) {
            case INTEGER, FLOAT, COMPLEX -> new Wrong("a number", true);
            case NONE -> new Wrong("`None`", true);
            case TRUE, FALSE -> new Wrong("a truth value", true);
            case ELLIPSIS -> null;
            case STRING -> text(characters(constant.value()), characters(), function);
            case BYTES -> text(constant.value().length(), "bytes, each of which becomes an argument", function);
        };
    }

    private static int characters(String text) {
        return text.codePointCount(0, text.length());
    }

    private static String characters() {
        return "a string, each character of which becomes an argument";
    }

    /** Returns what is wrong with a text as arguments; one of a single character works as if it were a tuple. */
    private @Nullable Wrong text(int length, String what, Site function) {
        if (length < 2) {
            return null;
        }
        boolean raises = true;
        for (Value value : evaluator.evaluate(function).alternatives()) {
            Value.FunctionOf called = value instanceof Value.FunctionOf plain
                    ? plain
                    : value instanceof Value.BoundMethod method ? method.function() : null;
            int bound = value instanceof Value.BoundMethod ? 1 : 0;
            if (called == null || takesAny(called)) {
                raises = false;
            } else if (takes(called, length + bound)) {
                return null;
            }
        }
        return new Wrong(what, raises);
    }

    private static boolean takesAny(Value.FunctionOf function) {
        return function.definition().parameters().list().stream()
                .anyMatch(parameter -> parameter.kind() == Node.ParameterKind.VAR_POSITIONAL);
    }

    private static boolean takes(Value.FunctionOf function, int count) {
        List<Node.Parameter> positional = function.definition().parameters().list().stream()
                .filter(parameter -> parameter.kind() == Node.ParameterKind.POSITIONAL_ONLY
                        || parameter.kind() == Node.ParameterKind.POSITIONAL_OR_KEYWORD)
                .toList();
        long required = positional.stream()
                .filter(parameter -> parameter.defaultValue() == null)
                .count();
        return required <= count && count <= positional.size();
    }

    /** Tells whether a name counts through {@code range(...)}. */
    private boolean isNumberOfRange(Site site) {
        if (!(site.expression() instanceof Expression.Name name)) {
            return false;
        }
        List<Binding> bindings =
                evaluator.reaching(name.id(), site.scope(), site.range().start());
        return !bindings.isEmpty() && bindings.stream().allMatch(ArgumentTupleFinder::countsThroughRange);
    }

    private static boolean countsThroughRange(Binding binding) {
        return binding.kind() == Binding.Kind.ITERATED
                && binding.index() == Binding.WHOLE
                && binding.value() instanceof Expression.Call call
                && call.function() instanceof Expression.Name callee
                && callee.id().equals("range")
                && binding.scope().owner("range").bindings("range").isEmpty()
                && binding.scope().moduleScope().starImports().isEmpty();
    }

    private Misuse misuse(CrossingFinder.KnownCall call, Arguments.Argument argument, Wrong wrong) {
        TextRange range = argument.site().range();
        TextRange place = edits.firstLine(range);
        List<TextEdit> tuple = edits.isBare(call, argument.site())
                ? List.of(TextEdit.insert(range.start(), "("), TextEdit.insert(range.end(), ",)"))
                : List.of(TextEdit.insert(range.end(), ","));
        return new Misuse(
                Misuse.Kind.ARGUMENTS_NOT_TUPLE,
                place,
                wrong.what(),
                argument.parameter().name(),
                wrong.raises() ? Consequence.FAILS : Consequence.MISBEHAVES,
                Set.of(StartMethod.values()),
                evaluator.choiceAt(Site.range(call.call(), call.scope()).start()),
                List.of(),
                List.of(new Fix("Make it a tuple of one", Applicability.SAFE, tuple)));
    }
}
