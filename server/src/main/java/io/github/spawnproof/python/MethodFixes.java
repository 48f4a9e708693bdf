package io.github.spawnproof.python;

import io.github.spawnproof.finding.Applicability;
import io.github.spawnproof.finding.Fix;
import io.github.spawnproof.finding.TextEdit;
import io.github.spawnproof.python.syntax.Expression;
import io.github.spawnproof.python.syntax.Node;
import io.github.spawnproof.python.syntax.PythonTree;
import io.github.spawnproof.python.syntax.Statement;
import io.github.spawnproof.python.syntax.TopLevel;
import io.github.spawnproof.source.SourceText;
import io.github.spawnproof.source.TextRange;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Writes the edits that let a method get to another process. */
final class MethodFixes {

    /** Names in a method that look at its object without naming it. */
    private static final Set<String> LOOK_AT_SELF = Set.of("super", "__class__", "locals", "vars", "eval", "exec");

    private final PythonTree tree;
    private final SourceText source;
    private final Evaluator evaluator;
    private final InstanceState state;
    private final FunctoolsImport functools;
    private final Layout layout;

    MethodFixes(PythonTree tree, Evaluator evaluator, InstanceState state, FunctoolsImport functools) {
        this.tree = tree;
        this.source = tree.source();
        this.evaluator = evaluator;
        this.state = state;
        this.functools = functools;
        this.layout = new Layout(tree);
    }

    /** Returns the fixes for a method whose object cannot be pickled: do without the object, or without what stops it. */
    List<Fix> ofSelf(Obstacle obstacle, boolean atStart) {
        if (!(obstacle.value() instanceof Value.BoundMethod method)
                || !(method.receiver() instanceof Value.Instance instance)
                || !(instance.type() instanceof Value.ClassOf type)
                || isDamaged(type)) {
            return List.of();
        }
        List<TextEdit> edits = withoutSelf(method.function(), type);
        if (!edits.isEmpty()) {
            return List.of(new Fix("Make it a static method", Applicability.SAFE, edits));
        }
        edits = withoutState(method.function(), type, state.parts(instance, obstacle.culprit(), atStart));
        return edits.isEmpty()
                ? List.of()
                : List.of(new Fix("Leave it out of the pickle in `__getstate__`", Applicability.UNSAFE, edits));
    }

    private boolean isDamaged(Value.ClassOf type) {
        int offset = type.scope().base();
        return tree.statements().get(tree.topLevelAt(offset)).damaged();
    }

    // A static method

    private List<TextEdit> withoutSelf(Value.FunctionOf method, Value.ClassOf type) {
        Statement.FunctionDef definition = method.definition();
        List<Node.Parameter> parameters = definition.parameters().list();
        Scope parent = method.scope().parent();
        int start = method.scope().base() + definition.start();
        if (!definition.decorators().isEmpty()
                || parent == null
                || !parent.isSame(type.scope())
                || parameters.isEmpty()
                || usesSelf(definition, method.scope(), parameters.get(0).name())
                || isCalledOnClass(definition)
                || !layout.isFirstOnLine(start)) {
            return List.of();
        }
        int base = method.scope().base();
        int self = base + parameters.get(0).start();
        int behind = behindParameter(base + parameters.get(0).end());
        if (behind < 0) {
            return List.of();
        }
        String decorator = "@staticmethod" + layout.separator() + source.indentation(start);
        return List.of(TextEdit.insert(start, decorator), TextEdit.delete(new TextRange(self, behind)));
    }

    private boolean usesSelf(Statement.FunctionDef definition, Scope scope, String self) {
        boolean[] uses = {false};
        for (Statement statement : definition.body()) {
            FreeNames.visit(
                    statement,
                    scope,
                    evaluator.scopes(),
                    (name, inner) -> uses[0] |= name.id().equals(self) || LOOK_AT_SELF.contains(name.id()));
        }
        return uses[0];
    }

