package io.github.spawnproof.python;

import io.github.spawnproof.boundary.ApiUse;
import io.github.spawnproof.boundary.Boundary;
import io.github.spawnproof.boundary.Crossing;
import io.github.spawnproof.boundary.Role;
import io.github.spawnproof.boundary.StartMethodChoice;
import io.github.spawnproof.finding.Related;
import io.github.spawnproof.python.syntax.Expression;
import io.github.spawnproof.python.syntax.Node;
import io.github.spawnproof.python.syntax.PythonTree;
import io.github.spawnproof.python.syntax.Statement;
import io.github.spawnproof.python.syntax.TopLevel;
import io.github.spawnproof.source.CancelToken;
import io.github.spawnproof.source.TextRange;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Finds the values that cross to another process by pickle, in all code of a module. */
final class CrossingFinder {

    /** A call that stands for rows of the table, whatever its callee turns out to be. */
    record KnownCall(Expression.Call call, Scope scope, List<Value> callees, List<Boundary> rows) {

        /** Returns the arguments, as the first of the rows has them. */
        Arguments arguments() {
            return Arguments.of(rows.get(0), call, scope);
        }

        /** Returns the start methods that the first of the rows starts processes with. */
        StartMethodChoice choice(Evaluator evaluator) {
            return evaluator
                    .choice(rows.get(0), callees.get(0), arguments())
                    .notOn(evaluator.limits().absentAt(scope.base() + call.start()));
        }
    }

    /** How an argument crosses; of several possible ways the mildest. */
    private record Way(
            String api, boolean atStart, StartMethodChoice choice, Role role, String parameter, List<Related> path) {}

    /** Longer chains of calls are not followed back. */
    private static final int MAX_CALLS = 5;

    private final MainFile mainFile;
    private final Evaluator evaluator;
    private final ObstacleFinder obstacles;
    private final CrossingFixes fixes;
    private final MainOnly mainOnly;
    private final ChildCode child;
    private final List<KnownCall> calls = new ArrayList<>();
    private final List<ApiUse> apiUses = new ArrayList<>();
    private final List<Value.ClassOf> classes = new ArrayList<>();
    private final List<Sent> sent = new ArrayList<>();
    private final NameUses uses;
    private final TreeMap<TextRange, Crossing> crossings = new TreeMap<>();

    CrossingFinder(
            MainFile mainFile,
            Evaluator evaluator,
            ObstacleFinder obstacles,
            CrossingFixes fixes,
            MainOnly mainOnly,
            ChildCode child) {
        this.mainFile = mainFile;
        this.evaluator = evaluator;
        this.obstacles = obstacles;
        this.fixes = fixes;
        this.mainOnly = mainOnly;
        this.child = child;
        this.uses = new NameUses(evaluator.scopes());
    }

    void find(PythonTree tree, CancelToken cancel) {
        for (int i = 0; i < tree.statements().size(); i++) {
            cancel.check();
            TopLevel topLevel = tree.statements().get(i);
            collect(topLevel.statement(), evaluator.scopes().topLevel(i));
        }
        for (Scopes.Import imported : evaluator.scopes().imports()) {
            evaluator
                    .table()
                    .callable(evaluator.table().canonical(imported.name()))
                    .filter(Boundary::isAboutProcesses)
                    .ifPresent(row -> apiUses.add(new ApiUse(imported.range(), row)));
        }
        if (calls.stream().anyMatch(call -> call.rows().get(0).onlyIfStarted())) {
            for (int i = 0; i < tree.statements().size(); i++) {
                uses.collect(
                        tree.statements().get(i).statement(), evaluator.scopes().topLevel(i));
            }
        }
        boolean managersStart = calls.stream().anyMatch(this::startsManager);
        for (KnownCall call : calls) {
            cancel.check();
            cross(call, managersStart);
        }
        executors();
    }

    /** Adds the methods of Jina's executors: where the file makes what starts them, a child makes and uses them. */
    private void executors() {
        calls.stream()
                .filter(call -> isJinaStart(call.rows().get(0)))
                .findFirst()
                .ifPresent(call -> {
                    Related sent = new Related(
                            Callees.nameRange(call.call().function(), call.scope()),
                            "`%s` runs this in a child process"
                                    .formatted(call.rows().get(0).shortName()));
                    for (Value.ClassOf type : classes) {
                        if (!mainFile.isImportedAgain() && isRegistered(type)) {
                            add(registered(type, sent));
                        }
                        if (evaluator.derivesFrom(type, "jina.Executor")) {
                            child.addMethods(type, sent, evaluator.programChoice());
                        }
                    }
                });
    }

    /** Tells whether Jina sends a class to each child by its name: it does so with all that are on module level. */
    private boolean isRegistered(Value.ClassOf type) {
        return Definitions.isTopLevel(type.scope()) && evaluator.derivesFrom(type, "jina.JAMLCompatible");
    }

    private Crossing registered(Value.ClassOf type, Related sent) {
        int start = type.scope().base() + type.definition().nameStart();
        String name = type.definition().name();
        return new Crossing(
                "Jina",
                new TextRange(start, start + name.length()),
                mainFile.obstacle(),
                name,
                "",
                true,
                evaluator.programChoice(),
                List.of(sent),
                List.of());
    }

