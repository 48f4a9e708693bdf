package io.github.spawnproof.python;

import io.github.spawnproof.boundary.Boundary;
import io.github.spawnproof.boundary.BoundaryParameter;
import io.github.spawnproof.boundary.Consequence;
import io.github.spawnproof.boundary.Misuse;
import io.github.spawnproof.boundary.Role;
import io.github.spawnproof.boundary.StartMethod;
import io.github.spawnproof.boundary.StartMethodChoice;
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
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/** Finds proxies that outlive the manager whose process holds what they stand for. */
final class ManagerFinder {

    private static final String MANAGER = "multiprocessing.managers.BaseManager";
    private static final String PROXY = "multiprocessing.managers.Proxy";
    private static final String NAME = "manager";
    private static final int MAX_DEPTH = 3;

    private final PythonTree tree;
    private final SourceText source;
    private final Layout layout;
    private final Evaluator evaluator;
    private final Variables variables;
    private final List<Misuse> found = new ArrayList<>();

    ManagerFinder(PythonTree tree, Evaluator evaluator, Variables variables) {
        this.tree = tree;
        this.source = tree.source();
        this.layout = new Layout(tree);
        this.evaluator = evaluator;
        this.variables = variables;
    }

    /** Returns the misuses in calls of the table, and behind {@code with} statements. */
    List<Misuse> find(List<CrossingFinder.KnownCall> calls) {
        if (calls.stream().anyMatch(call -> isA(new Site(call.call(), call.scope()), MANAGER))) {
            calls.forEach(this::inCall);
            for (int i = 0; i < tree.statements().size(); i++) {
                statements(
                        tree.statements().get(i).statement(), evaluator.scopes().topLevel(i));
            }
        }
        return found;
    }

    private boolean isA(Site site, String type) {
        return isA(evaluator.evaluate(site), type);
    }

    private boolean isA(Value value, String type) {
        return value instanceof Value.Instance instance && evaluator.derivesFrom(instance.type(), type);
    }

    // Managers that nobody keeps

    private void inCall(CrossingFinder.KnownCall call) {
        for (Arguments.Argument argument : call.arguments().list()) {
            BoundaryParameter parameter = argument.parameter();
            boolean isSpread = parameter.use() == BoundaryParameter.Use.SPREAD
                    || parameter.use() == BoundaryParameter.Use.SPREAD_NAMED;
            if (parameter.role() == Role.PICKLED
                    && call.callees().get(0) instanceof Value.LibraryMethod method
                    && isA(method.receiver(), PROXY)) {
                stored(argument.site());
            } else if (isSpread
                    && parameter.role() == Role.AT_START
                    && call.rows().get(0).onlyIfStarted()) {
                // start() forgets the arguments: multiprocessing.process.BaseProcess.start. A forked child may still be
                // quick enough to find the manager there: seen by running.
                for (Site manager : temporaries(argument.site(), 0)) {
                    gone(
                            manager,
                            Consequence.FAILS,
                            EnumSet.of(StartMethod.SPAWN, StartMethod.FORKSERVER),
                            call.choice(evaluator));
                }
            }
        }
    }

    /** Reports what is put into a proxy: there is only its address, which keeps no manager. */
    private void stored(Site value) {
        for (Site manager : temporaries(value, 0)) {
            gone(
                    manager,
                    Consequence.MISBEHAVES,
                    Set.of(StartMethod.values()),
                    evaluator.choiceAt(manager.range().start()));
        }
    }

    /** Returns the calls that make a manager only to ask it for one proxy, as far as that is written in an argument. */
    private List<Site> temporaries(Site site, int level) {
        Expression expression = site.expression();
        if (expression instanceof Expression.Call call
                && call.function() instanceof Expression.Attribute attribute
                && attribute.value() instanceof Expression.Call maker
                && isA(site, PROXY)
                && isA(new Site(maker, site.scope()), MANAGER)
                && evaluator
                        .boundary(evaluator.evaluate(maker.function(), site.scope()))
                        .filter(Boundary::starts)
                        .isPresent()) {
            return List.of(new Site(maker, site.scope()));
        }
        List<Expression> items = expression instanceof Expression.Tuple tuple
                ? tuple.elements()
                : expression instanceof Expression.ListDisplay list
                        ? list.elements()
                        : expression instanceof Expression.Dict dict ? dict.values() : List.of();
        List<Site> all = new ArrayList<>();
        if (level < MAX_DEPTH) {
            items.forEach(item -> all.addAll(temporaries(new Site(item, site.scope()), level + 1)));
        }
        return all;
    }

