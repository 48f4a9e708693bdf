package io.github.spawnproof.python;

import io.github.spawnproof.boundary.Boundary;
import io.github.spawnproof.boundary.Role;
import io.github.spawnproof.boundary.StartMethodChoice;
import io.github.spawnproof.finding.Related;
import io.github.spawnproof.python.syntax.Expression;
import io.github.spawnproof.python.syntax.Node;
import io.github.spawnproof.python.syntax.Statement;
import io.github.spawnproof.source.TextRange;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Finds the starts of processes in code that runs at a given time, following calls through the functions of the file. */
final class StartFinder {

    /** Calls that run through an iterable that they are given. */
    private static final Set<String> CONSUMERS = Set.of(
            "list",
            "tuple",
            "set",
            "sorted",
            "sum",
            "any",
            "all",
            "min",
            "max",
            "dict",
            "enumerate",
            "zip",
            "iter",
            "next");

    private static final Set<String> ORDERS = Set.of("<", "<=", ">", ">=");

    private static final int MAX_CALLS = 12;

    /**
     * A start that was found.
     *
     * @param path the calls that lead from the place to the library call, which is the last; empty if the place is it
     * @param inChild whether a child that imports the module again comes here too
     * @param inMain whether the program itself comes here
     * @param isSure whether it comes here whatever tests say that nobody can decide
     */
    record Start(
            String api,
            TextRange range,
            StartMethodChoice choice,
            List<Related> path,
            boolean inChild,
            boolean inMain,
            boolean isSure) {

        /** Makes a start that whoever comes here makes. */
        Start(String api, TextRange range, StartMethodChoice choice, List<Related> path) {
            this(api, range, choice, path, true, true, true);
        }

        /** Returns this start with another way to it. */
        Start along(List<Related> other) {
            return new Start(api, range, choice, other, inChild, inMain, isSure);
        }

        /** Returns this start as whoever calls the function sees it that it is in. */
        Start at(TextRange call) {
            return new Start(api, call, choice, path, true, true, isSure);
        }

        /** Returns this start for one that has either this one's choice or the other's. */
        Start or(Start other) {
            return new Start(api, range, choice.or(other.choice), path, inChild, inMain, isSure && other.isSure);
        }
    }

    /**
     * What a call of a function runs.
     *
     * @param start the first start as whoever calls it sees it; null if there is none
     * @param calls the calls in the function itself that are reached
     */
    record Body(@Nullable Start start, List<Scopes.CallSite> calls) {}

    /** A function, by its scope, called with parameters of which some are known. */
    private record Passed(int scope, Map<String, Expression.Constant> parameters) {}

    /**
     * Which processes execute a piece of code.
     *
     * @param isSure whether they do whatever the tests around it say that nobody can decide
     */
    private record Live(boolean inChild, boolean inMain, boolean isSure) {

        static final Live BOTH = new Live(true, true, true);
        static final Live NONE = new Live(false, false, true);

        boolean none() {
            return !inChild && !inMain;
        }

        /** Returns who is left where a condition has the given values there. */
        Live where(Truth inChildTruth, Truth inMainTruth, Truth excluded) {
            return new Live(inChild && inChildTruth != excluded, inMain && inMainTruth != excluded, isSure);
        }

        Live without(Live others) {
            return new Live(inChild && !others.inChild, inMain && !others.inMain, isSure);
        }

        /** Returns the same for code that a test decides about whose truth in the program is known or not. */
        Live doubted(Truth truth) {
            return truth == Truth.UNKNOWN ? new Live(inChild, inMain, false) : this;
        }
    }

    private final Evaluator evaluator;
    private final Conditions conditions;
    private final Map<Passed, Optional<Start>> known = new HashMap<>();
    private final Set<Statement.FunctionDef> running = Collections.newSetFromMap(new IdentityHashMap<>());

    private List<Start> found = new ArrayList<>();
    private List<Scopes.CallSite> visited = new ArrayList<>();
    private Map<String, Expression.Constant> parameters = Map.of();