    private static boolean isJinaStart(Boundary row) {
        return row.name().startsWith("jina.")
                && (row.starts() || !row.startedBy().isEmpty());
    }

    /** Returns the crossings in the order of the text. */
    List<Crossing> crossings() {
        return List.copyOf(crossings.values());
    }

    /** Returns the arguments that processes get, whatever becomes of them on the way. */
    List<Sent> sent() {
        return sent;
    }

    /** Returns the calls that stand for rows of the table, in the order of the text. */
    List<KnownCall> calls() {
        return calls;
    }

    /** Returns the classes of the file. */
    List<Value.ClassOf> classes() {
        return classes;
    }

    List<ApiUse> apiUses() {
        return apiUses;
    }

    private void collect(Node node, Scope scope) {
        if (node instanceof Expression.Call call) {
            known(call, scope);
        } else if (node instanceof Statement.ClassDef type) {
            classes.add(new Value.ClassOf(type, evaluator.scopes().of(type)));
        } else if (node instanceof Statement.With with) {
            with.items().forEach(item -> entered(item, with.isAsync(), scope));
        }
        evaluator.scopes().forEachChild(node, scope, this::collect);
    }

    private void known(Expression.Call call, Scope scope) {
        List<Value> callees = new ArrayList<>();
        List<Boundary> rows = new ArrayList<>();
        for (Value callee : evaluator.evaluate(call.function(), scope).alternatives()) {
            if (callee.isNone()) {
                continue;
            }
            Optional<Boundary> row = evaluator.boundary(callee, call, scope);
            if (row.isEmpty() || !evaluator.meets(row.get(), Arguments.of(row.get(), call, scope))) {
                return;
            }
            callees.add(callee);
            rows.add(row.get());
        }
        if (!rows.isEmpty()) {
            calls.add(new KnownCall(call, scope, callees, rows));
            if (rows.get(0).isAboutProcesses()) {
                apiUses.add(new ApiUse(Callees.nameRange(call.function(), scope), rows.get(0)));
            }
        }
    }

    private void entered(Node.WithItem item, boolean isAsync, Scope scope) {
        Value manager = evaluator.evaluate(item.context(), scope);
        if (!(item.context() instanceof Expression.Call)) {
            Value method = evaluator.specialMethod(manager, isAsync ? "__aenter__" : "__enter__");
            evaluator
                    .boundary(method)
                    .ifPresent(row -> apiUses.add(new ApiUse(Callees.nameRange(item.context(), scope), row)));
        }
    }

    /** Tells whether the call starts a manager's process: only then do registered callables cross. */
    private boolean startsManager(KnownCall call) {
        return call.rows().stream()
                .anyMatch(row -> row.starts() && row.name().startsWith("multiprocessing.managers.BaseManager."));
    }

    private void cross(KnownCall call, boolean managersStart) {
        Boundary first = call.rows().get(0);
        boolean started =
                !first.onlyIfStarted() || (first.returns() == null ? managersStart : uses.mayBeStarted(call.call()));
        if ((!first.crosses() && !first.queues()) || !started) {
            return;
        }
        for (Arguments.Argument argument :
                Arguments.of(first, call.call(), call.scope()).list()) {
            Way way = way(call, argument);
            if (way != null) {
                cross(call, argument.site(), way);
            }
        }
    }

    /** Returns how an argument crosses, if it does whatever the callee is. */
    private @Nullable Way way(KnownCall call, Arguments.Argument argument) {
        Way mildest = null;
        for (int i = 0; i < call.rows().size(); i++) {
            Boundary row = call.rows().get(i);
            Arguments arguments = Arguments.of(row, call.call(), call.scope());
            Role role = arguments.roleOf(argument.site());
            if (role == null || !role.isPickled()) {
                return null;
            }
            boolean atStart = role == Role.AT_START;
            if (mildest == null || (atStart && !mildest.atStart())) {
                mildest = new Way(
                        row.shortName(),
                        atStart,
                        evaluator
                                .choice(row, call.callees().get(i), arguments)
                                .notOn(evaluator
                                        .limits()
                                        .absentAt(call.scope().base()
                                                + call.call().start())),
                        role,
                        argument.parameter().name(),
                        row.trail() == null
                                ? List.of()
                                : row.trail()
                                        .crossings()
                                        .getOrDefault(argument.parameter().name(), List.of()));
            }
        }
        return mildest;
    }