    /** Tells whether somebody calls the method on the class and passes the object by hand. */
    private boolean isCalledOnClass(Statement.FunctionDef definition) {
        return evaluator.scopes().calls(definition.name()).stream()
                .anyMatch(site -> evaluator.evaluate(site.call().function(), site.scope()).alternatives().stream()
                        .anyMatch(callee -> callee instanceof Value.FunctionOf function
                                && Site.isSame(function.definition(), definition)));
    }

    /** Returns where the next parameter starts, or the parenthesis is closed; -1 if a slash stands there. */
    private int behindParameter(int end) {
        String text = source.text();
        int at = end;
        while (at < text.length() && Character.isWhitespace(text.charAt(at))) {
            at++;
        }
        if (at >= text.length() || text.charAt(at) == ')') {
            return end;
        }
        if (text.charAt(at) != ',') {
            return -1;
        }
        at++;
        while (at < text.length() && Character.isWhitespace(text.charAt(at))) {
            at++;
        }
        return at < text.length() && "/#".indexOf(text.charAt(at)) < 0 ? at : -1;
    }

    // __getstate__

    private List<TextEdit> withoutState(Value.FunctionOf method, Value.ClassOf type, List<InstanceState.Part> parts) {
        Statement.FunctionDef constructor = constructor(type);
        Set<String> used = new HashSet<>();
        collectUsed(method, type, used, new HashSet<>());
        if (constructor == null
                || parts.isEmpty()
                || parts.stream()
                        .anyMatch(part -> part.attribute().isEmpty()
                                || used.contains(part.attribute())
                                || !isStoredIn(part, constructor))) {
            return List.of();
        }
        int start = type.scope().base() + constructor.start();
        int end = source.lineEnd(type.scope().base() + constructor.end());
        if (!layout.isFirstOnLine(start)) {
            return List.of();
        }
        String outer = source.indentation(start);
        String inner = outer + layout.indentation();
        String separator = layout.separator();
        StringBuilder text = new StringBuilder(separator.repeat(2));
        text.append(outer).append("def __getstate__(self):").append(separator);
        text.append(inner).append("state = self.__dict__.copy()").append(separator);
        char quote = layout.quote();
        for (InstanceState.Part part : parts) {
            text.append(inner)
                    .append("del state[")
                    .append(quote)
                    .append(part.attribute())
                    .append(quote)
                    .append(']');
            text.append(separator);
        }
        text.append(inner).append("return state");
        return List.of(TextEdit.insert(end, text.toString()));
    }

    private static Statement.@Nullable FunctionDef constructor(Value.ClassOf type) {
        for (Statement statement : type.definition().body()) {
            if (statement instanceof Statement.FunctionDef function
                    && function.name().equals("__init__")) {
                return function;
            }
        }
        return null;
    }

    private boolean isStoredIn(InstanceState.Part part, Statement.FunctionDef constructor) {
        Scope own = evaluator.scopes().of(constructor);
        return part.values().stream().allMatch(value -> {
            Scope function = value.scope().enclosingFunction();
            return function != null && function.isSame(own);
        });
    }

    /** Collects the attributes of the object that a method uses, itself or through other methods of the class. */
    private void collectUsed(Value.FunctionOf method, Value.ClassOf type, Set<String> used, Set<String> visited) {
        if (!visited.add(method.definition().name())) {
            return;
        }
        for (Statement statement : method.definition().body()) {
            collectAttributes(statement, used);
        }
        for (Statement statement : type.definition().body()) {
            if (statement instanceof Statement.FunctionDef other && used.contains(other.name())) {
                collectUsed(new Value.FunctionOf(other, evaluator.scopes().of(other)), type, used, visited);
            }
        }
    }

    private static void collectAttributes(Node node, Set<String> names) {
        if (node instanceof Expression.Attribute attribute) {
            names.add(attribute.name());
        }
        node.forEachChild(child -> collectAttributes(child, names));
    }

    // A name that leads where it should

    /** Returns the fix for a callable that pickle knows by another name: give it the right one. */
    List<Fix> ofShadowed(Obstacle obstacle) {
        if (obstacle.value() instanceof Value.Wrapper wrapper) {
            return wrapper.keepsName() ? List.of() : wraps(wrapper);
        }
        Value type = obstacle.value() instanceof Value.Instance instance ? instance.type() : obstacle.value();
        return type instanceof Value.MadeClass made ? renamed(made) : List.of();
    }

