package io.github.spawnproof.python;

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
import io.github.spawnproof.python.syntax.TopLevel;
import io.github.spawnproof.source.SourceText;
import io.github.spawnproof.source.TextRange;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumSet;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Finds exceptions that a function raises which another process calls, and that cannot be made again here.
 *
 * <p>Pickle makes an exception again by calling its class with its {@code args}, which are what the last
 * {@code BaseException.__init__} was given, else what the class was called with: {@code BaseException.__reduce__}.
 */
final class ExceptionFinder {

    /** Methods by which a class says itself how it is made. */
    private static final Set<String> OWN_WAY = Set.of("__reduce__", "__reduce_ex__", "__new__");

    private static final int MAX_BASES = 20;

    /** A class and the constructor that making an instance runs, which may be a base's. */
    private record Made(Value.ClassOf type, Statement.FunctionDef constructor, Value.ClassOf owner) {}

    private final PythonTree tree;
    private final SourceText source;
    private final Evaluator evaluator;
    private final Layout layout;
    private final Set<Statement.FunctionDef> visited = Collections.newSetFromMap(new IdentityHashMap<>());
    private final TreeMap<TextRange, Misuse> found = new TreeMap<>();

    ExceptionFinder(PythonTree tree, Evaluator evaluator) {
        this.tree = tree;
        this.source = tree.source();
        this.evaluator = evaluator;
        this.layout = new Layout(tree);
    }

    List<Misuse> find(List<Sent> sent) {
        for (Sent one : sent) {
            if (one.role() == Role.TASK) {
                Tasks.function(evaluator.evaluate(one.argument()), evaluator)
                        .ifPresent(function -> function(function, one));
            }
        }
        return List.copyOf(found.values());
    }

    private void function(Value.FunctionOf function, Sent sent) {
        if (visited.add(function.definition())) {
            for (Statement statement : function.definition().body()) {
                visit(statement, function.scope(), sent);
            }
        }
    }

    private void visit(Node node, Scope scope, Sent sent) {
        if (node instanceof Statement.FunctionDef
                || node instanceof Statement.ClassDef
                || node instanceof Expression.Lambda) {
            return;
        }
        if (node instanceof Statement.Try attempt && !attempt.handlers().isEmpty()) {
            // Whoever catches something there may catch this.
            attempt.handlers().forEach(handler -> visit(handler, scope, sent));
            attempt.orElse().forEach(statement -> visit(statement, scope, sent));
            attempt.finalBody().forEach(statement -> visit(statement, scope, sent));
            return;
        }
        // A context manager may swallow what is raised in it; nearly all do not, but nobody knows.
        if (node instanceof Statement.With with && !with.items().stream().allMatch(item -> isOpen(item, scope))) {
            with.items().forEach(item -> visit(item, scope, sent));
            return;
        }
        if (node instanceof Statement.Raise raise && raise.exception() != null) {
            raised(raise.exception(), scope, sent);
        } else if (node instanceof Expression.Call call) {
            Tasks.function(evaluator.evaluate(call.function(), scope), evaluator)
                    .filter(called -> !called.definition().isAsync() && !evaluator.isGenerator(called))
                    .ifPresent(called -> function(called, sent));
        }
        evaluator.scopes().forEachChild(node, scope, (child, inner) -> visit(child, inner, sent));
    }

    /** Tells whether what a with statement enters is a file or lock, which lets exceptions pass. */
    private boolean isOpen(Node.WithItem item, Scope scope) {
        return evaluator.evaluate(item.context(), scope) instanceof Value.Instance instance
                && instance.type() instanceof Value.Named;
    }

    private void raised(Expression exception, Scope scope, Sent sent) {
        Expression.Call call = exception instanceof Expression.Call made ? made : null;
        Value type = evaluator.evaluate(call == null ? exception : call.function(), scope);
        if (!(type instanceof Value.ClassOf own)
                || !isPlain(own)
                || tree.statements().get(tree.topLevelAt(own.scope().base())).damaged()) {
            return;
        }
        Made made = made(own, own, 0);
        if (made == null) {
            return;
        }
        int count = argumentCount(made, call, 0);
        if (count < 0 || fits(made.constructor(), count)) {
            return;
        }
        int start = made.owner().scope().base() + made.constructor().nameStart();
        TextRange range = new TextRange(start, start + "__init__".length());
        found.putIfAbsent(
                range,
                new Misuse(
                        Misuse.Kind.UNPICKLABLE_EXCEPTION,
                        range,
                        own.definition().name(),
                        sent.api(),
                        Consequence.FAILS,
                        EnumSet.allOf(StartMethod.class),
                        StartMethodChoice.PLATFORM_DEFAULT.notOn(sent.choice().absentFrom()),
                        List.of(
                                new Related(Callees.nameRange(exception, scope), "It is raised here"),
                                new Related(
                                        Callees.nameRange(
                                                sent.argument().expression(),
                                                sent.argument().scope()),
                                        "`%s` has another process call this".formatted(sent.api()))),
                        fix(made)));
    }

    /** Tells whether all that is known of a class and its bases is in sight, and pickle makes it from its args. */
    private boolean isPlain(Value.ClassOf type) {
        Value current = type;
        for (int i = 0; i < MAX_BASES && current instanceof Value.ClassOf own; i++) {
            boolean ownWay = OWN_WAY.stream()
                    .anyMatch(name -> !own.scope().bindings(name).isEmpty());
            if (ownWay
                    || !own.definition().decorators().isEmpty()
                    || !own.definition().keywords().isEmpty()
                    || own.definition().bases().size() != 1
                    || evaluator.scopes().attributes(own.definition()).containsKey("args")
                    || !own.scope().bindings("args").isEmpty()) {
                return false;
            }
            current = evaluator.evaluate(own.definition().bases().get(0), Evaluator.outside(own));
        }
        return evaluator.derivesFrom(current, "builtins.BaseException");
    }