    StartFinder(Evaluator evaluator) {
        this.evaluator = evaluator;
        this.conditions = new Conditions(evaluator);
    }

    /** Returns the starts that a module-level statement makes when it is executed, in order. */
    List<Start> atModuleLevel(Statement statement, Scope scope, boolean childGetsHere, boolean mainGetsHere) {
        found = new ArrayList<>();
        block(List.of(statement), scope, new Live(childGetsHere, mainGetsHere, true));
        return found;
    }

    /** Tells whether a module-level statement ends the module for whoever executes it in that world. */
    boolean ends(Statement statement, Scope scope, World world) {
        if (statement instanceof Statement.If branch) {
            Truth truth = conditions.test(branch.test(), scope, world, Map.of());
            return truth == Truth.TRUE && conditions.ends(branch.body(), scope);
        }
        if (statement instanceof Statement.Assert assertion) {
            return conditions.test(assertion.test(), scope, world, Map.of()) == Truth.FALSE;
        }
        return conditions.ends(List.of(statement), scope);
    }

    /** Tells whether a statement is a plain main guard: executed by the program alone, with nothing else for the rest. */
    boolean isMainGuard(Statement statement, Scope scope) {
        return statement instanceof Statement.If branch
                && !branch.body().isEmpty()
                && branch.orElse().isEmpty()
                && conditions.test(branch.test(), scope, World.MAIN, Map.of()) == Truth.TRUE
                && conditions.test(branch.test(), scope, World.CHILD, Map.of()) == Truth.FALSE;
    }

    /** Tells whether only the program itself executes a branch. */
    boolean isOnlyInMain(Statement.If branch, Scope scope) {
        return conditions.test(branch.test(), scope, World.CHILD, Map.of()) == Truth.FALSE;
    }

    /** Tells whether the program itself, and no child, may execute the body of an if statement, or what is behind its else. */
    boolean isOnlyForMain(Statement.If branch, Scope scope, boolean body) {
        Truth child = conditions.test(branch.test(), scope, World.CHILD, Map.of());
        Truth main = conditions.test(branch.test(), scope, World.MAIN, Map.of());
        return child == Truth.of(!body) && main != Truth.of(!body);
    }

    // Statements

    private void block(List<Statement> statements, Scope scope, Live live) {
        Live left = live;
        for (Statement statement : statements) {
            if (left.none()) {
                return;
            }
            left = statement(statement, scope, left);
        }
    }

    /** Executes a statement and returns who gets to the next one. */
    private Live statement(Statement statement, Scope scope, Live live) {
        if (statement instanceof Statement.If branch) {
            return branch(branch, scope, live);
        } else if (statement instanceof Statement.FunctionDef function) {
            for (Expression decorator : function.decorators()) {
                visit(decorator, scope, live);
            }
            for (Node.Parameter parameter : function.parameters().list()) {
                visit(parameter.defaultValue(), scope, live);
            }
        } else if (statement instanceof Statement.ClassDef type) {
            for (Expression decorator : type.decorators()) {
                visit(decorator, scope, live);
            }
            for (Expression base : type.bases()) {
                visit(base, scope, live);
            }
            block(type.body(), evaluator.scopes().of(type), live);
        } else if (statement instanceof Statement.For loop) {
            visit(loop.iterable(), scope, live);
            iterated(loop.iterable(), scope, live);
            block(loop.body(), scope, live);
            block(loop.orElse(), scope, live);
        } else if (statement instanceof Statement.While loop) {
            visit(loop.test(), scope, live);
            block(loop.body(), scope, branchTaken(loop.test(), scope, live));
            block(loop.orElse(), scope, live);
        } else if (statement instanceof Statement.With with) {
            for (Node.WithItem item : with.items()) {
                visit(item.context(), scope, live);
                special(item.context(), with.isAsync() ? "__aenter__" : "__enter__", scope, live);
            }
            block(with.body(), scope, live);
        } else if (statement instanceof Statement.Try tryStatement) {
            block(tryStatement.body(), scope, live);
            tryStatement.handlers().forEach(handler -> block(handler.body(), scope, live.doubted(Truth.UNKNOWN)));
            block(tryStatement.orElse(), scope, live);
            block(tryStatement.finalBody(), scope, live);
        } else if (statement instanceof Statement.Match match) {
            visit(match.subject(), scope, live);
            for (Node.MatchCase matchCase : match.cases()) {
                Truth main = conditions.matches(match.subject(), matchCase, scope, World.MAIN);
                block(
                        matchCase.body(),
                        scope,
                        live.doubted(main)
                                .where(
                                        conditions.matches(match.subject(), matchCase, scope, World.CHILD),
                                        main,
                                        Truth.FALSE));
            }
        } else if (statement instanceof Statement.Damaged damaged) {
            damaged.expressions().forEach(expression -> visit(expression, scope, live));
            block(damaged.body(), scope, live);
        } else {
            statement.forEachChild(child -> visit(child, scope, live));
            if (statement instanceof Statement.Return || conditions.ends(List.of(statement), scope)) {
                return Live.NONE;
            }
        }
        return live;
    }