    private void cross(KnownCall call, Site argument, Way way) {
        TextRange range = Site.range(call.call(), call.scope());
        List<Obstacle> found = way.role() == Role.ITEMS_PICKLED
                ? obstacles.inItems(argument, range, way.atStart())
                : obstacles.in(argument, range, way.atStart());
        boolean queued = way.role() == Role.QUEUED;
        if (!queued) {
            sent.add(new Sent(argument, way.role(), way.api(), way.choice(), new Site(call.call(), call.scope())));
            child.add(argument, way.api(), way.choice());
        }
        if (found.isEmpty()) {
            add(new Crossing(
                    way.api(),
                    argument.range(),
                    Crossing.Kind.NONE,
                    "",
                    "",
                    way.atStart(),
                    way.choice(),
                    List.of(),
                    List.of()));
        }
        for (Obstacle obstacle : found) {
            TextRange place = obstacle.kind() == Crossing.Kind.MAIN_ONLY ? inGuard(call, obstacle) : obstacle.range();
            add(new Crossing(
                    way.api(),
                    place,
                    queued ? inQueue(obstacle.kind()) : obstacle.kind(),
                    queued ? obstacle.inWords() : obstacle.what(),
                    obstacle.attribute(),
                    isOnlyWithoutFork(call, obstacle, way),
                    way.choice(),
                    related(call, obstacle, place, way),
                    fixes.of(obstacle, range, way.parameter(), !way.atStart())));
        }
    }

    /** Returns what an obstacle is in a queue: what pickle carries fails at the other end, where somebody hears of it. */
    private static Crossing.Kind inQueue(Crossing.Kind kind) {
        return switch (kind) {
            case MAIN_ONLY, PACKAGE_MAIN, NOTEBOOK, NAME_MANGLED -> kind;
            default -> Crossing.Kind.QUEUED;
        };
    }

    private boolean isOnlyWithoutFork(KnownCall call, Obstacle obstacle, Way way) {
        return switch (obstacle.kind()) {
            case PACKAGE_MAIN, NOTEBOOK -> true;
            case MAIN_ONLY -> !isDefinedAfterFork(call, obstacle);
            default -> way.atStart();
        };
    }

    /** Tells whether the processes that get a definition were forked before it was made. */
    private boolean isDefinedAfterFork(KnownCall call, Obstacle obstacle) {
        return call.callees().get(0) instanceof Value.LibraryMethod method
                && method.receiver() instanceof Value.Instance instance
                && instance.origin() != null
                && instance.origin().scope().kind() == Scope.Kind.MODULE
                && evaluator
                        .boundary(evaluator.evaluate(
                                callee(instance.origin()), instance.origin().scope()))
                        .filter(Boundary::starts)
                        .isPresent()
                && obstacle.madeAt() != null
                && instance.origin().range().start() < obstacle.madeAt().start();
    }

    private static Expression callee(Site origin) {
        return origin.expression() instanceof Expression.Call call ? call.function() : origin.expression();
    }

    /**
     * Returns the place to blame for a definition that only the program has: where it is handed over; if the guard makes
     * it and that is in a function, which cannot know, the call in the guard that brings the two together.
     */
    private TextRange inGuard(KnownCall call, Obstacle obstacle) {
        Scope function = call.scope().enclosingFunction();
        boolean madeInGuard = obstacle.madeAt() != null
                && mainOnly.isInMainGuard(obstacle.madeAt().start());
        TextRange place = function == null || !madeInGuard ? null : callInGuard(function, 0);
        return place == null ? obstacle.range() : place;
    }

    /** Returns the call in the main guard that leads to a function, itself or through others; null if there is none. */
    @Nullable
    TextRange callInGuard(Scope function, int level) {
        if (level > MAX_CALLS || !(function.owner() instanceof Statement.FunctionDef definition)) {
            return null;
        }
        for (Scopes.CallSite site : evaluator.scopes().calls(definition.name())) {
            Value callee = evaluator.evaluate(site.call().function(), site.scope());
            if (!(callee instanceof Value.FunctionOf called)
                    || !called.scope().isSame(function)
                    || function.isSame(site.scope())) {
                continue;
            }
            Scope caller = site.scope().enclosingFunction();
            if (caller != null) {
                TextRange place = callInGuard(caller, level + 1);
                if (place != null) {
                    return place;
                }
            } else if (mainOnly.isInMainGuard(
                    Site.range(site.call(), site.scope()).start())) {
                return Callees.nameRange(site.call().function(), site.scope());
            }
        }
        return null;
    }

    /** Keeps one crossing for a place: of several the one that fails under more start methods, else the first. */
    private void add(Crossing crossing) {
        crossings.merge(crossing.range(), crossing, (old, fresh) -> {
            boolean stopped = fresh.kind() != Crossing.Kind.NONE;
            boolean worse = old.kind() == Crossing.Kind.NONE || (old.onlyWithoutFork() && !fresh.onlyWithoutFork());
            return stopped && worse ? fresh : old;
        });
    }

    private static List<Related> related(KnownCall call, Obstacle obstacle, TextRange place, Way way) {
        List<Related> related = new ArrayList<>();
        if (obstacle.madeAt() != null && !obstacle.madeAt().contains(place.start())) {
            related.add(new Related(obstacle.madeAt(), obstacle.madeAs()));
        }
        if (!place.equals(obstacle.range())) {
            related.add(new Related(obstacle.range(), "It is handed over here"));
        }
        TextRange callRange = Site.range(call.call(), call.scope());
        if (!callRange.contains(place)) {
            related.add(new Related(
                    Callees.nameRange(call.call().function(), call.scope()),
                    "`%s` sends it to another process here".formatted(way.api())));
        }
        related.addAll(way.path());
        return related;
    }
}
