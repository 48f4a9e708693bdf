package io.github.spawnproof.python;

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
import io.github.spawnproof.source.TextRange;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Finds processes that are waited for before the queue is read that they put something into. */
final class JoinFinder {

    private final PythonTree tree;
    private final Evaluator evaluator;
    private final Variables variables;
    private final LineMoves moves;
    private final IdentityHashMap<Expression, CrossingFinder.KnownCall> made = new IdentityHashMap<>();

    JoinFinder(PythonTree tree, Evaluator evaluator, Variables variables) {
        this.tree = tree;
        this.evaluator = evaluator;
        this.variables = variables;
        this.moves = new LineMoves(tree);
    }

    /** Returns the misuses in calls of the table. */
    List<Misuse> find(List<CrossingFinder.KnownCall> calls) {
        calls.forEach(call -> made.put(call.call(), call));
        List<Misuse> found = new ArrayList<>();
        for (CrossingFinder.KnownCall call : calls) {
            if (call.rows().stream().allMatch(row -> row.has(Role.JOINED))
                    && call.call().arguments().isEmpty()
                    && call.call().keywords().isEmpty()
                    && call.call().function() instanceof Expression.Attribute attribute) {
                join(call, new Site(attribute.value(), call.scope())).ifPresent(found::add);
            }
        }
        return found;
    }

    /** Returns the first misuse, if there is one whichever process it is that is waited for. */
    private Optional<Misuse> join(CrossingFinder.KnownCall join, Site receiver) {
        List<Misuse> found = new ArrayList<>();
        List<Value> processes = evaluator.evaluate(receiver).alternatives();
        for (Value value : processes) {
            if (value instanceof Value.Instance process
                    && process.origin() != null
                    && made.get(process.origin().expression()) != null) {
                join(join, made.get(process.origin().expression())).ifPresent(found::add);
            }
        }
        return found.size() == processes.size() ? Optional.of(found.get(0)) : Optional.empty();
    }

    private Optional<Misuse> join(CrossingFinder.KnownCall join, CrossingFinder.KnownCall process) {
        Value.FunctionOf function = target(process);
        List<Site> items = passed(process);
        for (int i = 0; function != null && i < items.size(); i++) {
            if (items.get(i).expression() instanceof Expression.Name queue
                    && evaluator.evaluate(items.get(i)) instanceof Value.Instance instance
                    && instance.type() instanceof Value.Named type) {
                List<NameWalk.Use> uses = uses(function, i);
                NameWalk.Use put = null;
                QueueLoad load = QueueLoad.SMALL;
                for (NameWalk.Use use : uses) {
                    QueueLoad more = load(use, type.name(), function);
                    put = put == null && puts(use, type.name()) ? use : put;
                    load = more.compareTo(load) > 0 ? more : load;
                }
                if (put != null
                        && load != QueueLoad.SMALL
                        && uses.stream().noneMatch(use -> does(use, type.name(), Role.DRAINED))) {
                    Queue written =
                            new Queue(queue.id(), type.name(), items.get(i).scope());
                    Optional<Misuse> misuse = misuse(join, written, put, load);
                    if (misuse.isPresent()) {
                        return misuse;
                    }
                }
            }
        }
        return Optional.empty();
    }

    /** A queue that a variable holds. */
    private record Queue(String name, String type, Scope scope) {}

    private Value.@Nullable FunctionOf target(CrossingFinder.KnownCall process) {
        return process.arguments().list().stream()
                .filter(argument -> argument.parameter().isCalled())
                .flatMap(argument -> evaluator.evaluate(argument.site()) instanceof Value.FunctionOf function
                        ? Optional.of(function).stream()
                        : Optional.<Value.FunctionOf>empty().stream())
                .findFirst()
                .orElse(null);
    }

    /** Returns the arguments that the target is called with, by position. */
    private List<Site> passed(CrossingFinder.KnownCall process) {
        for (Arguments.Argument argument : process.arguments().list()) {
            if (argument.parameter().use() == BoundaryParameter.Use.SPREAD
                    && evaluator.evaluate(argument.site()) instanceof Value.Elements elements
                    && elements.items().stream().noneMatch(item -> item.expression() instanceof Expression.Starred)) {
                return elements.items();
            }
        }
        return List.of();
    }

    /** Returns where a function names one of its parameters. */
    private List<NameWalk.Use> uses(Value.FunctionOf function, int position) {
        List<Node.Parameter> parameters = function.definition().parameters().list();
        return position < parameters.size()
                ? variables.uses(new Variables.Variable(
                        function.scope().identity(), parameters.get(position).name()))
                : List.of();
    }

    /** Tells whether a use of a queue calls a method that has a parameter of that role. */
    private boolean does(NameWalk.Use use, String type, Role role) {
        Expression.Call call = use.methodCall();
        return call != null
                && call.function() instanceof Expression.Attribute attribute
                && evaluator
                        .table()
                        .method(type, attribute.name())
                        .filter(row -> row.has(role))
                        .isPresent();
    }

    private boolean puts(NameWalk.Use use, String type) {
        return does(use, type, Role.QUEUED) || does(use, type, Role.PICKLED);
    }

    private QueueLoad load(NameWalk.Use use, String type, Value.FunctionOf function) {
        Expression.Call call = use.methodCall();
        if (call == null) {
            return QueueLoad.UNKNOWN;
        }
        return puts(use, type) ? QueueLoad.of(use, call, function, evaluator) : QueueLoad.SMALL;
    }

    // What becomes of the queue here

