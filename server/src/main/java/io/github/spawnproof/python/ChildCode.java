package io.github.spawnproof.python;

import io.github.spawnproof.boundary.ChildRead;
import io.github.spawnproof.boundary.StartMethodChoice;
import io.github.spawnproof.finding.Related;
import io.github.spawnproof.python.syntax.Expression;
import io.github.spawnproof.python.syntax.Node;
import io.github.spawnproof.python.syntax.Statement;
import io.github.spawnproof.source.TextRange;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Set;

/**
 * The functions that run in child processes, and what they read there that is not there.
 *
 * <p>A function runs in a child if it crosses to it, or if a function that does calls it.
 */
final class ChildCode {

    /** A function to look into, and how it got to the child. */
    private record Entry(Value.FunctionOf function, StartMethodChoice choice, Related sent) {}

    private final Evaluator evaluator;
    private final MainOnly mainOnly;
    private final MainOnlyFix fix;
    private final Deque<Entry> waiting = new ArrayDeque<>();
    private final Set<Statement.FunctionDef> seen = Collections.newSetFromMap(new IdentityHashMap<>());
    private final List<ChildRead> reads = new ArrayList<>();

    ChildCode(Evaluator evaluator, MainOnly mainOnly, MainOnlyFix fix) {
        this.evaluator = evaluator;
        this.mainOnly = mainOnly;
        this.fix = fix;
    }

    /** Adds a value that crosses: the functions in it run in the child. */
    void add(Site site, String api, StartMethodChoice choice) {
        Related sent = new Related(
                Callees.nameRange(site.expression(), site.scope()),
                "`%s` sends this to a child process".formatted(api));
        add(site, sent, choice, 0);
    }

    private void add(Site site, Related sent, StartMethodChoice choice, int level) {
        if (level > 3) {
            return; // A partial in a partial in a list: nobody nests deeper.
        }
        for (Value value : evaluator.evaluate(site).alternatives()) {
            if (value instanceof Value.FunctionOf
                    || value instanceof Value.BoundMethod
                    || value instanceof Value.Wrapper) {
                addCallable(value, sent, choice);
            } else if (value instanceof Value.Instance instance) {
                instance.held().forEach(part -> add(part, sent, choice, level + 1));
                if (evaluator.derivesFrom(instance.type(), "multiprocessing.process.BaseProcess")) {
                    addCallable(evaluator.specialMethod(instance, "run"), sent, choice);
                }
            } else if (value instanceof Value.Elements elements && !elements.isGenerator()) {
                elements.items().forEach(part -> add(part, sent, choice, level + 1));
            }
        }
    }

    /** Adds all methods of a class whose instances are made and used in a child. */
    void addMethods(Value.ClassOf type, Related sent, StartMethodChoice choice) {
        for (Statement statement : type.definition().body()) {
            if (statement instanceof Statement.FunctionDef method) {
                enter(new Value.FunctionOf(method, evaluator.scopes().of(method)), sent, choice);
            }
        }
    }

    private void addCallable(Value value, Related sent, StartMethodChoice choice) {
        if (value instanceof Value.FunctionOf function) {
            enter(function, sent, choice);
        } else if (value instanceof Value.BoundMethod method) {
            enter(method.function(), sent, choice);
        } else if (value instanceof Value.Wrapper wrapper) {
            enter(wrapper.wrapped(), sent, choice);
            enter(wrapper.wrapper(), sent, choice);
        } else if (value instanceof Value.ClassOf type) {
            addCallable(evaluator.specialMethod(Value.Instance.of(type, choice), "__init__"), sent, choice);
        }
    }

    private void enter(Value.FunctionOf function, Related sent, StartMethodChoice choice) {
        if (seen.add(function.definition())) {
            waiting.add(new Entry(function, choice, sent));
        }
    }

    /** Returns the reads of names that a child does not have, in no order. */
    List<ChildRead> missing() {
        while (!waiting.isEmpty()) {
            Entry entry = waiting.poll();
            Set<String> reported = new HashSet<>();
            for (Statement statement : entry.function().definition().body()) {
                visit(statement, entry.function().scope(), entry, reported);
            }
        }
        return reads;
    }

    private void visit(Node node, Scope scope, Entry entry, Set<String> reported) {
        if (node instanceof Statement.Try attempt && catchesNameErrors(attempt)) {
            attempt.finalBody().forEach(statement -> visit(statement, scope, entry, reported));
            return;
        }
        if (node instanceof Expression.Name name) {
            read(name, scope, entry, reported);
        } else if (node instanceof Expression.Call call) {
            for (Value callee : evaluator.evaluate(call.function(), scope).alternatives()) {
                addCallable(callee, entry.sent(), entry.choice());
            }
        }
        evaluator.scopes().forEachChild(node, scope, (child, inner) -> visit(child, inner, entry, reported));
    }

    private static boolean catchesNameErrors(Statement.Try attempt) {
        return attempt.handlers().stream()
                .anyMatch(handler -> handler.type() == null
                        || (handler.type() instanceof Expression.Name type
                                && (type.id().equals("NameError") || type.id().equals("Exception"))));
    }

    private void read(Expression.Name name, Scope scope, Entry entry, Set<String> reported) {
        Scope owner = scope.owner(name.id());
        if (owner.kind() != Scope.Kind.MODULE || !mainOnly.isOnlyInMain(name.id()) || !reported.add(name.id())) {
            return;
        }
        Binding binding = owner.bindings(name.id()).get(0);
        TextRange range = Site.range(name, scope);
        List<Related> related =
                List.of(new Related(fix.place(binding), "`%s` gets its value here".formatted(name.id())), entry.sent());
        reads.add(new ChildRead(name.id(), range, entry.choice(), related, fix.above(name.id())));
    }
}
