package io.github.spawnproof.python;

import io.github.spawnproof.boundary.Boundary;
import io.github.spawnproof.boundary.Role;
import io.github.spawnproof.boundary.StartMethod;
import io.github.spawnproof.boundary.StartMethodChoice;
import io.github.spawnproof.boundary.Target;
import io.github.spawnproof.python.syntax.Expression;
import io.github.spawnproof.python.syntax.Node;
import io.github.spawnproof.python.syntax.PythonTree;
import io.github.spawnproof.python.syntax.Statement;
import io.github.spawnproof.source.CancelToken;
import io.github.spawnproof.source.TextRange;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Walks through a program as it runs: the module from top to bottom, each function of the file where it is first called.
 *
 * <p>Functions that the file itself never calls are walks of their own, behind what the module surely did before.
 */
final class ProgramFlow {

    /** A function, with the number of steps that come before its definition. */
    private record Definition(Value.FunctionOf function, int stepsBefore) {}

    private static final int MAX_CALLS = 40;

    private static final Set<String> ITERATING = Set.of("enumerate", "iter", "list", "tuple", "zip");

    private final Evaluator evaluator;
    private final Conditions conditions;
    private final StepReader reader;
    private final CancelToken cancel;
    private final Set<Statement.FunctionDef> visited = Collections.newSetFromMap(new IdentityHashMap<>());
    private final List<Definition> defined = new ArrayList<>();
    private final List<List<Step>> walks = new ArrayList<>();
    private final List<Value.FunctionOf> sent = new ArrayList<>();
    private final Set<Statement.FunctionDef> sentDefinitions = Collections.newSetFromMap(new IdentityHashMap<>());

    private List<Step> steps = new ArrayList<>();
    private List<Step.Arm> path = new ArrayList<>();
    private Set<String> caught = new HashSet<>();
    private boolean inChild = true;
    private int branches;
    private int level;

    private ProgramFlow(Evaluator evaluator, CancelToken cancel) {
        this.evaluator = evaluator;
        this.conditions = new Conditions(evaluator);
        this.reader = new StepReader(evaluator);
        this.cancel = cancel;
    }

    static ProgramFlow of(PythonTree tree, Evaluator evaluator, CancelToken cancel) {
        ProgramFlow flow = new ProgramFlow(evaluator, cancel);
        flow.module(tree);
        List<Step> program = flow.steps;
        flow.walks.add(List.copyOf(program));
        // A walk through a function may come to further definitions.
        for (int i = 0; i < flow.defined.size(); i++) {
            Definition definition = flow.defined.get(i);
            if (flow.visited.contains(definition.function().definition())) {
                continue;
            }
            int before = Math.min(definition.stepsBefore(), program.size());
            flow.steps = new ArrayList<>();
            for (Step step : program.subList(0, before)) {
                if (step.inChild()) {
                    flow.steps.add(step);
                }
            }
            int shared = flow.steps.size();
            flow.function(definition.function());
            if (flow.steps.size() > shared) {
                flow.walks.add(List.copyOf(flow.steps));
            }
        }
        return flow;
    }

    /** Returns the steps of a function and of what it calls, as a process takes them that runs nothing else. */
    static List<Step> steps(Value.FunctionOf function, Evaluator evaluator, CancelToken cancel) {
        ProgramFlow flow = new ProgramFlow(evaluator, cancel);
        flow.follow(function);
        return flow.steps;
    }

    /** Returns the steps of each walk, in their order; the first walk is the program's own. */
    List<List<Step>> walks() {
        return walks;
    }

    /** Returns the functions of the file that are sent to other processes, to run there, and not to spawned ones only. */
    List<Value.FunctionOf> sent() {
        return List.copyOf(sent);
    }

    private void module(PythonTree tree) {
        for (int i = 0; i < tree.statements().size(); i++) {
            cancel.check();
            Statement statement = tree.statements().get(i).statement();
            Scope scope = evaluator.scopes().topLevel(i);
            if (!statement(statement, scope)) {
                return;
            }
            if (statement instanceof Statement.If branch
                    && conditions.test(branch.test(), scope, World.CHILD, Map.of()) == Truth.TRUE
                    && conditions.ends(branch.body(), scope)) {
                inChild = false;
            }
        }
    }

