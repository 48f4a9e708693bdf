package io.github.spawnproof.python;

import io.github.spawnproof.boundary.RegisteredClass;
import io.github.spawnproof.boundary.RegisteredClass.Flaw;
import io.github.spawnproof.finding.Related;
import io.github.spawnproof.finding.TextEdit;
import io.github.spawnproof.python.syntax.Expression;
import io.github.spawnproof.python.syntax.Node;
import io.github.spawnproof.python.syntax.PythonTree;
import io.github.spawnproof.python.syntax.Statement;
import io.github.spawnproof.source.CancelToken;
import io.github.spawnproof.source.TextRange;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Finds classes that Jina registers and that a child cannot find.
 *
 * <p>Whatever derives from {@code JAMLCompatible} is registered when the class statement is executed, and all registered
 * classes are pickled by reference for each process that starts: jina.orchestrate.pods.Pod, 3.34.
 */
final class RegisteredClassFinder {

    private static final String REGISTERED = "jina.JAMLCompatible";
    /** Their methods run in the children that they are made in. */
    private static final List<String> RUN_IN_CHILD = List.of("jina.Executor", "jina.Gateway");

    /** Longer chains of classes made by {@code type} are not followed. */
    private static final int MAX_TYPES = 10;

    private final PythonTree tree;
    private final Evaluator evaluator;
    private final StartFinder finder;
    private final ModuleStarts starts;
    private final DefinitionLift lift;
    private final TypeCalls typeCalls;
    private final List<RegisteredClass> found = new ArrayList<>();
    private @Nullable Map<String, List<NameWalk.Use>> mentions;

    RegisteredClassFinder(
            PythonTree tree, Evaluator evaluator, StartFinder finder, ModuleStarts starts, DefinitionLift lift) {
        this.tree = tree;
        this.evaluator = evaluator;
        this.finder = finder;
        this.starts = starts;
        this.lift = lift;
        this.typeCalls = new TypeCalls(tree);
    }

    /** Returns the classes in the order of the text. */
    List<RegisteredClass> find(CancelToken cancel) {
        boolean mayCallType = tree.source().text().contains("type(");
        for (int i = 0; i < tree.statements().size(); i++) {
            cancel.check();
            Statement statement = tree.statements().get(i).statement();
            Scope scope = evaluator.scopes().topLevel(i);
            classes(statement, scope, false);
            if (mayCallType) {
                calls(statement, scope, statement);
            }
        }
        found.sort(Comparator.comparing(RegisteredClass::range));
        return found;
    }

    // Class statements

    private void classes(Node node, Scope scope, boolean onlyInMain) {
        if (node instanceof Statement.ClassDef type) {
            check(type, scope, onlyInMain);
        }
        if (node instanceof Statement.If branch && scope.enclosingFunction() == null) {
            boolean body = finder.isOnlyForMain(branch, scope, true);
            boolean orElse = finder.isOnlyForMain(branch, scope, false);
            branch.body().forEach(child -> classes(child, scope, onlyInMain || body));
            branch.orElse().forEach(child -> classes(child, scope, onlyInMain || orElse));
            return;
        }
        evaluator.scopes().forEachChild(node, scope, (child, inner) -> {
            if (!(child instanceof Expression)) {
                classes(child, inner, onlyInMain);
            }
        });
    }