    /** Puts {@code @functools.wraps(function)} above the function that a decorator gives back. */
    private List<Fix> wraps(Value.Wrapper wrapper) {
        Value.FunctionOf function = wrapper.wrapper();
        Scope decorator = function.scope().parent();
        int start = function.scope().base() + function.definition().start();
        if (wrapper.name() == null
                || decorator == null
                || !(decorator.owner() instanceof Statement.FunctionDef outer)
                || !function.definition().decorators().isEmpty()
                || tree.statements().get(tree.topLevelAt(start)).damaged()
                || !layout.isFirstOnLine(start)) {
            return List.of();
        }
        String wrapped = outer.parameters().list().get(0).name();
        return functools
                .of("wraps")
                .map(call -> {
                    List<TextEdit> edits = new ArrayList<>(call.edits());
                    edits.add(TextEdit.insert(
                            start,
                            "@" + call.name() + "(" + wrapped + ")" + layout.separator() + source.indentation(start)));
                    return List.of(new Fix("Keep the name with `functools.wraps`", Applicability.SAFE, edits));
                })
                .orElse(List.of());
    }

    /** Gives a class that a call makes the name of the variable that it is bound to. */
    private List<Fix> renamed(Value.MadeClass made) {
        for (Statement statement :
                tree.statements().stream().map(TopLevel::statement).toList()) {
            if (statement instanceof Statement.Assign assign
                    && Site.isSame(assign.value(), made.origin().expression())
                    && assign.targets().size() == 1
                    && assign.targets().get(0) instanceof Expression.Name name
                    && assign.value() instanceof Expression.Call call
                    && !call.arguments().isEmpty()
                    && call.arguments().get(0) instanceof Expression.Constant literal) {
                TextRange range = Site.range(literal, made.origin().scope());
                String text = source.slice(range);
                int at = text.indexOf(made.name());
                TextRange inside = new TextRange(
                        range.start() + at, range.start() + at + made.name().length());
                // Unsafe: the name is what people see when they print it.
                return at < 0
                        ? List.of()
                        : List.of(new Fix(
                                "Name the class as its variable",
                                Applicability.UNSAFE,
                                List.of(TextEdit.replace(inside, name.id()))));
            }
        }
        return List.of();
    }

    // A name with one underscore

    /** Returns the fix for a method whose name is mangled: one underscore less, everywhere in the class. */
    List<Fix> ofMangled(Obstacle obstacle) {
        Value.FunctionOf method = obstacle.value() instanceof Value.BoundMethod bound
                ? bound.function()
                : obstacle.value() instanceof Value.FunctionOf function ? function : null;
        if (method == null
                || method.scope().parent() == null
                || !(method.scope().parent().owner() instanceof Statement.ClassDef type)) {
            return List.of();
        }
        String name = method.definition().name();
        String plain = name.substring(1);
        Value.ClassOf owner = new Value.ClassOf(type, method.scope().parent());
        List<TextEdit> edits = new ArrayList<>();
        int base = owner.scope().base();
        rename(type, base, name, plain, edits);
        boolean elsewhere = source.occurrences(name) != edits.size();
        return isDamaged(owner) || elsewhere || source.occurrences(plain) > 0
                ? List.of()
                // Unsafe: a subclass may have a method of the new name.
                : List.of(new Fix("Rename it to `%s`".formatted(plain), Applicability.UNSAFE, edits));
    }

    private static void rename(Node node, int base, String name, String plain, List<TextEdit> edits) {
        int start = -1;
        if (node instanceof Expression.Attribute attribute && attribute.name().equals(name)) {
            start = attribute.nameStart();
        } else if (node instanceof Statement.FunctionDef function
                && function.name().equals(name)) {
            start = function.nameStart();
        }
        if (start >= 0) {
            edits.add(TextEdit.replace(new TextRange(base + start, base + start + name.length()), plain));
        }
        node.forEachChild(child -> rename(child, base, name, plain, edits));
    }
}