    private void function(Value.FunctionOf function) {
        path = new ArrayList<>();
        caught = new HashSet<>();
        inChild = false;
        // It may never be called; main() nearly always is, if only by an entry point.
        if (!function.definition().name().equals("main")) {
            path.add(new Step.Arm(branches++, true, true));
        }
        visited.add(function.definition());
        block(function.definition().body(), function.scope());
    }

    // Statements

    /** Walks through a block and tells whether anybody gets to its end. */
    private boolean block(List<Statement> statements, Scope scope) {
        List<Step.Arm> outer = new ArrayList<>(path);
        boolean through = true;
        for (Statement statement : statements) {
            if (!statement(statement, scope)) {
                through = false;
                break;
            }
        }
        path = outer;
        return through;
    }

    private void arm(List<Statement> statements, Scope scope, Step.Arm arm) {
        path.add(arm);
        block(statements, scope);
        path.remove(path.size() - 1);
    }

    private boolean statement(Statement statement, Scope scope) {
        if (statement instanceof Statement.If branch) {
            return branch(branch, scope);
        } else if (statement instanceof Statement.FunctionDef function) {
            function.decorators().forEach(decorator -> visit(decorator, scope));
            defined.add(new Definition(
                    new Value.FunctionOf(function, evaluator.scopes().of(function)), steps.size()));
        } else if (statement instanceof Statement.ClassDef type) {
            runByOthers(new Value.ClassOf(type, evaluator.scopes().of(type)));
            type.decorators().forEach(decorator -> visit(decorator, scope));
            type.bases().forEach(base -> visit(base, scope));
            block(type.body(), evaluator.scopes().of(type));
        } else if (statement instanceof Statement.For loop) {
            visit(loop.iterable(), scope);
            special(loop.iterable(), "__iter__", scope);
            block(loop.body(), scope);
            block(loop.orElse(), scope);
        } else if (statement instanceof Statement.While loop) {
            visit(loop.test(), scope);
            if (conditions.test(loop.test(), scope, World.MAIN, Map.of()) == Truth.TRUE) {
                block(loop.body(), scope);
            } else {
                arm(loop.body(), scope, new Step.Arm(branches++, true, true));
            }
            block(loop.orElse(), scope);
        } else if (statement instanceof Statement.With with) {
            return with(with, scope);
        } else if (statement instanceof Statement.Try tryStatement) {
            tried(tryStatement, scope);
        } else if (statement instanceof Statement.Match match) {
            visit(match.subject(), scope);
            for (Node.MatchCase matchCase : match.cases()) {
                arm(matchCase.body(), scope, new Step.Arm(branches++, true, true));
            }
        } else {
            reader.ofStatement(statement, scope).forEach(this::add);
            statement.forEachChild(child -> visit(child, scope));
            return !(statement instanceof Statement.Return) && !conditions.ends(List.of(statement), scope);
        }
        return true;
    }

    private boolean branch(Statement.If branch, Scope scope) {
        visit(branch.test(), scope);
        Truth main = conditions.test(branch.test(), scope, World.MAIN, Map.of());
        Truth child = conditions.test(branch.test(), scope, World.CHILD, Map.of());
        int number = branches++;
        boolean doubtful = main == Truth.UNKNOWN && !isDecidedByPlatform(branch.test(), scope);
        boolean outer = inChild;
        boolean through = false;
        if (main != Truth.FALSE) {
            inChild = outer && child != Truth.FALSE;
            if (main != Truth.TRUE) {
                path.add(new Step.Arm(number, true, doubtful));
            }
            boolean bodyEnds = !block(branch.body(), scope);
            through = !bodyEnds;
            if (main != Truth.TRUE) {
                path.remove(path.size() - 1);
                if (bodyEnds) {
                    // The rest of this block is the other arm, though not one to doubt.
                    path.add(new Step.Arm(number, false, false));
                }
            }
        }
        if (main != Truth.TRUE) {
            inChild = outer && child != Truth.TRUE;
            path.add(new Step.Arm(number, false, doubtful));
            through |= block(branch.orElse(), scope);
            path.remove(path.size() - 1);
        }
        inChild = outer;
        return through;
    }

