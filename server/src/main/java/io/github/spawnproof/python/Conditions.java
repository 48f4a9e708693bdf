package io.github.spawnproof.python;

import io.github.spawnproof.python.syntax.Expression;
import io.github.spawnproof.python.syntax.Statement;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Decides conditions as far as they depend on constants and on which process asks: main guards above all. */
final class Conditions {

    private static final Set<String> EXITS = Set.of("sys.exit", "os._exit", "os.abort");
    private static final Set<String> BUILTIN_EXITS = Set.of("exit", "quit");

    private final Evaluator evaluator;

    Conditions(Evaluator evaluator) {
        this.evaluator = evaluator;
    }

    /**
     * Returns what is known of a condition.
     *
     * @param parameters what the parameters of the function around it are known to be
     */
    Truth test(Expression test, Scope scope, World world, Map<String, Truth> parameters) {
        if (test instanceof Expression.Constant constant) {
            return constant(constant);
        } else if (test instanceof Expression.UnaryOp operation
                && operation.operator().equals("not")) {
            return test(operation.operand(), scope, world, parameters).not();
        } else if (test instanceof Expression.BoolOp operation) {
            return combined(operation, scope, world, parameters);
        } else if (test instanceof Expression.Compare compare
                && compare.operators().size() == 1) {
            return comparison(compare, scope, world);
        } else if (test instanceof Expression.Name name) {
            return name(name, scope, world, parameters);
        } else if (test instanceof Expression.Attribute
                && evaluator.evaluate(test, scope) instanceof Value.Named named
                && named.name().equals("typing.TYPE_CHECKING")) {
            return Truth.FALSE;
        }
        return Truth.UNKNOWN;
    }

    private static Truth constant(Expression.Constant constant) {
        return switch (constant.kind()) {
            case NONE, FALSE -> Truth.FALSE;
            case TRUE, ELLIPSIS -> Truth.TRUE;
            case STRING, BYTES -> Truth.of(!constant.value().isEmpty());
            case INTEGER -> Truth.of(constant.value().chars().anyMatch(digit -> digit >= '1' && digit <= '9'));
            case FLOAT, COMPLEX -> Truth.UNKNOWN;
        };
    }

    private Truth combined(Expression.BoolOp operation, Scope scope, World world, Map<String, Truth> parameters) {
        Truth deciding = Truth.of(operation.operator().equals("or"));
        Truth result = deciding.not();
        for (Expression operand : operation.values()) {
            Truth truth = test(operand, scope, world, parameters);
            if (truth == deciding) {
                return deciding;
            }
            if (truth == Truth.UNKNOWN) {
                result = Truth.UNKNOWN;
            }
        }
        return result;
    }

    private Truth name(Expression.Name name, Scope scope, World world, Map<String, Truth> parameters) {
        List<Binding> bindings = evaluator.reaching(name.id(), scope, scope.base() + name.start());
        if (bindings.size() != 1) {
            return Truth.UNKNOWN;
        }
        Binding binding = bindings.get(0);
        if (binding.kind() == Binding.Kind.PARAMETER) {
            return parameters.getOrDefault(name.id(), Truth.UNKNOWN);
        }
        if (binding.kind() == Binding.Kind.IMPORT && "typing.TYPE_CHECKING".equals(binding.imported())) {
            return Truth.FALSE;
        }
        Expression value = binding.value();
        // IS_MAIN = __name__ == "__main__"; a variable that holds anything else may have been changed elsewhere.
        return binding.kind() == Binding.Kind.ASSIGNED && value instanceof Expression.Compare compare
                ? comparison(compare, binding.scope(), world)
                : Truth.UNKNOWN;
    }

    private Truth comparison(Expression.Compare compare, Scope scope, World world) {
        String operator = compare.operators().get(0);
        Expression right = compare.comparators().get(0);
        if (operator.equals("in") || operator.equals("not in")) {
            Truth contained = contained(text(compare.left(), scope, world), right, scope, world);
            return operator.equals("in") ? contained : contained.not();
        }
        Truth isMainProcess = mainProcessName(compare, scope, world);
        Truth equal = isMainProcess != Truth.UNKNOWN
                ? isMainProcess
                : equal(text(compare.left(), scope, world), text(right, scope, world));
        return switch (operator) {
            case "==", "is" -> equal;
            case "!=", "is not" -> equal.not();
            default -> Truth.UNKNOWN;
        };
    }

    private static Truth equal(@Nullable String left, @Nullable String right) {
        return left == null || right == null ? Truth.UNKNOWN : Truth.of(left.equals(right));
    }

    private Truth contained(@Nullable String text, Expression container, Scope scope, World world) {
        List<Expression> items = container instanceof Expression.Tuple tuple
                ? tuple.elements()
                : container instanceof Expression.ListDisplay list
                        ? list.elements()
                        : container instanceof Expression.Set set ? set.elements() : List.of();
        Truth result = items.isEmpty() ? Truth.UNKNOWN : Truth.FALSE;
        for (Expression item : items) {
            Truth same = equal(text, text(item, scope, world));
            if (same == Truth.TRUE) {
                return same;
            }
            result = same == Truth.UNKNOWN ? same : result;
        }
        return result;
    }

    /** Returns the string that an expression is: a literal, or {@code __name__}. */
    private static @Nullable String text(Expression expression, Scope scope, World world) {
        if (expression instanceof Expression.Constant constant && constant.isString()) {
            return constant.value();
        }
        return expression instanceof Expression.Name name
                        && name.id().equals("__name__")
                        && scope.owner(name.id()).bindings(name.id()).isEmpty()
                ? world.moduleName()
                : null;
    }

    /**
     * Decides {@code current_process().name == "MainProcess"}, which somebody wrote as a guard. Up to Python 3.13 it is
     * one; that it is none with forkserver on 3.14 is not the fault of the start below it.
     */
    private Truth mainProcessName(Expression.Compare compare, Scope scope, World world) {
        Expression right = compare.comparators().get(0);
        boolean compares = (isProcessName(compare.left(), scope) && isMainProcess(right))
                || (isProcessName(right, scope) && isMainProcess(compare.left()));
        return compares ? Truth.of(world == World.MAIN) : Truth.UNKNOWN;
    }

    private static boolean isMainProcess(Expression expression) {
        return expression instanceof Expression.Constant constant
                && constant.isString()
                && constant.value().equals("MainProcess");
    }

    private boolean isProcessName(Expression expression, Scope scope) {
        return expression instanceof Expression.Attribute attribute
                && attribute.name().equals("name")
                && attribute.value() instanceof Expression.Call call
                && evaluator.evaluate(call.function(), scope) instanceof Value.Named named
                && named.name().endsWith(".current_process");
    }

    /** Tells whether a block surely ends the process, or the import of the module, for whoever executes it. */
    boolean ends(List<Statement> block, Scope scope) {
        return !block.isEmpty() && block.stream().anyMatch(statement -> ends(statement, scope));
    }

    private boolean ends(Statement statement, Scope scope) {
        if (statement instanceof Statement.Raise) {
            return true;
        }
        if (!(statement instanceof Statement.ExpressionStatement expression)
                || !(expression.value() instanceof Expression.Call call)) {
            return false;
        }
        if (call.function() instanceof Expression.Name name
                && BUILTIN_EXITS.contains(name.id())
                && scope.owner(name.id()).bindings(name.id()).isEmpty()) {
            return true;
        }
        return evaluator.evaluate(call.function(), scope) instanceof Value.Named named && EXITS.contains(named.name());
    }
}