    private Optional<Misuse> misuse(CrossingFinder.KnownCall join, Queue queue, NameWalk.Use put, QueueLoad load) {
        TextRange place = Site.range(join.call(), join.scope());
        List<NameWalk.Use> gets = new ArrayList<>();
        boolean asks = false;
        for (NameWalk.Use use : variables.uses(Variables.Variable.of(queue.name(), queue.scope()))) {
            if (does(use, queue.type(), Role.DRAINED)) {
                if (!use.scope().isInFunctionOf(join.scope()) || use.range().start() < place.end()) {
                    return Optional.empty(); // Somebody reads it before, or while this waits.
                }
                gets.add(use);
            } else if (use.methodCall() != null) {
                asks |= !puts(use, queue.type());
            } else if (!isBound(use) && !isGivenToWriter(use, queue.type())) {
                return Optional.empty();
            }
        }
        if (gets.isEmpty() || isInLoopWith(gets.get(0), place)) {
            return Optional.empty();
        }
        gets.sort(Comparator.comparing(NameWalk.Use::range));
        TextRange range = Callees.nameRange(join.call().function(), join.scope());
        return Optional.of(new Misuse(
                Misuse.Kind.JOIN_BEFORE_DRAIN,
                range,
                queue.name(),
                ((Expression.Attribute) join.call().function()).name(),
                load == QueueLoad.LARGE ? Consequence.FAILS : Consequence.REMARK,
                Set.of(StartMethod.values()),
                evaluator.choiceAt(range.start()),
                List.of(
                        new Related(put.range(), "The child puts something into the queue here"),
                        new Related(gets.get(0).range(), "It is read only here")),
                // What only looks whether something is there finds nothing while the child still runs.
                asks ? List.of() : Fix.ifAny("Read the queue before", Applicability.UNSAFE, move(join, gets))));
    }

    /** Tells whether a {@code while} statement is around both: it may read first, in an earlier round. */
    private static boolean isInLoopWith(NameWalk.Use get, TextRange join) {
        for (NameWalk.Path at = get.outer(); at != null; at = at.outer()) {
            if (at.node() instanceof Statement.While
                    && Site.range(at.node(), get.scope()).contains(join)) {
                return true;
            }
        }
        return false;
    }

    private boolean isBound(NameWalk.Use use) {
        return use.outer() != null
                && use.outer().node() instanceof Statement.Assign assign
                && assign.targets().size() == 1
                && Site.isSame(assign.targets().get(0), use.name())
                && evaluator.evaluate(assign.value(), use.scope()) instanceof Value.Instance;
    }

    /** Tells whether the queue goes to a process there, as an argument of a function that does not read it. */
    private boolean isGivenToWriter(NameWalk.Use use, String type) {
        for (NameWalk.Path at = use.outer(); at != null; at = at.outer()) {
            if (at.node() instanceof Expression.Call call) {
                CrossingFinder.KnownCall process = made.get(call);
                Value.FunctionOf function = process == null ? null : target(process);
                List<Site> items = process == null ? List.of() : passed(process);
                for (int i = 0; function != null && i < items.size(); i++) {
                    if (Site.isSame(items.get(i).expression(), use.name())) {
                        List<NameWalk.Use> uses = uses(function, i);
                        return !uses.isEmpty()
                                && uses.stream()
                                        .allMatch(inner ->
                                                inner.methodCall() != null && !does(inner, type, Role.DRAINED));
                    }
                }
                return false;
            }
        }
        return false;
    }

    // The fix

    /** Returns the edits that wait only behind the last statement that reads the queue. */
    private List<TextEdit> move(CrossingFinder.KnownCall join, List<NameWalk.Use> gets) {
        TextRange place = Site.range(join.call(), join.scope());
        Statement root = tree.statements().get(tree.topLevelAt(place.start())).statement();
        Statement waits = StatementBlocks.innermost(join.call(), root);
        Statement loop = waits == null ? null : StatementBlocks.innermost(waits, root);
        if (loop instanceof Statement.For whole
                && whole.body().size() == 1
                && whole.orElse().isEmpty()) {
            waits = whole;
        }
        if (waits == null) {
            return List.of();
        }
        List<Statement> block = StatementBlocks.around(waits, root);
        Statement reads = null;
        for (NameWalk.Use get : gets) {
            reads = block.stream()
                    .filter(statement -> Site.range(statement, join.scope()).contains(get.range()))
                    .findFirst()
                    .orElse(null);
            if (reads == null || reads instanceof Statement.Return || reads instanceof Statement.While) {
                return List.of();
            }
        }
        TextRange moved = Site.range(waits, join.scope());
        return reads == null || isAskedBetween(waits, join.scope(), Site.range(reads, join.scope()))
                ? List.of()
                : moves.behind(moved, Site.range(reads, join.scope()));
    }

    /** Tells whether something is asked of what a statement names up to the end of another one: its exit code, say. */
    private boolean isAskedBetween(Statement waits, Scope scope, TextRange reads) {
        boolean[] found = {false};
        int end = Site.range(waits, scope).end();
        NameWalk.visit(
                waits,
                scope,
                evaluator.scopes(),
                named -> found[0] |= variables.uses(Variables.Variable.of(named.id(), named.scope())).stream()
                        .filter(use -> use.outer() != null && use.outer().node() instanceof Expression.Attribute)
                        .map(NameWalk.Use::range)
                        .anyMatch(range -> range.start() >= end && range.end() <= reads.end()));
        return found[0];
    }
}
