package io.github.spawnproof.python;

import io.github.spawnproof.boundary.Boundary;
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
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** Finds processes that are made, and perhaps waited for, but never started. */
final class UnstartedFinder {

    private static final String START = "start";
    private static final String RUN = "run";

    private final PythonTree tree;
    private final SourceText source;
    private final Layout layout;
    private final Evaluator evaluator;
    private final Variables variables;
    private final MainOnly mainOnly;
    private final ObstacleFinder obstacles;
    private final Set<TextRange> reported = new HashSet<>();

    UnstartedFinder(
            PythonTree tree, Evaluator evaluator, Variables variables, MainOnly mainOnly, ObstacleFinder obstacles) {
        this.tree = tree;
        this.source = tree.source();
        this.layout = new Layout(tree);
        this.evaluator = evaluator;
        this.variables = variables;
        this.mainOnly = mainOnly;
        this.obstacles = obstacles;
    }

    /** Returns the misuses of processes that calls of the table make. */
    List<Misuse> find(List<CrossingFinder.KnownCall> calls) {
        List<Misuse> found = new ArrayList<>();
        for (CrossingFinder.KnownCall call : calls) {
            if (isProcess(evaluator.evaluate(call.call(), call.scope()))) {
                Trace trace = new Trace(call);
                if (trace.isWhole()) {
                    trace.misuse()
                            .filter(misuse -> reported.add(misuse.range()))
                            .ifPresent(found::add);
                }
            }
        }
        return found;
    }

    /** Tells whether a value is surely a process that only its method {@code start} starts. */
    private boolean isProcess(Value value) {
        return value instanceof Value.Instance instance
                && isLibraryMethod(evaluator.specialMethod(instance, START), Boundary::starts)
                && isLibraryMethod(evaluator.specialMethod(instance, "join"), UnstartedFinder::waits)
                && (instance.type() instanceof Value.Named
                        || (instance.type() instanceof Value.ClassOf type && !names(type.definition(), START)));
    }

    private boolean isLibraryMethod(Value method, Predicate<Boundary> kind) {
        return method instanceof Value.LibraryMethod
                && evaluator.boundary(method).filter(kind).isPresent();
    }

    /** Tells whether a call waits for the process that it is a method of. */
    private static boolean waits(Boundary row) {
        return row.has(Role.JOINED);
    }

    /** Tells whether an attribute of that name occurs somewhere in a node. */
    private static boolean names(Node node, String attribute) {
        boolean[] found = {
            node instanceof Expression.Attribute one && one.name().equals(attribute)
        };
        node.forEachChild(child -> found[0] |= names(child, attribute));
        return found[0];
    }

    /** A method of a process that the file names; {@code path} leads from there outwards. */
    private record MethodUse(String variable, Scope scope, Expression.Attribute attribute, NameWalk.Path path) {

        TextRange range() {
            return Callees.nameRange(attribute, scope);
        }
    }

    /** What becomes of a process in the file. */
    private final class Trace {
        private final CrossingFinder.KnownCall made;
        private final Set<Variables.Variable> followed = new HashSet<>();
        private final Deque<Variables.Variable> waiting = new ArrayDeque<>();
        private final List<MethodUse> joins = new ArrayList<>();
        private final List<MethodUse> uncalled = new ArrayList<>();
        private final List<MethodUse> runs = new ArrayList<>();
        private boolean isUsed;
        private boolean escapes;
        private boolean isDropped;

        Trace(CrossingFinder.KnownCall made) {
            this.made = made;
            NameWalk.Path path = pathTo(made);
            if (path == null || isDamaged()) {
                escapes = true; // What is still being typed may start it.
            } else {
                isDropped = path.node() instanceof Statement.ExpressionStatement;
                escapes = isDropped ? isExpectedToRaise(path) : !flows(made.call(), made.scope(), path);
            }
            while (!escapes && !waiting.isEmpty()) {
                follow(waiting.remove());
            }
        }

        /** Tells whether all that happens to the process is in sight, and nothing of it starts the process. */
        boolean isWhole() {
            return !escapes;
        }

        private NameWalk.@Nullable Path pathTo(CrossingFinder.KnownCall call) {
            int index = tree.topLevelAt(Site.range(call.call(), call.scope()).start());
            NameWalk.Path path = null;
            Node node = tree.statements().get(index).statement();
            while (node != null && !Site.isSame(node, call.call())) {
                path = new NameWalk.Path(node, path);
                Node[] next = {null};
                node.forEachChild(child -> {
                    if (child.start() <= call.call().start() && call.call().end() <= child.end()) {
                        next[0] = child;
                    }
                });
                node = next[0];
            }
            return node == null ? null : path;
        }