    private boolean isDecidedByPlatform(Expression test, Scope scope) {
        for (Target target : Target.known()) {
            if (conditions.test(test, scope, World.MAIN.on(target), Map.of()) == Truth.UNKNOWN) {
                return false;
            }
        }
        return true;
    }

    private boolean with(Statement.With with, Scope scope) {
        Set<String> outer = caught;
        caught = new HashSet<>(outer);
        for (Node.WithItem item : with.items()) {
            visit(item.context(), scope);
            special(item.context(), with.isAsync() ? "__aenter__" : "__enter__", scope);
            if (item.context() instanceof Expression.Call call
                    && evaluator.evaluate(call.function(), scope) instanceof Value.Named named
                    && named.name().equals("contextlib.suppress")) {
                call.arguments().forEach(this::addCaught);
            }
        }
        boolean through = block(with.body(), scope);
        caught = outer;
        return through;
    }

    private void tried(Statement.Try tryStatement, Scope scope) {
        Set<String> outer = caught;
        caught = new HashSet<>(outer);
        for (Node.ExceptHandler handler : tryStatement.handlers()) {
            addCaught(handler.type());
        }
        block(tryStatement.body(), scope);
        caught = outer;
        for (Node.ExceptHandler handler : tryStatement.handlers()) {
            arm(handler.body(), scope, new Step.Arm(branches++, true, true));
        }
        block(tryStatement.orElse(), scope);
        block(tryStatement.finalBody(), scope);
    }

    private void addCaught(@Nullable Expression type) {
        if (type instanceof Expression.Tuple tuple) {
            tuple.elements().forEach(this::addCaught);
        } else if (type instanceof Expression.Name name) {
            boolean all = name.id().equals("Exception") || name.id().equals("BaseException");
            caught.add(all ? "*" : name.id());
        } else {
            caught.add("*");
        }
    }

    // Expressions

    private void visit(@Nullable Node node, Scope scope) {
        if (node == null || node instanceof Expression.Lambda || node instanceof Statement) {
            return;
        }
        if (node instanceof Expression.BoolOp operation) {
            shortCircuit(operation, scope);
            return;
        } else if (node instanceof Expression.IfExp choice) {
            visit(choice.test(), scope);
            int number = branches++;
            path.add(new Step.Arm(number, true, true));
            visit(choice.body(), scope);
            path.set(path.size() - 1, new Step.Arm(number, false, true));
            visit(choice.orElse(), scope);
            path.remove(path.size() - 1);
            return;
        }
        evaluator.scopes().forEachChild(node, scope, this::visit);
        if (node instanceof Expression.Call call) {
            call(call, scope);
        } else if (node instanceof Node.Comprehension generator) {
            special(generator.iterable(), "__iter__", scope);
        }
    }

    private void shortCircuit(Expression.BoolOp operation, Scope scope) {
        List<Step.Arm> outerPath = new ArrayList<>(path);
        boolean outerInChild = inChild;
        Truth going = Truth.of(operation.operator().equals("and"));
        for (Expression operand : operation.values()) {
            visit(operand, scope);
            Truth main = conditions.test(operand, scope, World.MAIN, Map.of());
            if (main == going.not()) {
                break;
            }
            if (main == Truth.UNKNOWN) {
                path.add(new Step.Arm(branches++, true, true));
            }
            inChild &= conditions.test(operand, scope, World.CHILD, Map.of()) != going.not();
        }
        path = outerPath;
        inChild = outerInChild;
    }