    /** Returns the constructor that making an instance runs; null if that is one of a builtin exception. */
    private @Nullable Made made(Value.ClassOf type, Value current, int level) {
        if (!(current instanceof Value.ClassOf own) || level > MAX_BASES) {
            return null;
        }
        List<Binding> bindings = own.scope().bindings("__init__");
        if (bindings.isEmpty()) {
            return made(type, evaluator.evaluate(own.definition().bases().get(0), Evaluator.outside(own)), level + 1);
        }
        return bindings.size() == 1
                        && bindings.get(0).definition() instanceof Statement.FunctionDef constructor
                        && constructor.decorators().isEmpty()
                        && !constructor.parameters().list().isEmpty()
                ? new Made(type, constructor, own)
                : null;
    }

    /** Returns how many args an instance has in the end; -1 if that cannot be known. */
    private int argumentCount(Made made, Expression.@Nullable Call call, int level) {
        List<Expression.Call> calls = new ArrayList<>();
        collect(made.constructor(), calls);
        if (calls.isEmpty()) {
            // BaseException.__new__ keeps what the class was called with, but for keywords.
            boolean hidden = call != null && CallArguments.hasUnpacking(call);
            return hidden ? -1 : call == null ? 0 : call.arguments().size();
        }
        if (calls.size() != 1 || CallArguments.hasUnpacking(calls.get(0)) || level > MAX_BASES) {
            return -1;
        }
        Expression.Call above = calls.get(0);
        boolean bound = above.function() instanceof Expression.Attribute attribute
                && attribute.value() instanceof Expression.Call;
        Made base = made(
                made.type(),
                evaluator.evaluate(made.owner().definition().bases().get(0), Evaluator.outside(made.owner())),
                0);
        if (base == null) {
            return above.arguments().size() - (bound ? 0 : 1);
        }
        return argumentCount(base, call, level + 1);
    }

    /** Collects the calls of a constructor of the base: {@code super().__init__(…)}, {@code Exception.__init__(self, …)}. */
    private static void collect(Node node, List<Expression.Call> calls) {
        if (node instanceof Expression.Call call
                && call.function() instanceof Expression.Attribute attribute
                && attribute.name().equals("__init__")) {
            calls.add(call);
        }
        node.forEachChild(child -> collect(child, calls));
    }

    private static boolean fits(Statement.FunctionDef constructor, int count) {
        int required = 0;
        int positional = 0;
        boolean rest = false;
        List<Node.Parameter> list = constructor.parameters().list();
        for (int i = 1; i < list.size(); i++) {
            Node.Parameter parameter = list.get(i);
            switch (parameter.kind()) {
                case VAR_POSITIONAL -> rest = true;
                case VAR_KEYWORD -> {}
                case KEYWORD_ONLY -> {
                    if (parameter.defaultValue() == null) {
                        return false;
                    }
                }
                default -> {
                    positional++;
                    required += parameter.defaultValue() == null ? 1 : 0;
                }
            }
        }
        // A first parameter like *args takes self along; nobody can say then.
        boolean plain = list.get(0).kind() == Node.ParameterKind.POSITIONAL_ONLY
                || list.get(0).kind() == Node.ParameterKind.POSITIONAL_OR_KEYWORD;
        return !plain || (count >= required && (rest || count <= positional));
    }

    /** Returns the fix: a method that says what the exception is made of, if the constructor keeps all of it. */
    private List<Fix> fix(Made made) {
        Statement.FunctionDef constructor = made.constructor();
        List<Node.Parameter> list = constructor.parameters().list();
        String self = list.get(0).name();
        List<String> values = new ArrayList<>();
        for (int i = 1; i < list.size(); i++) {
            Node.Parameter parameter = list.get(i);
            String attribute = RunFix.attributeOf(parameter.name(), constructor);
            boolean plain = parameter.kind() == Node.ParameterKind.POSITIONAL_ONLY
                    || parameter.kind() == Node.ParameterKind.POSITIONAL_OR_KEYWORD;
            if (attribute == null || !plain) {
                return List.of();
            }
            values.add("self." + attribute);
        }
        int start = made.owner().scope().base() + constructor.start();
        int end = source.lineEnd(made.owner().scope().base() + constructor.end());
        if (!self.equals("self")
                || !layout.isFirstOnLine(start)
                || tree.statements().get(tree.topLevelAt(start)).damaged()) {
            return List.of();
        }
        String outer = source.indentation(start);
        String arguments = String.join(", ", values) + (values.size() == 1 ? "," : "");
        String text = layout.separator().repeat(2) + outer + "def __reduce__(self):" + layout.separator() + outer
                + layout.indentation() + "return type(self), (" + arguments + ")";
        // A subclass with a constructor of its own needs a method of its own.
        boolean safe = !hasSubclass(made.owner());
        return List.of(new Fix(
                "Say in `__reduce__` how it is made", Applicability.of(safe), List.of(TextEdit.insert(end, text))));
    }

    private boolean hasSubclass(Value.ClassOf type) {
        for (int i = 0; i < tree.statements().size(); i++) {
            TopLevel topLevel = tree.statements().get(i);
            Scope scope = evaluator.scopes().topLevel(i);
            if (topLevel.statement() instanceof Statement.ClassDef other
                    && other.bases().stream()
                            .anyMatch(base -> evaluator.evaluate(base, scope) instanceof Value.ClassOf own
                                    && Site.isSame(own.definition(), type.definition()))) {
                return true;
            }
        }
        return false;
    }
}