    private Live branch(Statement.If branch, Scope scope, Live live) {
        visit(branch.test(), scope, live);
        Truth child = conditions.test(branch.test(), scope, World.CHILD, parameters);
        Truth main = conditions.test(branch.test(), scope, World.MAIN, parameters);
        Live doubted = asksForNumber(branch.test()) ? live : live.doubted(main);
        block(branch.body(), scope, doubted.where(child, main, Truth.FALSE));
        block(branch.orElse(), scope, doubted.where(child, main, Truth.TRUE));
        boolean ends = conditions.ends(branch.body(), scope)
                || (!branch.body().isEmpty()
                        && branch.body().get(branch.body().size() - 1) instanceof Statement.Return);
        return ends ? live.without(new Live(child == Truth.TRUE, main == Truth.TRUE, true)) : live;
    }

    /** Tells whether a test compares by order: who passes a number of workers that nobody knows mostly wants several. */
    private static boolean asksForNumber(Expression test) {
        return test instanceof Expression.Compare compare
                && compare.operators().stream().allMatch(ORDERS::contains);
    }

    private Live branchTaken(Expression test, Scope scope, Live live) {
        return live.where(
                conditions.test(test, scope, World.CHILD, parameters),
                conditions.test(test, scope, World.MAIN, parameters),
                Truth.FALSE);
    }

    // Expressions

    private void visit(@Nullable Node node, Scope scope, Live live) {
        if (node == null || live.none() || node instanceof Expression.Lambda) {
            return;
        }
        if (node instanceof Expression.Call call) {
            call.forEachChild(child -> visit(child, scope, live));
            call(call, false, scope, live);
        } else if (node instanceof Expression.Await await && await.value() instanceof Expression.Call call) {
            call.forEachChild(child -> visit(child, scope, live));
            call(call, true, scope, live);
        } else if (node instanceof Expression.Comprehended comprehended) {
            visit(comprehended.generators().get(0).iterable(), scope, live);
            // The body of a generator expression runs when somebody iterates over it, which a consumer below does.
            if (comprehended.kind() != Expression.ComprehensionKind.GENERATOR) {
                comprehension(
                        comprehended.generators(), scope, evaluator.scopes().of(comprehended), live);
                visit(comprehended.element(), evaluator.scopes().of(comprehended), live);
            }
        } else if (node instanceof Expression.DictComp comprehended) {
            Scope inner = evaluator.scopes().of(comprehended);
            visit(comprehended.generators().get(0).iterable(), scope, live);
            comprehension(comprehended.generators(), scope, inner, live);
            visit(comprehended.key(), inner, live);
            visit(comprehended.value(), inner, live);
        } else if (node instanceof Expression.BoolOp operation) {
            shortCircuit(operation, scope, live);
        } else if (node instanceof Expression.IfExp choice) {
            visit(choice.test(), scope, live);
            Truth child = conditions.test(choice.test(), scope, World.CHILD, parameters);
            Truth main = conditions.test(choice.test(), scope, World.MAIN, parameters);
            visit(choice.body(), scope, live.doubted(main).where(child, main, Truth.FALSE));
            visit(choice.orElse(), scope, live.doubted(main).where(child, main, Truth.TRUE));
        } else if (!(node instanceof Statement)) {
            node.forEachChild(child -> visit(child, scope, live));
        }
    }