    private void check(Statement.ClassDef type, Scope scope, boolean onlyInMain) {
        Value.ClassOf value = new Value.ClassOf(type, evaluator.scopes().of(type));
        if (type.bases().stream().noneMatch(base -> isRegistered(base, scope, 0))) {
            return;
        }
        int start = scope.base() + type.nameStart();
        TextRange range = new TextRange(start, start + type.name().length());
        if (scope.enclosingFunction() != null) {
            boolean global = scope.target(type.name()).kind() == Scope.Kind.MODULE;
            if (isExecuted(type, scope, global)) {
                add(type.name(), range, global ? Flaw.ONLY_IN_MAIN : Flaw.LOCAL, List.of(), lift.lift(value, false));
            }
        } else if (onlyInMain) {
            if (scope.kind() != Scope.Kind.MODULE || scope.bindings(type.name()).size() == 1) {
                add(type.name(), range, Flaw.ONLY_IN_MAIN, List.of(), lift.lift(value, false));
            }
        } else {
            for (Expression decorator : type.decorators()) {
                if (replaces(decorator, scope)) {
                    Related related =
                            new Related(Callees.nameRange(decorator, scope), "The decorator returns another class");
                    add(type.name(), range, Flaw.REPLACED, List.of(related), Lifted.NONE);
                    return;
                }
            }
        }
    }

    /** Tells whether an expression is a class that is registered, also one made by {@code type}. */
    private boolean isRegistered(Expression expression, Scope scope, int level) {
        if (evaluator.derivesFrom(evaluator.evaluate(expression, scope), REGISTERED)) {
            return true;
        }
        if (!(expression instanceof Expression.Name name) || level >= MAX_TYPES) {
            return false;
        }
        List<Binding> bindings = scope.owner(name.id()).bindings(name.id());
        return bindings.size() == 1
                && bindings.get(0).value() instanceof Expression.Call call
                && typeCalls.isOfType(call, bindings.get(0).scope())
                && typeCalls.bases(call).stream()
                        .anyMatch(base -> isRegistered(base, bindings.get(0).scope(), level + 1));
    }

    private void add(String name, TextRange range, Flaw flaw, List<Related> related, Lifted fix) {
        found.add(new RegisteredClass(
                name,
                range,
                flaw,
                evaluator.programChoice(),
                related,
                fix.edits(),
                fix.safe(),
                evaluator.fragment().assumed("jina.Executor")));
    }

    /** Tells whether a decorator of this file returns a class of its own making. */
    private boolean replaces(Expression decorator, Scope scope) {
        if (!(evaluator.evaluate(decorator, scope) instanceof Value.FunctionOf function)) {
            return false;
        }
        Site returned = evaluator.onlyReturn(function);
        if (returned == null) {
            return false;
        }
        if (evaluator.evaluate(returned) instanceof Value.ClassOf made) {
            Scope outer = made.scope().parent();
            return outer != null && outer.isSame(function.scope());
        }
        Site made = returned;
        if (returned.expression() instanceof Expression.Name name) {
            List<Binding> bindings = returned.scope().owner(name.id()).bindings(name.id());
            Expression value = bindings.size() == 1 ? bindings.get(0).value() : null;
            made = value == null ? returned : new Site(value, bindings.get(0).scope());
        }
        // type(name, (cls,), {"__module__": …}) takes the old class's place in the register: it has the name from
        // birth.
        return made.expression() instanceof Expression.Call call && typeCalls.isOfOtherModule(call, made.scope());
    }

    // Whether a function with a class in it runs

    /** Tells whether a class statement in a function may be executed before some process starts. */
    private boolean isExecuted(Statement.ClassDef type, Scope scope, boolean global) {
        if (!evaluator.scopes().of(type).bindings("__qualname__").isEmpty()) {
            return false;
        }
        for (Scope outer = scope; outer != null; outer = outer.parent()) {
            if (outer.owner() instanceof Statement.ClassDef around && runsInChild(around, outer)) {
                return false;
            }
            if (outer.owner() instanceof Statement.FunctionDef function
                    && (setsQualifiedName(function)
                            || isIdle(function, outer)
                            || (global && isCalledAtImport(function)))) {
                return false;
            }
        }
        return true;
    }

    private boolean runsInChild(Statement.ClassDef type, Scope own) {
        Value.ClassOf value = new Value.ClassOf(type, own);
        return RUN_IN_CHILD.stream().anyMatch(base -> evaluator.derivesFrom(value, base));
    }

