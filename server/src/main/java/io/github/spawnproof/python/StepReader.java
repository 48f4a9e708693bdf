package io.github.spawnproof.python;

import io.github.spawnproof.boundary.BoundaryTable;
import io.github.spawnproof.boundary.StartMethodChoice;
import io.github.spawnproof.python.syntax.Expression;
import io.github.spawnproof.python.syntax.Node;
import io.github.spawnproof.python.syntax.Statement;
import io.github.spawnproof.source.TextRange;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Tells which steps a call or a simple statement is, but for starts. */
final class StepReader {

    private static final String CONTEXT = "multiprocessing.context.BaseContext.";

    /**
     * What asks the default context for itself, which fixes the start method: seen by running each with Python 3.11 and
     * 3.14. Making a Process, a Pipe or a raw value does not.
     */
    private static final Set<String> CONTEXT_USERS = Set.of(
            "Array",
            "Barrier",
            "BoundedSemaphore",
            "Condition",
            "Event",
            "JoinableQueue",
            "Lock",
            "Manager",
            "Pool",
            "Queue",
            "RLock",
            "Semaphore",
            "SimpleQueue",
            "Value",
            "get_context",
            "get_start_method",
            "concurrent.futures.ProcessPoolExecutor",
            "managers.BaseManager",
            "managers.SyncManager",
            "pool.Pool",
            "pool.ThreadPool");

    /** Arguments that name another context, or ask without fixing anything. */
    private static final Set<String> HARMLESS_ARGUMENTS =
            Set.of("allow_none", "context", "ctx", "method", "mp_context", "*", "**");

    private final Evaluator evaluator;
    private final CudaDevices devices;

    StepReader(Evaluator evaluator) {
        this.evaluator = evaluator;
        this.devices = new CudaDevices(evaluator);
    }

    List<Step> ofStatement(Statement statement, Scope scope) {
        List<Step> steps = new ArrayList<>();
        if (statement instanceof Statement.Import imports && !imports.isLazy()) {
            imports.names().forEach(alias -> imported(alias.name(), alias, scope, steps));
        } else if (statement instanceof Statement.ImportFrom from && !from.isLazy() && from.level() == 0) {
            from.names().stream().limit(1).forEach(alias -> imported(from.module() + ".", alias, scope, steps));
        } else if (statement instanceof Statement.Assign assign
                && !assign.targets().isEmpty()
                && assign.targets().get(0) instanceof Expression.Subscript subscript
                && isEnvironment(subscript.value(), scope)) {
            variable(subscript.index(), assign.value(), "os.environ", statement, scope, steps);
        } else if (statement instanceof Statement.AugAssign assign
                && assign.operator().startsWith("|")
                && isEnvironment(assign.target(), scope)) {
            variables(assign.value(), statement, scope, steps);
        }
        return steps;
    }

    private void imported(String name, Node.Alias alias, Scope scope, List<Step> steps) {
        if (evaluator.table().forksOnMac(name)) {
            steps.add(step(Step.Kind.JINA_IMPORT, Site.range(alias, scope), "jina", alias, scope, null));
        }
    }

    List<Step> ofCall(Expression.Call call, Scope scope) {
        List<Step> steps = new ArrayList<>();
        Value callee = evaluator.evaluate(call.function(), scope);
        if (call.function() instanceof Expression.Attribute method && isEnvironment(method.value(), scope)) {
            if (method.name().equals("setdefault") && call.arguments().size() == 2) {
                variable(call.arguments().get(0), call.arguments().get(1), "os.environ", call, scope, steps);
            } else if (method.name().equals("update")) {
                call.arguments().forEach(argument -> variables(argument, call, scope, steps));
                for (Node.Keyword keyword : call.keywords()) {
                    if (keyword.name() != null) {
                        TextRange range = new TextRange(
                                scope.base() + keyword.start(),
                                scope.base() + keyword.start() + keyword.name().length());
                        variable(keyword.name(), range, keyword.value(), "os.environ", call, scope, steps);
                    }
                }
            }
        } else if (callee instanceof Value.Named named) {
            named(named.name(), call, scope, steps);
        }
        TextRange cuda = devices.touch(call, callee, scope);
        if (cuda != null) {
            steps.add(step(Step.Kind.CUDA, cuda, "CUDA", call, scope, null));
        }
        return steps;
    }