    private void shortCircuit(Expression.BoolOp operation, Scope scope, Live live) {
        Truth ending = Truth.of(operation.operator().equals("or"));
        Live left = live;
        for (Expression operand : operation.values()) {
            visit(operand, scope, left);
            Truth main = conditions.test(operand, scope, World.MAIN, parameters);
            left = left.doubted(main).where(conditions.test(operand, scope, World.CHILD, parameters), main, ending);
        }
    }

    private void comprehension(List<Node.Comprehension> generators, Scope outer, Scope inner, Live live) {
        for (int i = 0; i < generators.size(); i++) {
            iterated(generators.get(i).iterable(), i == 0 ? outer : inner, live);
            if (i > 0) {
                visit(generators.get(i).iterable(), inner, live);
            }
            generators.get(i).conditions().forEach(condition -> visit(condition, inner, live));
        }
    }

    /** Looks at what iterating over an expression starts: a DataLoader's workers, or a generator expression's body. */
    private void iterated(Expression iterable, Scope scope, Live live) {
        if (iterable instanceof Expression.Comprehended generator
                && generator.kind() == Expression.ComprehensionKind.GENERATOR) {
            Scope inner = evaluator.scopes().of(generator);
            comprehension(generator.generators(), scope, inner, live);
            visit(generator.element(), inner, live);
        } else if (iterable instanceof Expression.Call call) {
            iteratedCall(call, scope, live);
        } else {
            special(iterable, "__iter__", scope, live);
        }
    }

    /** Looks at what iterating over the result of a call starts: a generator's body, or what a progress bar shows. */
    private void iteratedCall(Expression.Call call, Scope scope, Live live) {
        Value callee = evaluator.evaluate(call.function(), scope);
        if (callee instanceof Value.FunctionOf function && evaluator.isGenerator(function)) {
            add(called(function, call, true, Callees.nameRange(call.function(), scope), scope), live);
        } else if (callee instanceof Value.Named named
                && named.name().startsWith("tqdm.")
                && !call.arguments().isEmpty()) {
            iterated(call.arguments().get(0), scope, live);
        } else {
            special(call, "__iter__", scope, live);
        }
    }

    /** Looks at what a special method, called by the language itself, starts. */
    private void special(Expression receiver, String method, Scope scope, Live live) {
        Start first = null;
        for (Value value : evaluator.evaluate(receiver, scope).alternatives()) {
            if (value.isNone()) {
                continue;
            }
            Value member = evaluator.specialMethod(value, method);
            Start start = called(member, null, true, Callees.nameRange(receiver, scope), scope);
            if (start == null) {
                return;
            }
            first = first == null ? start : first.or(start);
        }
        add(first, live);
    }

    // Calls

    private void call(Expression.Call call, boolean awaited, Scope scope, Live live) {
        if (live.isSure()) {
            visited.add(new Scopes.CallSite(call, scope));
        }
        if (call.function() instanceof Expression.Name name && CONSUMERS.contains(name.id())) {
            call.arguments().forEach(argument -> iterated(argument, scope, live));
            return;
        }
        TextRange range = Callees.nameRange(call.function(), scope);
        Start first = null;
        for (Value callee : evaluator.evaluate(call.function(), scope).alternatives()) {
            if (callee.isNone()) {
                continue;
            }
            Start start = called(callee, call, awaited, range, scope);
            if (start == null) {
                return;
            }
            first = first == null ? start : first.or(start);
        }
        add(first, live);
    }