    private void gone(Site manager, Consequence consequence, Set<StartMethod> under, StartMethodChoice choice) {
        found.add(new Misuse(
                Misuse.Kind.MANAGER_GONE,
                Callees.nameRange(manager.expression(), manager.scope()),
                "nobody keeps this manager, and its process ends before its proxy is used",
                "",
                consequence,
                under,
                choice,
                List.of(),
                Fix.ifAny("Keep the manager in a variable", Applicability.UNSAFE, kept(manager))));
    }

    private List<TextEdit> kept(Site manager) {
        TextRange range = manager.range();
        Statement root = tree.statements().get(tree.topLevelAt(range.start())).statement();
        Statement statement = StatementBlocks.innermost(manager.expression(), root);
        if (!(statement instanceof Statement.Assign || statement instanceof Statement.ExpressionStatement)) {
            return List.of();
        }
        int start = Site.range(statement, manager.scope()).start();
        return source.occurrences(NAME) > 0
                        || !layout.isFirstOnLine(start)
                        || manager.scope().kind() == Scope.Kind.COMPREHENSION
                        || source.slice(range).contains("\n")
                ? List.of()
                : List.of(
                        TextEdit.insert(
                                start,
                                NAME + " = " + source.slice(range) + layout.separator() + source.indentation(start)),
                        TextEdit.replace(range, NAME));
    }

    // Proxies behind the end of a with statement

    private void statements(Node node, Scope scope) {
        if (node instanceof Statement.With with) {
            for (Node.WithItem item : with.items()) {
                if (item.target() instanceof Expression.Name manager && isA(new Site(item.context(), scope), MANAGER)) {
                    for (Statement statement : with.body()) {
                        if (statement instanceof Statement.Assign assign) {
                            assigned(assign, scope, with, item, manager);
                        }
                    }
                }
            }
        } else if (node instanceof Statement.Assign assign
                && assign.targets().size() == 1
                && assign.targets().get(0) instanceof Expression.Subscript subscript
                && isA(new Site(subscript.value(), scope), PROXY)) {
            stored(new Site(assign.value(), scope));
        }
        if (!(node instanceof Expression)) {
            evaluator.scopes().forEachChild(node, scope, this::statements);
        }
    }

    /** Reports the first use behind a with statement of a proxy that its manager made and that has a name. */
    private void assigned(
            Statement.Assign assign, Scope scope, Statement.With with, Node.WithItem item, Expression.Name manager) {
        if (assign.targets().size() != 1
                || !(assign.targets().get(0) instanceof Expression.Name name)
                || !(assign.value() instanceof Expression.Call made)
                || !(made.function() instanceof Expression.Attribute method)
                || !(method.value() instanceof Expression.Name maker)
                || !maker.id().equals(manager.id())
                || !isA(new Site(made, scope), PROXY)
                || scope.owner(name.id()).bindings(name.id()).size() != 1) {
            return;
        }
        TextRange whole = Site.range(with, scope);
        variables.uses(Variables.Variable.of(name.id(), scope)).stream()
                .filter(use -> use.scope().isInFunctionOf(scope) && use.range().start() > whole.end())
                .filter(ManagerFinder::asks)
                .min(Comparator.comparing(NameWalk.Use::range))
                .filter(use -> !isExpectedToRaise(use, whole))
                .ifPresent(use -> found.add(new Misuse(
                        Misuse.Kind.MANAGER_GONE,
                        use.range(),
                        "`%s` is used after the process of its manager has ended, with the `with` statement"
                                .formatted(use.id()),
                        "",
                        Consequence.FAILS,
                        Set.of(StartMethod.values()),
                        evaluator.choiceAt(use.range().start()),
                        List.of(new Related(
                                Callees.nameRange(item.context(), scope),
                                "The manager ends with this `with` statement")),
                        List.of())));
    }

    /** Tells whether a use of a proxy surely asks the manager for something. */
    private static boolean asks(NameWalk.Use use) {
        Expression.Call call = use.methodCall();
        Node outer = use.outer() == null ? null : use.outer().node();
        return (call != null
                        && call.function() instanceof Expression.Attribute attribute
                        && !attribute.name().startsWith("_"))
                || (outer instanceof Expression.Subscript subscript && Site.isSame(subscript.value(), use.name()))
                || (outer instanceof Statement.For loop && Site.isSame(loop.iterable(), use.name()));
    }

    /** Tells whether a use stands in a statement that may be there because it raises. */
    private static boolean isExpectedToRaise(NameWalk.Use use, TextRange with) {
        for (NameWalk.Path at = use.outer(); at != null; at = at.outer()) {
            boolean mayCatch = at.node() instanceof Statement.With || at.node() instanceof Statement.Try;
            if (mayCatch && !Site.range(at.node(), use.scope()).contains(with)) {
                return true;
            }
        }
        return false;
    }
}
