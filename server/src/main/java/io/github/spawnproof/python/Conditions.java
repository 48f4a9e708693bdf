package io.github.spawnproof.python;

import io.github.spawnproof.boundary.Target;
import io.github.spawnproof.python.syntax.Expression;
import io.github.spawnproof.python.syntax.Node;
import io.github.spawnproof.python.syntax.Pattern;
import io.github.spawnproof.python.syntax.Statement;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Decides conditions as far as they depend on constants and on which process asks: main guards above all. */
final class Conditions {

    private static final String MAIN_PROCESS = "MainProcess";
    private static final Set<String> EXITS = Set.of("sys.exit", "os._exit", "os.abort", "pytest.skip", "pytest.exit");
    private static final Set<String> BUILTIN_EXITS = Set.of("exit", "quit");

    private final Evaluator evaluator;
    private final PlatformQuestions platforms;

    Conditions(Evaluator evaluator) {
        this.evaluator = evaluator;
        this.platforms = new PlatformQuestions(evaluator);
    }

    /**
     * Returns what is known of a condition.
     *
     * @param parameters what the parameters of the function around it are known to be
     */
    Truth test(Expression test, Scope scope, World world, Map<String, Expression.Constant> parameters) {
        if (test instanceof Expression.Constant constant) {
            return constant(constant);
        } else if (test instanceof Expression.UnaryOp operation
                && operation.operator().equals("not")) {
            return test(operation.operand(), scope, world, parameters).not();
        } else if (test instanceof Expression.NamedExpr named) {
            return test(named.value(), scope, world, parameters);
        } else if (test instanceof Expression.IfExp choice) {
            Truth truth = test(choice.test(), scope, world, parameters);
            return truth == Truth.UNKNOWN
                    ? truth
                    : test(truth == Truth.TRUE ? choice.body() : choice.orElse(), scope, world, parameters);
        } else if (test instanceof Expression.BoolOp operation) {
            return combined(operation, scope, world, parameters);
        } else if (test instanceof Expression.Compare compare
                && compare.operators().size() == 1) {
            return comparison(compare, scope, world, parameters);
        } else if (test instanceof Expression.Name name) {
            return name(name, scope, world, parameters);
        } else if (test instanceof Expression.Call call) {
            return call(call, scope, world);
        } else if (test instanceof Expression.Attribute
                && evaluator.evaluate(test, scope) instanceof Value.Named named
                && named.name().equals("typing.TYPE_CHECKING")) {
            return Truth.FALSE;
        }
        return Truth.UNKNOWN;
    }

    /** Decides {@code match __name__: case "__main__": …}. */
    Truth matches(Expression subject, Node.MatchCase matchCase, Scope scope, World world) {
        return matchCase.pattern() instanceof Pattern.MatchValue value
                ? equal(text(subject, scope, world), text(value.value(), scope, world))
                : Truth.UNKNOWN;
    }

    /** Decides a call of a function that only returns a test, and {@code __name__.endswith("__main__")}. */
    private Truth call(Expression.Call call, Scope scope, World world) {
        if (call.function() instanceof Expression.Attribute attribute
                && (attribute.name().equals("endswith") || attribute.name().equals("startswith"))
                && call.arguments().size() == 1) {
            return affix(attribute, call.arguments().get(0), scope, world);
        }
        Truth platform = platforms.call(call, scope, world);
        if (platform != Truth.UNKNOWN) {
            return platform;
        }
        if (evaluator.evaluate(call.function(), scope) instanceof Value.FunctionOf function) {
            Site returned = evaluator.onlyReturn(function);
            // One level: a function that asks another one is no guard that anybody wrote.
            if (returned != null && returned.expression() instanceof Expression.Compare compare) {
                return comparison(compare, returned.scope(), world, Map.of());
            }
        }
        return Truth.UNKNOWN;
    }

    /** Decides {@code text.startswith(…)} and {@code text.endswith(…)}, with one string or a tuple of them. */
    private Truth affix(Expression.Attribute method, Expression argument, Scope scope, World world) {
        String text = text(method.value(), scope, world);
        List<Expression> affixes = argument instanceof Expression.Tuple tuple ? tuple.elements() : List.of(argument);
        if (text == null || affixes.isEmpty()) {
            return Truth.UNKNOWN;
        }
        for (Expression affix : affixes) {
            String part = text(affix, scope, world);
            if (part == null) {
                return Truth.UNKNOWN;
            }
            if (method.name().equals("startswith") ? text.startsWith(part) : text.endsWith(part)) {
                return Truth.TRUE;
            }
        }
        return Truth.FALSE;
    }