    private void add(@Nullable Start start, Live live) {
        if (start != null) {
            StartMethodChoice choice = start.choice()
                    .notOn(evaluator.limits().absentAt(start.range().start()));
            found.add(new Start(
                    start.api(),
                    start.range(),
                    choice,
                    start.path(),
                    live.inChild(),
                    live.inMain(),
                    start.isSure() && live.isSure()));
        }
    }

    /** Returns the start that calling a value makes; null if it surely makes none, or nobody knows. */
    private @Nullable Start called(
            Value callee, Expression.@Nullable Call call, boolean awaited, TextRange range, Scope scope) {
        if (callee instanceof Value.FunctionOf function) {
            return isPutOff(function) && !awaited ? null : through(function, call, 0, range, scope);
        }
        if (callee instanceof Value.BoundMethod method) {
            return isPutOff(method.function()) && !awaited ? null : through(method.function(), call, 1, range, scope);
        }
        if (callee instanceof Value.ClassOf type) {
            Value initializer = evaluator.specialMethod(Value.Instance.of(type, evaluator.programChoice()), "__init__");
            if (initializer instanceof Value.BoundMethod method) {
                return through(method.function(), call, 1, range, scope);
            }
        }
        Optional<Boundary> boundary = call == null
                ? evaluator.boundary(callee)
                : evaluator.boundary(
                        callee, call, scope, site -> constant(site.expression(), site.scope(), parameters));
        if (boundary.isEmpty()) {
            return null;
        }
        Boundary row = boundary.get();
        Arguments arguments = call == null ? new Arguments(List.of()) : Arguments.of(row, call, scope);
        if (!evaluator.meets(row, arguments)) {
            return null;
        }
        if (row.starts() && row.trail() != null) {
            return new Start(
                    row.trail().api(),
                    range,
                    evaluator.choice(row, callee, arguments),
                    row.trail().start());
        }
        if (row.starts()) {
            Start start = new Start(row.shortName(), range, evaluator.choice(row, callee, arguments), List.of());
            return row.startsWhereMade() ? whereMade(start, callee, arguments, scope) : start;
        }
        return throughArgument(arguments, range);
    }

    /** Tells whether calling a function does not run it yet. */
    private boolean isPutOff(Value.FunctionOf function) {
        return function.definition().isAsync() || evaluator.isGenerator(function);
    }

    /** Returns a start that was put off at the call that made the object, if both run in the same function. */
    private Start whereMade(Start start, Value callee, Arguments arguments, Scope scope) {
        Value maker = callee instanceof Value.LibraryMethod method ? method.receiver() : callee;
        for (Arguments.Argument argument : arguments.list()) {
            if (argument.parameter().role() == Role.CARRIER) {
                maker = evaluator.evaluate(argument.site());
            }
        }
        if (!(maker instanceof Value.Instance instance)) {
            return start;
        }
        Site origin = instance.origin();
        if (origin == null
                || !origin.scope().isInFunctionOf(scope)
                || !(origin.expression() instanceof Expression.Call call)) {
            return start;
        }
        TextRange range = Callees.nameRange(call.function(), origin.scope());
        return new Start(start.api().replaceFirst("\\..*", ""), range, start.choice(), List.of());
    }

    /** Returns the start of a context manager that the call enters, or of a coroutine that it runs. */
    private @Nullable Start throughArgument(Arguments arguments, TextRange range) {
        for (Arguments.Argument argument : arguments.list()) {
            Site site = argument.site();
            if (argument.parameter().role() == Role.ENTERED) {
                Value member = evaluator.specialMethod(evaluator.evaluate(site), "__enter__");
                return called(member, null, true, Callees.nameRange(site.expression(), site.scope()), site.scope());
            }
            if (argument.parameter().role() == Role.RUN) {
                Expression.Call coroutine = site.expression() instanceof Expression.Call inner ? inner : null;
                Expression callee = coroutine == null ? site.expression() : coroutine.function();
                Start start = called(
                        evaluator.evaluate(callee, site.scope()),
                        coroutine,
                        true,
                        Callees.nameRange(callee, site.scope()),
                        site.scope());
                return start == null ? null : start.at(range);
            }
        }
        return null;
    }

