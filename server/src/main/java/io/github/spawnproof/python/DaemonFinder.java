package io.github.spawnproof.python;

import io.github.spawnproof.boundary.Boundary;
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
import io.github.spawnproof.python.syntax.Node;
import io.github.spawnproof.python.syntax.PythonTree;
import io.github.spawnproof.python.syntax.Statement;
import io.github.spawnproof.source.SourceText;
import io.github.spawnproof.source.TextRange;
import java.util.ArrayDeque;
import java.util.Collections;
import java.util.Deque;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Finds starts of processes in code that runs in a daemon, which may not have children. */
final class DaemonFinder {

    private static final String PROCESS = "multiprocessing.process.BaseProcess";
    private static final String DAEMON = "daemon";

    /** A function that runs in a daemon, how it got there, and what makes no daemon of that. */
    private record Entry(Value.FunctionOf function, Related made, List<Fix> fixes) {}

    private final PythonTree tree;
    private final SourceText source;
    private final Layout layout;
    private final Evaluator evaluator;
    private final Variables variables;
    private final Deque<Entry> waiting = new ArrayDeque<>();
    private final Set<Statement.FunctionDef> seen = Collections.newSetFromMap(new IdentityHashMap<>());
    private final TreeMap<TextRange, Misuse> found = new TreeMap<>();

    DaemonFinder(PythonTree tree, Evaluator evaluator, Variables variables) {
        this.tree = tree;
        this.source = tree.source();
        this.layout = new Layout(tree);
        this.evaluator = evaluator;
        this.variables = variables;
    }

    /** Returns the misuses in functions that calls of the table have daemons call, and in processes that are daemons. */
    List<Misuse> find(List<CrossingFinder.KnownCall> calls, List<Value.ClassOf> classes) {
        classes.forEach(this::daemon);
        for (CrossingFinder.KnownCall call : calls) {
            if (call.rows().size() == 1) {
                worker(call);
                daemon(call);
            }
        }
        while (!waiting.isEmpty()) {
            Entry entry = waiting.remove();
            for (Scopes.CallSite site : SureCalls.of(entry.function(), evaluator.scopes())) {
                call(site, entry);
            }
        }
        return List.copyOf(found.values());
    }

    // Workers of pools

    /** Enters what a pool is made with or given to do. */
    private void worker(CrossingFinder.KnownCall call) {
        Value pool = call.callees().get(0) instanceof Value.LibraryMethod method && isPool(method.receiver())
                ? method.receiver()
                : evaluator.evaluate(call.call(), call.scope());
        if (isPool(pool)) {
            Related made = new Related(
                    Callees.nameRange(call.call().function(), call.scope()),
                    "`%s` runs it in a worker, and workers are daemons"
                            .formatted(call.rows().get(0).shortName()));
            enterCalled(call, made, List.of());
        }
    }

    /** Tells whether a value is a pool whose workers are daemons: with a class of one's own as context they may be none. */
    private boolean isPool(Value value) {
        if (!(value instanceof Value.Instance pool)
                || !(pool.type() instanceof Value.Named type)
                || !evaluator.table().isDaemonic(type.name())) {
            return false;
        }
        if (pool.origin() == null || !(pool.origin().expression() instanceof Expression.Call call)) {
            return true;
        }
        Scope scope = pool.origin().scope();
        Value maker = evaluator.evaluate(call.function(), scope);
        return !(maker instanceof Value.LibraryMethod method && !isOfLibrary(method.receiver()))
                && evaluator
                        .boundary(maker)
                        .map(row -> Arguments.of(row, call, scope))
                        .filter(arguments -> arguments.list().stream()
                                .filter(argument -> argument.parameter().role() == Role.CONTEXT)
                                .allMatch(argument -> isOfLibrary(evaluator.evaluate(argument.site()))))
                        .isPresent();
    }

    private static boolean isOfLibrary(Value value) {
        return value.isNone() || (value instanceof Value.Instance instance && instance.type() instanceof Value.Named);
    }

    // Processes that are daemons

    /** Enters what a process runs that is made a daemon: by an argument, by its class, or by its attribute. */
    private void daemon(CrossingFinder.KnownCall call) {
        String flag = call.rows().get(0).parameters().stream()
                .filter(parameter -> parameter.role() == Role.DAEMON)
                .map(BoundaryParameter::name)
                .findFirst()
                .orElse(null);
        if (flag == null) {
            return;
        }
        Optional<Site> argument = call.arguments().find(flag).map(Arguments.Argument::site);
        NameWalk.Use set = setLater(call, flag);
        if (set != null && set.outer() != null && set.outer().outer() != null) {
            TextRange statement = Site.range(set.outer().outer().node(), set.scope());
            enter(call, statement, withoutStatement(statement));
        } else if (argument.isPresent()) {
            if (isTrue(evaluator.evaluate(argument.get()))) {
                enter(call, argument.get().range(), withoutKeyword(call, argument.get()));
            }
        }
    }

    /** Enters what a class of processes runs that makes daemons of its instances. */
    private void daemon(Value.ClassOf type) {
        Value instance = Value.Instance.of(type, evaluator.programChoice());
        if (evaluator.derivesFrom(type, PROCESS) && isTrue(evaluator.specialMethod(instance, DAEMON))) {
            int start = type.scope().base() + type.definition().nameStart();
            String name = type.definition().name();
            Related made = new Related(new TextRange(start, start + name.length()), "`%s` is a daemon".formatted(name));
            enter(evaluator.specialMethod(instance, "run"), made, List.of());
        }
    }

    private static boolean isTrue(Value value) {
        return value instanceof Value.Literal literal && literal.constant().kind() == Expression.ConstantKind.TRUE;
    }