    /** Tells whether a function gives something another qualified name: then a class of the module may be meant. */
    private static boolean setsQualifiedName(Node node) {
        if (node instanceof Expression.Attribute attribute && attribute.name().equals("__qualname__")) {
            return true;
        }
        boolean[] found = {false};
        node.forEachChild(child -> found[0] |= setsQualifiedName(child));
        return found[0];
    }

    /**
     * Tells whether a program that starts processes itself never calls the function, or only afterwards; who calls the
     * functions of a file that starts nothing cannot be seen.
     */
    private boolean isIdle(Statement.FunctionDef function, Scope own) {
        Scope around = own.parent();
        boolean inherits = around != null
                && around.owner() instanceof Statement.ClassDef type
                && !type.bases().isEmpty();
        if (starts.list().isEmpty()
                || !function.decorators().isEmpty()
                || inherits
                || function.name().startsWith("__")
                || startsItself(function, own)) {
            return false;
        }
        int lastStart = starts.list().get(starts.list().size() - 1).range().end();
        return mentions().getOrDefault(function.name(), List.of()).stream()
                .allMatch(use -> !use.isDeferred()
                        && use.outer() != null
                        && !isInLoop(use.outer())
                        && use.scope().base() + use.name().start() > lastStart);
    }

    private static boolean isInLoop(NameWalk.Path path) {
        for (NameWalk.Path outer = path; outer != null; outer = outer.outer()) {
            if (outer.node() instanceof Statement.For || outer.node() instanceof Statement.While) {
                return true;
            }
        }
        return false;
    }

    private boolean startsItself(Statement.FunctionDef function, Scope own) {
        for (Statement statement : function.body()) {
            if (!finder.atModuleLevel(statement, own, true, true).isEmpty()) {
                return true;
            }
        }
        return false;
    }

    private boolean isCalledAtImport(Statement.FunctionDef function) {
        return mentions().getOrDefault(function.name(), List.of()).stream()
                .anyMatch(use -> !use.isDeferred() && !isUnderGuard(use));
    }

    private boolean isUnderGuard(NameWalk.Use use) {
        for (NameWalk.Path outer = use.outer(); outer != null; outer = outer.outer()) {
            if (outer.node() instanceof Statement.If branch && finder.isOnlyForMain(branch, use.scope(), true)) {
                return true;
            }
        }
        return false;
    }

    /** Returns where each name of the file is mentioned; a method's name where it stands for an attribute. */
    private Map<String, List<NameWalk.Use>> mentions() {
        Map<String, List<NameWalk.Use>> all = mentions;
        if (all == null) {
            all = new HashMap<>();
            for (int i = 0; i < tree.statements().size(); i++) {
                Map<String, List<NameWalk.Use>> collected = all;
                Statement statement = tree.statements().get(i).statement();
                NameWalk.visit(
                        statement, evaluator.scopes().topLevel(i), evaluator.scopes(), use -> mention(use, collected));
            }
            mentions = all;
        }
        return all;
    }

    private static void mention(NameWalk.Use use, Map<String, List<NameWalk.Use>> all) {
        all.computeIfAbsent(use.id(), key -> new ArrayList<>()).add(use);
        NameWalk.Path path = use.outer();
        while (path != null && !(path.node() instanceof Statement)) {
            if (path.node() instanceof Expression.Attribute attribute) {
                all.computeIfAbsent(attribute.name(), key -> new ArrayList<>()).add(use);
            }
            path = path.outer();
        }
    }

    // Calls of type

    private void calls(Node node, Scope scope, Statement topLevel) {
        if (node instanceof Expression.Call call
                && typeCalls.isOfOtherModule(call, scope)
                && typeCalls.bases(call).stream().anyMatch(base -> isRegistered(base, scope, 0))) {
            List<TextEdit> edits = typeCalls.withModule(call, scope, topLevel);
            add("type", Site.range(call.function(), scope), Flaw.OF_OTHER_MODULE, List.of(), new Lifted(edits, true));
        }
        evaluator.scopes().forEachChild(node, scope, (child, inner) -> calls(child, inner, topLevel));
    }
}