    /** Returns the first start in a function of the file, as seen from the call. */
    private @Nullable Start through(
            Value.FunctionOf function, Expression.@Nullable Call call, int bound, TextRange range, Scope scope) {
        Start inner = inside(function, passed(function.definition(), call, bound, scope));
        return inner == null ? null : inner.at(range);
    }

    /** Returns what a function runs if some of its parameters are known. */
    Body body(Value.FunctionOf function, Map<String, Expression.Constant> passed) {
        List<Scopes.CallSite> outer = visited;
        visited = new ArrayList<>();
        // Nobody sees from outside what decides about the others.
        Optional<Start> first = firstIn(function, passed).filter(Start::isSure);
        List<Scopes.CallSite> calls = visited;
        visited = outer;
        return new Body(first.map(start -> start.along(path(function, start))).orElse(null), calls);
    }

    /** Returns the first start in a function of the file, with the way from whoever calls it. */
    private @Nullable Start inside(Value.FunctionOf function, Map<String, Expression.Constant> passed) {
        Statement.FunctionDef definition = function.definition();
        Passed key = new Passed(function.scope().identity(), passed);
        Optional<Start> inner = known.get(key);
        if (inner == null) {
            if (running.size() >= MAX_CALLS || !running.add(definition)) {
                return null;
            }
            List<Scopes.CallSite> outer = visited;
            visited = new ArrayList<>();
            inner = firstIn(function, passed);
            visited = outer;
            running.remove(definition);
            if (!evaluator.isProvisional()) {
                known.put(key, inner);
            }
        }
        return inner.map(start -> start.along(path(function, start))).orElse(null);
    }

    private static List<Related> path(Value.FunctionOf function, Start start) {
        List<Related> path = new ArrayList<>();
        if (start.path().isEmpty()) {
            path.add(new Related(start.range(), "`%s` starts the process here".formatted(start.api())));
        } else {
            path.add(new Related(
                    start.range(),
                    "`%s` leads to the start".formatted(function.definition().name())));
            path.addAll(start.path());
        }
        return path;
    }

    /** Returns the constant that an expression is known to be; null if it may be anything. */
    Expression.@Nullable Constant constant(Expression expression, Scope scope, Map<String, Expression.Constant> known) {
        return conditions.constant(expression, scope, known);
    }

    private Optional<Start> firstIn(Value.FunctionOf function, Map<String, Expression.Constant> passed) {
        List<Start> outerFound = found;
        Map<String, Expression.Constant> outerParameters = parameters;
        found = new ArrayList<>();
        parameters = passed;
        block(function.definition().body(), function.scope(), Live.BOTH);
        // What the function guards by itself does not happen in a child.
        Optional<Start> first = found.stream()
                .filter(Start::inChild)
                // min keeps the first of those that are equally widespread: one that runs on a single system hides
                // none.
                .min(Comparator.<Start>comparingInt(
                                start -> start.choice().absentFrom().size())
                        .thenComparing(start -> !start.isSure()));
        found = outerFound;
        parameters = outerParameters;
        return first;
    }

    /** Returns the parameters whose value is known in a call: by a constant argument, or by their default. */
    private Map<String, Expression.Constant> passed(
            Statement.FunctionDef definition, Expression.@Nullable Call call, int bound, Scope scope) {
        Map<String, Expression.Constant> passed = new HashMap<>();
        List<Node.Parameter> list = definition.parameters().list();
        for (int i = bound; i < list.size(); i++) {
            Node.Parameter parameter = list.get(i);
            Expression argument = call == null ? null : CallArguments.of(call, parameter, i - bound);
            boolean hidden = call != null && CallArguments.hasUnpacking(call);
            Expression value = argument != null || hidden ? argument : parameter.defaultValue();
            Expression.Constant constant = value == null ? null : conditions.constant(value, scope, parameters);
            if (constant != null) {
                passed.put(parameter.name(), Given.placeless(constant));
            }
        }
        return passed;
    }
}