    private void named(String name, Expression.Call call, Scope scope, List<Step> steps) {
        TextRange range = Callees.nameRange(call.function(), scope);
        if (name.equals("os.putenv") && call.arguments().size() == 2) {
            variable(call.arguments().get(0), call.arguments().get(1), "os.putenv", call, scope, steps);
        } else if (handsEnvironmentOn(name)) {
            steps.add(step(Step.Kind.EXEC, range, name, call, scope, null));
        } else if (name.equals(CONTEXT + "set_start_method")) {
            Expression method = argument(call, 0, "method");
            steps.add(step(
                    Step.Kind.SET_METHOD,
                    range,
                    "set_start_method",
                    call,
                    scope,
                    method == null ? null : new Site(method, scope)));
        } else if (usesContext(name, call)) {
            steps.add(step(Step.Kind.CONTEXT_USE, range, bare(name), call, scope, null));
        }
    }

    /** Tells whether a call starts a program that gets the environment as it is then. */
    private static boolean handsEnvironmentOn(String name) {
        return name.startsWith("os.exec")
                || name.startsWith("os.spawn")
                || name.startsWith("os.posix_spawn")
                || name.startsWith("subprocess.")
                || name.startsWith("asyncio.create_subprocess")
                || name.equals("os.system");
    }

    private static boolean usesContext(String name, Expression.Call call) {
        String bare = name.startsWith(CONTEXT)
                ? name.substring(CONTEXT.length())
                : name.startsWith("multiprocessing.") ? name.substring("multiprocessing.".length()) : name;
        if (!CONTEXT_USERS.contains(bare)) {
            return false;
        }
        boolean asks = bare.equals("get_context") || bare.equals("get_start_method");
        if (asks && !call.arguments().isEmpty()) {
            return false;
        }
        return call.arguments().stream().noneMatch(Expression.Starred.class::isInstance)
                && call.keywords().stream()
                        .noneMatch(keyword -> keyword.name() == null || HARMLESS_ARGUMENTS.contains(keyword.name()));
    }

    private static String bare(String name) {
        return name.substring(name.lastIndexOf('.') + 1);
    }

    /** Returns the argument at a position or of a name; null if there is none, or nobody knows. */
    static @Nullable Expression argument(Expression.Call call, int position, String name) {
        for (Node.Keyword keyword : call.keywords()) {
            if (name.equals(keyword.name())) {
                return keyword.value();
            }
        }
        boolean plain = call.arguments().stream().noneMatch(Expression.Starred.class::isInstance);
        return plain && position < call.arguments().size() ? call.arguments().get(position) : null;
    }

    private boolean isEnvironment(Expression expression, Scope scope) {
        return evaluator.evaluate(expression, scope) instanceof Value.Named named
                && named.name().equals("os.environ");
    }

    private void variables(Expression items, Node node, Scope scope, List<Step> steps) {
        if (items instanceof Expression.Dict dict) {
            for (int i = 0; i < dict.values().size(); i++) {
                Expression key = dict.keys().get(i);
                if (key != null) {
                    variable(key, dict.values().get(i), "os.environ", node, scope, steps);
                }
            }
        }
    }

    private static void variable(
            Expression key, Expression value, String api, Node node, Scope scope, List<Step> steps) {
        if (key instanceof Expression.Constant constant && constant.isString()) {
            variable(constant.value(), Site.range(key, scope), value, api, node, scope, steps);
        }
    }

    private static void variable(
            String name, TextRange range, Expression value, String api, Node node, Scope scope, List<Step> steps) {
        if (name.equals(BoundaryTable.JINA_VARIABLE)) {
            steps.add(step(Step.Kind.JINA_VARIABLE, range, api, node, scope, new Site(value, scope)));
        } else if (name.equals(BoundaryTable.OBJC_VARIABLE)) {
            steps.add(step(Step.Kind.OBJC_VARIABLE, range, api, node, scope, new Site(value, scope)));
        }
    }

    private static Step step(
            Step.Kind kind, TextRange range, String words, Node node, Scope scope, @Nullable Site value) {
        return new Step(
                kind, range, words, node, scope, value, StartMethodChoice.PLATFORM_DEFAULT, List.of(), true, Set.of());
    }
}