    private void call(Expression.Call call, Scope scope) {
        reader.ofCall(call, scope).forEach(this::add);
        List<Value> callees = evaluator.evaluate(call.function(), scope).alternatives();
        StartMethodChoice choice = null;
        Boundary row = null;
        for (Value callee : callees) {
            if (callee instanceof Value.FunctionOf function) {
                follow(function);
            } else if (callee instanceof Value.BoundMethod method) {
                follow(method.function());
            } else if (callee instanceof Value.ClassOf type
                    && evaluator.specialMethod(Value.Instance.of(type, evaluator.programChoice()), "__init__")
                            instanceof Value.BoundMethod method) {
                follow(method.function());
            }
            Optional<Boundary> found = evaluator.boundary(callee);
            if (found.isEmpty()) {
                continue;
            }
            Arguments arguments = Arguments.of(found.get(), call, scope);
            if (!evaluator.meets(found.get(), arguments)) {
                continue;
            }
            StartMethodChoice one = evaluator.choice(found.get(), callee, arguments);
            // What goes to spawned processes alone has nothing of this one.
            if (!one.equals(StartMethodChoice.exactly(StartMethod.SPAWN))) {
                arguments.list().forEach(this::send);
            }
            if (found.get().starts()) {
                choice = choice == null ? one : choice.or(one);
                row = found.get();
            }
        }
        if (row != null && choice != null) {
            start(row, choice, Callees.nameRange(call.function(), scope), call, scope);
        }
    }

    /** Takes down the methods that a child calls by itself: those of Executors, and run of a process. */
    private void runByOthers(Value.ClassOf type) {
        boolean executor = evaluator.derivesFrom(type, "jina.Executor");
        if (executor || evaluator.derivesFrom(type, "multiprocessing.process.BaseProcess")) {
            for (Statement statement : type.definition().body()) {
                if (statement instanceof Statement.FunctionDef method
                        && (executor || method.name().equals("run"))) {
                    send(new Value.FunctionOf(method, evaluator.scopes().of(method)));
                }
            }
        }
    }

    private void send(Arguments.Argument argument) {
        Role role = argument.parameter().role();
        if (role == null || !role.crossesByPickle()) {
            return;
        }
        for (Value value : evaluator.evaluate(argument.site()).alternatives()) {
            send(value);
            if (value instanceof Value.Instance) {
                send(evaluator.specialMethod(value, "__call__"));
                send(evaluator.specialMethod(value, "__getitem__"));
            }
        }
    }

    private void send(Value value) {
        if (value instanceof Value.FunctionOf function && sentDefinitions.add(function.definition())) {
            sent.add(function);
        } else if (value instanceof Value.BoundMethod method) {
            send(method.function());
        }
    }

    private void special(Expression expression, String method, Scope scope) {
        Expression receiver = method.equals("__iter__") ? shown(expression, scope) : expression;
        for (Value value : evaluator.evaluate(receiver, scope).alternatives()) {
            Value member = evaluator.specialMethod(value, method);
            if (member instanceof Value.BoundMethod own) {
                follow(own.function());
            }
            Optional<Boundary> row = evaluator.boundary(member).filter(Boundary::starts);
            if (row.isPresent()) {
                StartMethodChoice choice = evaluator.choice(row.get(), member, new Arguments(List.of()));
                start(row.get(), choice, Callees.nameRange(receiver, scope), receiver, scope);
                return;
            }
        }
    }

    /** Returns what is iterated over behind {@code enumerate} or a progress bar. */
    private Expression shown(Expression iterable, Scope scope) {
        Expression inner = iterable;
        while (inner instanceof Expression.Call call
                && !call.arguments().isEmpty()
                && ((call.function() instanceof Expression.Name name && ITERATING.contains(name.id()))
                        || (evaluator.evaluate(call.function(), scope) instanceof Value.Named named
                                && named.name().startsWith("tqdm.")))) {
            inner = call.arguments().get(0);
        }
        return inner;
    }

    private void start(Boundary row, StartMethodChoice choice, TextRange range, Node node, Scope scope) {
        StartMethodChoice limited = choice.notOn(evaluator.limits().absentAt(range.start()));
        add(new Step(Step.Kind.START, range, row.shortName(), node, scope, null, limited, List.of(), true, Set.of()));
    }

    private void follow(Value.FunctionOf function) {
        if (level >= MAX_CALLS || !visited.add(function.definition())) {
            return;
        }
        level++;
        block(function.definition().body(), function.scope());
        level--;
    }

    private void add(Step step) {
        steps.add(new Step(
                step.kind(),
                step.range(),
                step.words(),
                step.node(),
                step.scope(),
                step.value(),
                step.choice(),
                path,
                inChild,
                caught));
    }
}