    private void enter(CrossingFinder.KnownCall call, TextRange range, List<TextEdit> edits) {
        Related made = new Related(
                new TextRange(range.start(), Math.min(range.end(), source.lineEnd(range.start()))),
                "The process that runs it is a daemon");
        // Unsafe: the program then waits for the process when it ends, instead of ending that.
        List<Fix> fixes = Fix.ifAny("Let the process be no daemon", Applicability.UNSAFE, edits);
        enterCalled(call, made, fixes);
        Value process = evaluator.evaluate(call.call(), call.scope());
        if (process instanceof Value.Instance instance && instance.type() instanceof Value.ClassOf) {
            enter(evaluator.specialMethod(instance, "run"), made, fixes);
        }
    }

    /** Returns where a process is made a daemon, in the block where it is made, for good; null if it is not. */
    private NameWalk.@Nullable Use setLater(CrossingFinder.KnownCall call, String flag) {
        Statement root = tree.statements()
                .get(tree.topLevelAt(Site.range(call.call(), call.scope()).start()))
                .statement();
        Statement making = StatementBlocks.innermost(call.call(), root);
        if (!(making instanceof Statement.Assign assign)
                || !Site.isSame(assign.value(), call.call())
                || !(assign.targets().get(0) instanceof Expression.Name name)) {
            return null;
        }
        NameWalk.Use set = null;
        Variables.Variable variable = Variables.Variable.of(name.id(), call.scope());
        for (NameWalk.Use use : variables.uses(variable)) {
            NameWalk.Path path = use.outer();
            if (path != null
                    && path.node() instanceof Expression.Attribute attribute
                    && attribute.name().equals(flag)
                    && path.outer() != null
                    && path.outer().node() instanceof Statement.Assign setting
                    && Site.isSame(setting.targets().get(0), attribute)) {
                boolean isHere =
                        StatementBlocks.around(making, root).stream().anyMatch(beside -> Site.isSame(beside, setting));
                if (set != null || !isHere || !isTrue(evaluator.evaluate(setting.value(), use.scope()))) {
                    return null;
                }
                set = use;
            }
        }
        return set;
    }

    private List<TextEdit> withoutKeyword(CrossingFinder.KnownCall call, Site site) {
        int base = call.scope().base();
        int previous = -1;
        for (Expression argument : call.call().arguments()) {
            previous = base + argument.end();
        }
        for (Node.Keyword keyword : call.call().keywords()) {
            if (Site.isSame(keyword.value(), site.expression())) {
                TextRange range = new TextRange(Math.max(0, previous), base + keyword.end());
                // Nothing but a comma and blanks before it: no comment is lost.
                boolean plain = previous >= 0 && source.slice(range).matches(",\\s*\\w+\\s*=\\s*\\w+");
                return plain ? List.of(TextEdit.delete(range)) : List.of();
            }
            previous = base + keyword.end();
        }
        return List.of();
    }

    private List<TextEdit> withoutStatement(TextRange statement) {
        boolean alone = layout.isFirstOnLine(statement.start())
                && source.text()
                        .substring(statement.end(), source.lineEnd(statement.end()))
                        .isBlank();
        return alone
                ? List.of(TextEdit.delete(
                        new TextRange(layout.lineStart(statement.start()), source.nextLineStart(statement.end()))))
                : List.of();
    }

    // Code in daemons

    private void enterCalled(CrossingFinder.KnownCall call, Related made, List<Fix> fixes) {
        for (Arguments.Argument argument : call.arguments().list()) {
            if (argument.parameter().isCalled()) {
                enter(evaluator.evaluate(argument.site()), made, fixes);
            }
        }
    }

    private void enter(Value value, Related made, List<Fix> fixes) {
        Value plain = value instanceof Value.Wrapper wrapper ? wrapper.wrapped() : value;
        Tasks.function(plain, evaluator)
                .filter(function -> !function.definition().isAsync()
                        && !evaluator.isGenerator(function)
                        && !escapes(function.definition())
                        && seen.add(function.definition()))
                .ifPresent(function -> waiting.add(new Entry(function, made, fixes)));
    }

    /** Tells whether code looks at, or sets, what makes a daemon of the process that it runs in. */
    private static boolean escapes(Node node) {
        boolean[] found = {
            node instanceof Expression.Attribute attribute
                    && (attribute.name().equals("_config")
                            || (attribute.name().equals(DAEMON) && attribute.value() instanceof Expression.Call))
        };
        node.forEachChild(child -> found[0] |= escapes(child));
        return found[0];
    }

    private void call(Scopes.CallSite site, Entry entry) {
        Value callee = evaluator.evaluate(site.call().function(), site.scope());
        enter(callee, entry.made(), entry.fixes());
        if (callee instanceof Value.ClassOf type) {
            Value instance = Value.Instance.of(type, evaluator.programChoice());
            enter(evaluator.specialMethod(instance, "__init__"), entry.made(), entry.fixes());
        }
        Optional<Boundary> row = evaluator.boundary(callee);
        TextRange range = Callees.nameRange(site.call().function(), site.scope());
        if (row.isPresent()
                && evaluator.table().isBarred(row.get())
                && evaluator.meets(row.get(), Arguments.of(row.get(), site.call(), site.scope()))) {
            found.putIfAbsent(
                    range,
                    new Misuse(
                            Misuse.Kind.DAEMON_SPAWNS,
                            range,
                            "",
                            row.get().shortName(),
                            Consequence.FAILS,
                            Set.of(StartMethod.values()),
                            evaluator.choiceAt(range.start()),
                            List.of(entry.made()),
                            entry.fixes()));
        }
    }
}