        private boolean isDamaged() {
            return tree.statements()
                    .get(tree.topLevelAt(Site.range(made.call(), made.scope()).start()))
                    .damaged();
        }

        /** Tells whether somebody may only look whether making it raises. */
        private boolean isExpectedToRaise(NameWalk.Path path) {
            for (NameWalk.Path at = path; at != null; at = at.outer()) {
                if (at.node() instanceof Statement.With || at.node() instanceof Statement.Try) {
                    return true;
                }
            }
            return false;
        }

        /** Follows a value to the variables that hold it; tells whether it goes nowhere else. */
        private boolean flows(Node value, Scope scope, NameWalk.Path path) {
            Node outer = path.node();
            if (outer instanceof Statement.Assign assign
                    && assign.targets().size() == 1
                    && assign.targets().get(0) instanceof Expression.Name name) {
                return variable(name.id(), scope);
            } else if (outer instanceof Expression.ListDisplay || outer instanceof Expression.Tuple) {
                return path.outer() != null && flows(outer, scope, path.outer());
            } else if (outer instanceof Expression.Comprehended comprehended
                    && comprehended.kind() == Expression.ComprehensionKind.LIST
                    && Site.isSame(comprehended.element(), value)) {
                Scope outside =
                        scope.kind() == Scope.Kind.COMPREHENSION && scope.parent() != null ? scope.parent() : scope;
                return path.outer() != null && flows(outer, outside, path.outer());
            } else if (outer instanceof Statement.For loop
                    && Site.isSame(loop.iterable(), value)
                    && loop.target() instanceof Expression.Name name) {
                return variable(name.id(), scope);
            } else if (outer instanceof Node.Comprehension part
                    && Site.isSame(part.iterable(), value)
                    && part.target() instanceof Expression.Name name
                    && path.outer() != null) {
                return variable(name.id(), evaluator.scopes().of(path.outer().node()));
            }
            return outer instanceof Expression.Call call
                    && call.arguments().size() == 1
                    && call.function() instanceof Expression.Attribute attribute
                    && attribute.name().equals("append")
                    && attribute.value() instanceof Expression.Name list
                    && evaluator.evaluate(list, scope) instanceof Value.Elements
                    && variable(list.id(), scope);
        }

        private boolean variable(String name, Scope scope) {
            Variables.Variable variable = Variables.Variable.of(name, scope);
            if (followed.add(variable)) {
                waiting.add(variable);
            }
            return true;
        }

        private void follow(Variables.Variable variable) {
            for (NameWalk.Use use : variables.uses(variable)) {
                escapes |= !isBound(use) && !isFollowed(use);
            }
        }

        /** Tells whether the variable gets a value there that is such a process too, or nothing yet. */
        private boolean isBound(NameWalk.Use use) {
            Node outer = use.outer() == null ? null : use.outer().node();
            if (outer instanceof Statement.Assign assign && !Site.isSame(assign.value(), use.name())) {
                return assign.targets().size() == 1 && isProcessOrList(assign.value(), use.scope());
            }
            return (outer instanceof Statement.For loop && Site.isSame(loop.target(), use.name()))
                    || (outer instanceof Node.Comprehension part && Site.isSame(part.target(), use.name()));
        }

        private boolean isProcessOrList(Expression value, Scope scope) {
            return Site.isSame(value, made.call())
                    || (value instanceof Expression.ListDisplay list
                            && list.elements().stream().allMatch(item -> isProcess(evaluator.evaluate(item, scope))))
                    || value instanceof Expression.Comprehended;
        }

        /** Follows a variable that is read; tells whether the process is not started by that. */
        private boolean isFollowed(NameWalk.Use use) {
            NameWalk.Path path = use.outer();
            if (path == null || !(path.node() instanceof Expression.Attribute attribute)) {
                return path != null && flows(use.name(), use.scope(), path);
            }
            boolean isCall = path.outer() != null
                    && path.outer().node() instanceof Expression.Call call
                    && Site.isSame(call.function(), attribute);
            MethodUse method = new MethodUse(use.id(), use.scope(), attribute, path);
            if (attribute.name().equals(START)) {
                uncalled.add(method);
                return !isCall && path.outer() != null && path.outer().node() instanceof Statement.ExpressionStatement;
            }
            boolean isSet = path.outer() != null
                    && path.outer().node() instanceof Statement.Assign assign
                    && !Site.isSame(assign.value(), attribute);
            isUsed |= !isSet;
            if (!isCall) {
                return true;
            }
            if (attribute.name().equals(RUN)) {
                runs.add(method);
            } else if (!attribute.name().equals("append")) {
                Value called = evaluator.evaluate(attribute, use.scope());
                if (isLibraryMethod(called, UnstartedFinder::waits)) {
                    joins.add(method);
                }
                return called instanceof Value.LibraryMethod || isProcess(evaluator.evaluate(use.name(), use.scope()));
            }
            return true;
        }