    /** Returns the constant that an expression is known to be; null if it may be anything. */
    Expression.@Nullable Constant constant(
            Expression expression, Scope scope, Map<String, Expression.Constant> parameters) {
        if (expression instanceof Expression.Name name) {
            List<Binding> bindings = scope.owner(name.id()).bindings(name.id());
            if (bindings.size() != 1) {
                return null;
            }
            return bindings.get(0).kind() == Binding.Kind.PARAMETER
                    ? parameters.get(name.id())
                    : bindings.get(0).value() instanceof Expression.Constant constant
                                    && bindings.get(0).kind() == Binding.Kind.ASSIGNED
                            ? constant
                            : null;
        }
        return evaluator.evaluate(expression, scope) instanceof Value.Literal literal ? literal.constant() : null;
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

    private Truth combined(
            Expression.BoolOp operation, Scope scope, World world, Map<String, Expression.Constant> parameters) {
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

    private Truth name(Expression.Name name, Scope scope, World world, Map<String, Expression.Constant> parameters) {
        Expression.Constant known = constant(name, scope, parameters);
        if (known != null) {
            return constant(known);
        }
        List<Binding> bindings = evaluator.reaching(name.id(), scope, scope.base() + name.start());
        if (bindings.size() != 1) {
            return flag(name, scope, world);
        }
        Binding binding = bindings.get(0);
        if (binding.kind() == Binding.Kind.IMPORT && "typing.TYPE_CHECKING".equals(binding.imported())) {
            return Truth.FALSE;
        }
        // IS_MAIN = __name__ == "__main__"; a variable that holds anything else may have been changed elsewhere.
        if (binding.kind() == Binding.Kind.ASSIGNED
                && (binding.value() instanceof Expression.Compare
                        || binding.value() instanceof Expression.IfExp
                        || (world.target() != null && binding.value() instanceof Expression.Call))) {
            return test(binding.value(), binding.scope(), world, Map.of());
        }
        return Truth.UNKNOWN;
    }

    /** Decides a flag of the module that a main guard sets: {@code run = False}, and under the guard {@code True}. */
    private Truth flag(Expression.Name name, Scope scope, World world) {
        Scope owner = scope.owner(name.id());
        Truth value = Truth.UNKNOWN;
        if (owner.kind() != Scope.Kind.MODULE) {
            return value;
        }
        for (Binding binding : owner.bindings(name.id())) {
            boolean ofMain = evaluator.mainParts().contains(binding.block());
            if (binding.kind() != Binding.Kind.ASSIGNED
                    || binding.scope().kind() != Scope.Kind.MODULE
                    || binding.loop() != null
                    || !(binding.value() instanceof Expression.Constant constant)
                    || !(ofMain || binding.block().start() == 0)) {
                return Truth.UNKNOWN;
            }
            boolean happens = !ofMain || !world.isChild();
            boolean before = scope.kind() != Scope.Kind.MODULE || binding.position() <= scope.base() + name.start();
            if (happens && before) {
                value = constant(constant);
            }
        }
        return value;
    }

    private Truth comparison(
            Expression.Compare compare, Scope scope, World world, Map<String, Expression.Constant> parameters) {
        String operator = compare.operators().get(0);
        Expression left = compare.left();
        Expression right = compare.comparators().get(0);
        if (world.isChild() && (isStartMethod(left, scope) || isStartMethod(right, scope))) {
            // Whoever asks for the start method knows what a child does; only fork is sure not to get here.
            return Truth.FALSE;
        }
        Target target = world.target();
        if (target != null && (isStartMethod(left, scope) || isStartMethod(right, scope))) {
            Truth possible =
                    platforms.canBeInForce(text(isStartMethod(left, scope) ? right : left, scope, world), target);
            return operator.equals("==") ? possible : operator.equals("!=") ? possible.not() : Truth.UNKNOWN;
        }
        if (operator.equals("in") || operator.equals("not in")) {
            Truth offered = platforms.offered(text(left, scope, world), right, scope, world);
            if (offered != Truth.UNKNOWN) {
                return operator.equals("in") ? offered : offered.not();
            }
            Truth contained = contained(text(left, scope, world), right, scope, world);
            return operator.equals("in") ? contained : contained.not();
        }
        Truth isMainProcess = mainProcessName(compare, scope, world);
        Truth equal = isMainProcess != Truth.UNKNOWN
                ? isMainProcess
                : equal(text(left, scope, world), text(right, scope, world));
        if (equal == Truth.UNKNOWN && world.target() != null) {
            Truth version = platforms.version(operator, left, right, scope, world.target());
            if (version != Truth.UNKNOWN) {
                return version;
            }
        }
        if (equal == Truth.UNKNOWN) {
            return ordered(operator, constant(left, scope, parameters), constant(right, scope, parameters));
        }
        return switch (operator) {
            case "==", "is" -> equal;
            case "!=", "is not" -> equal.not();
            default -> Truth.UNKNOWN;
        };
    }

    private boolean isStartMethod(Expression expression, Scope scope) {
        return expression instanceof Expression.Call call
                && evaluator.evaluate(call.function(), scope) instanceof Value.Named named
                && named.name().endsWith(".get_start_method");
    }

    /** Compares two constants of one kind, and anything with {@code None}. */
    private static Truth ordered(
            String operator, Expression.@Nullable Constant left, Expression.@Nullable Constant right) {
        if (left == null || right == null) {
            return Truth.UNKNOWN;
        }
        int order;
        if (left.kind() == Expression.ConstantKind.INTEGER && right.kind() == left.kind()) {
            OptionalLong one = number(left);
            OptionalLong other = number(right);
            if (one.isEmpty() || other.isEmpty()) {
                return Truth.UNKNOWN;
            }
            order = Long.compare(one.getAsLong(), other.getAsLong());
        } else {
            order = left.kind() == right.kind() && left.value().equals(right.value()) ? 0 : 1;
            boolean ordering = operator.startsWith("<") || operator.startsWith(">");
            if (ordering || (order != 0 && !isPlain(left) && !isPlain(right))) {
                return Truth.UNKNOWN;
            }
        }
        return switch (operator) {
            case "==", "is" -> Truth.of(order == 0);
            case "!=", "is not" -> Truth.of(order != 0);
            case "<" -> Truth.of(order < 0);
            case "<=" -> Truth.of(order <= 0);
            case ">" -> Truth.of(order > 0);
            case ">=" -> Truth.of(order >= 0);
            default -> Truth.UNKNOWN;
        };
    }

    /** Tells whether a constant equals nothing of another kind: {@code 1 == True}, but no string is a number. */
    private static boolean isPlain(Expression.Constant constant) {
        return constant.isString() || constant.kind() == Expression.ConstantKind.NONE;
    }

    private static OptionalLong number(Expression.Constant constant) {
        try {
            return OptionalLong.of(Long.parseLong(constant.value()));
        } catch (NumberFormatException e) {
            return OptionalLong.empty(); // Hexadecimal, or too big: nobody compares workers with it.
        }
    }

    private static Truth equal(@Nullable String left, @Nullable String right) {
        return left == null || right == null ? Truth.UNKNOWN : Truth.of(left.equals(right));
    }

    private Truth contained(@Nullable String text, Expression container, Scope scope, World world) {
        String whole = text(container, scope, world);
        if (whole != null && text != null) {
            return Truth.of(whole.contains(text));
        }
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

    /** Returns the string that an expression is: a literal, {@code __name__}, or the name of the platform. */
    private @Nullable String text(Expression expression, Scope scope, World world) {
        if (expression instanceof Expression.Constant constant && constant.isString()) {
            return constant.value();
        }
        if (isModuleName(expression, scope)) {
            return world.moduleName();
        }
        return world.target() == null ? null : platforms.name(expression, scope, world.target());
    }

    /** Tells whether an expression is {@code __name__}. */
    static boolean isModuleName(Expression expression, Scope scope) {
        return expression instanceof Expression.Name name
                && name.id().equals("__name__")
                && scope.owner(name.id()).bindings(name.id()).isEmpty();
    }

    /**
     * Decides {@code current_process().name == "MainProcess"}, which somebody wrote as a guard. Up to Python 3.13 it is
     * one; that it is none with forkserver on 3.14 is not the fault of the start below it.
     */
    private Truth mainProcessName(Expression.Compare compare, Scope scope, World world) {
        String name = processName(compare, scope);
        if (name == null) {
            return Truth.UNKNOWN;
        }
        boolean isMain = name.equals(MAIN_PROCESS);
        // What a child is called, nobody knows; the program itself has one name.
        return world.isChild() ? (isMain ? Truth.FALSE : Truth.UNKNOWN) : Truth.of(isMain);
    }

    /** Returns the string that the name of the current process is compared with; null if it is not. */
    private @Nullable String processName(Expression.Compare compare, Scope scope) {
        Expression right = compare.comparators().get(0);
        Expression other =
                isProcessName(compare.left(), scope) ? right : isProcessName(right, scope) ? compare.left() : null;
        return other instanceof Expression.Constant constant && constant.isString() ? constant.value() : null;
    }

    /** Tells whether a comparison is such a test. */
    boolean asksForProcessName(Expression.Compare compare, Scope scope) {
        return MAIN_PROCESS.equals(processName(compare, scope));
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
