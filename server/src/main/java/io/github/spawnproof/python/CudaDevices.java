package io.github.spawnproof.python;

import io.github.spawnproof.python.syntax.Expression;
import io.github.spawnproof.python.syntax.Node;
import io.github.spawnproof.source.TextRange;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Finds the calls that initialise CUDA in the process that makes them. */
final class CudaDevices {

    private static final int MAX_LEVEL = 8;
    private static final Set<String> DEVICE_ARGUMENTS = Set.of("device", "map_location");

    private final Evaluator evaluator;
    private final boolean importsLibrary;

    CudaDevices(Evaluator evaluator) {
        this.evaluator = evaluator;
        this.importsLibrary = evaluator.scopes().imports().stream()
                .anyMatch(imported -> evaluator.table().usesDevices(imported.name()));
    }

    /** Returns the place that says that CUDA is used, if the call uses it; null otherwise. */
    @Nullable
    TextRange touch(Expression.Call call, Value callee, Scope scope) {
        if (!importsLibrary) {
            return null;
        }
        if (callee instanceof Value.Named named) {
            if (evaluator.table().usesCuda(named.name())) {
                return Callees.nameRange(call.function(), scope);
            }
            return evaluator.table().usesDevices(named.name()) && !named.name().equals("torch.device")
                    ? deviceArgument(call, scope)
                    : null;
        }
        if (!(callee instanceof Value.Unknown) || !(call.function() instanceof Expression.Attribute method)) {
            return null;
        }
        if (method.name().equals("cuda") && call.arguments().size() <= 1) {
            return Callees.nameRange(method, scope);
        }
        if (method.name().equals("to")) {
            for (Expression argument : call.arguments()) {
                if (isCuda(argument, scope, 0)) {
                    return Site.range(argument, scope);
                }
            }
            return deviceArgument(call, scope);
        }
        return null;
    }

    private @Nullable TextRange deviceArgument(Expression.Call call, Scope scope) {
        for (Node.Keyword keyword : call.keywords()) {
            if (keyword.name() != null
                    && DEVICE_ARGUMENTS.contains(keyword.name())
                    && isCuda(keyword.value(), scope, 0)) {
                return Site.range(keyword.value(), scope);
            }
        }
        return null;
    }

    /** Tells whether an expression is a CUDA device wherever there is one. */
    private boolean isCuda(Expression expression, Scope scope, int level) {
        if (level > MAX_LEVEL) {
            return false;
        }
        if (expression instanceof Expression.Constant constant) {
            return constant.isString() && isCuda(constant.value());
        } else if (expression instanceof Expression.JoinedStr string) {
            return !string.values().isEmpty()
                    && string.values().get(0) instanceof Expression.Constant start
                    && start.value().startsWith("cuda:");
        } else if (expression instanceof Expression.Call call) {
            return evaluator.evaluate(call.function(), scope) instanceof Value.Named named
                    && named.name().equals("torch.device")
                    && !call.arguments().isEmpty()
                    && isCuda(call.arguments().get(0), scope, level + 1);
        } else if (expression instanceof Expression.IfExp choice) {
            // The usual way to say: CUDA wherever there is CUDA.
            return (asksForCuda(choice.test(), scope) && isCuda(choice.body(), scope, level + 1))
                    || (isCuda(choice.body(), scope, level + 1) && isCuda(choice.orElse(), scope, level + 1));
        } else if (expression instanceof Expression.Name name) {
            List<Binding> bindings = evaluator.reaching(name.id(), scope, scope.base() + name.start());
            return !bindings.isEmpty()
                    && bindings.stream()
                            .allMatch(binding -> binding.kind() == Binding.Kind.ASSIGNED
                                    && binding.value() != null
                                    && isCuda(binding.value(), binding.scope(), level + 1));
        }
        return false;
    }

    private static boolean isCuda(String device) {
        return device.equals("cuda") || device.startsWith("cuda:");
    }

    private boolean asksForCuda(Expression test, Scope scope) {
        return test instanceof Expression.Call call
                && evaluator.evaluate(call.function(), scope) instanceof Value.Named named
                && named.name().equals("torch.cuda.is_available");
    }
}