        Optional<Misuse> misuse() {
            if (!uncalled.isEmpty()) {
                MethodUse first = first(uncalled);
                return Optional.of(misuse(
                        first.range(),
                        "`start` is not called here, and so the process never starts",
                        Consequence.MISBEHAVES,
                        Fix.ifAny(
                                "Call it",
                                Applicability.UNSAFE,
                                List.of(TextEdit.insert(first.range().end(), "()")))));
            }
            if (!joins.isEmpty()) {
                MethodUse first = first(joins);
                return Optional.of(misuse(
                        first.range(),
                        "`%s` raises, since the process was never started"
                                .formatted(first.attribute().name()),
                        Consequence.FAILS,
                        startBefore(first)));
            }
            TextRange callee = Callees.nameRange(made.call().function(), made.scope());
            boolean isSeenByAll = made.scope().enclosingFunction() == null && !mainOnly.isInMainGuard(callee.start());
            if (isUsed || (isSeenByAll && !isDropped)) {
                return Optional.empty(); // Another file may start it.
            }
            TextRange range = Site.range(made.call(), made.scope());
            return Optional.of(misuse(
                    callee,
                    "this process is never started",
                    Consequence.MISBEHAVES,
                    isDropped && source.text().charAt(range.end() - 1) == ')' && canCross()
                            ? Fix.ifAny(
                                    "Start it",
                                    Applicability.UNSAFE,
                                    List.of(TextEdit.insert(range.end(), "." + START + "()")))
                            : List.of()));
        }

        /** Tells whether nothing is known that would stop the process when it is started. */
        private boolean canCross() {
            TextRange range = Site.range(made.call(), made.scope());
            return made.arguments().list().stream()
                    .filter(argument -> argument.parameter().role() != null)
                    .allMatch(argument ->
                            obstacles.in(argument.site(), range, true).isEmpty());
        }

        private static MethodUse first(List<MethodUse> uses) {
            return uses.stream().min(Comparator.comparing(MethodUse::range)).orElseThrow();
        }

        private Misuse misuse(TextRange range, String what, Consequence consequence, List<Fix> fixes) {
            TextRange callee = Callees.nameRange(made.call().function(), made.scope());
            return new Misuse(
                    Misuse.Kind.NOT_STARTED,
                    range,
                    what,
                    made.rows().get(0).shortName(),
                    consequence,
                    Set.of(StartMethod.values()),
                    evaluator.choiceAt(range.start()),
                    callee.equals(range) ? List.of() : List.of(new Related(callee, "The process is made here")),
                    fixes);
        }

        /** Returns the fix that starts what is waited for: in place of what runs it here, else just before. */
        private List<Fix> startBefore(MethodUse join) {
            if (!runs.isEmpty()) {
                List<TextEdit> edits = runs.stream()
                        .map(run -> TextEdit.replace(run.range(), START))
                        .toList();
                return List.of(new Fix("Start it instead of running it here", Applicability.UNSAFE, edits));
            }
            NameWalk.Path path = join.path().outer();
            Node call = path == null ? null : path.node();
            NameWalk.Path statement = path == null ? null : path.outer();
            if (!(call instanceof Expression.Call)
                    || statement == null
                    || !(statement.node() instanceof Statement.ExpressionStatement)) {
                return List.of();
            }
            Node whole = statement.outer() != null
                            && statement.outer().node() instanceof Statement.For loop
                            && loop.body().size() == 1
                            && loop.orElse().isEmpty()
                    ? loop
                    : statement.node();
            TextRange range = Site.range(whole, join.scope());
            TextRange called = Site.range(call, join.scope());
            if (!layout.isFirstOnLine(range.start())) {
                return List.of();
            }
            String text = source.text();
            String copy = text.substring(range.start(), called.start())
                    + join.variable()
                    + "."
                    + START
                    + "()"
                    + text.substring(called.end(), range.end());
            return List.of(new Fix(
                    "Start it before",
                    Applicability.UNSAFE,
                    List.of(TextEdit.insert(
                            range.start(), copy + layout.separator() + source.indentation(range.start())))));
        }
    }
}
