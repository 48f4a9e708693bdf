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

/** Writes the edits by which a process makes in {@code run}, in the child, what it cannot bring along. */
final class RunFix {

    /** What a constructor passes on to an object by a name of the process class itself would be another thing. */
    private static final Set<String> OF_PROCESS = Set.of(
            "authkey",
            "close",
            "daemon",
            "exitcode",
            "ident",
            "is_alive",
            "join",
            "kill",
            "name",
            "pid",
            "run",
            "sentinel",
            "start",
            "terminate");

    private final PythonTree tree;
    private final SourceText source;
    private final Evaluator evaluator;
    private final InstanceState state;
    private final Layout layout;

    RunFix(PythonTree tree, Evaluator evaluator, InstanceState state) {
        this.tree = tree;
        this.source = tree.source();
        this.evaluator = evaluator;
        this.state = state;
        this.layout = new Layout(tree);
    }

    /** Returns the fix for a process whose attributes cannot be pickled; none if somebody besides the child needs them. */
    List<Fix> of(Obstacle obstacle) {
        if (!(obstacle.value() instanceof Value.Instance instance)
                || !(instance.type() instanceof Value.ClassOf type)
                || tree.statements().get(tree.topLevelAt(type.scope().base())).damaged()) {
            return List.of();
        }
        Statement.FunctionDef constructor = method(type, "__init__");
        Statement.FunctionDef run = method(type, "run");
        List<InstanceState.Part> parts = state.parts(instance, obstacle.culprit(), true);
        if (constructor == null || run == null || parts.isEmpty()) {
            return List.of();
        }
        int base = type.scope().base();
        int place = base + firstStatement(run).start();
        if (!layout.isFirstOnLine(place)) {
            return List.of();
        }
        Set<TextRange> inChild = inChild(run, type);
        List<TextEdit> edits = new ArrayList<>();
        StringBuilder made = new StringBuilder();
        for (InstanceState.Part part : parts) {
            Statement.Assign assign = assignment(part, constructor);
            if (assign == null || !isOnlyUsedIn(part.attribute(), inChild, base + assign.start())) {
                return List.of();
            }
            String moved = move(assign, constructor, run, base, edits);
            if (moved.isEmpty()) {
                return List.of();
            }
            made.append(moved).append(layout.separator()).append(source.indentation(place));
        }
        edits.add(TextEdit.insert(place, made.toString()));
        // Unsafe: what fails when it is made does so in the child then.
        return List.of(new Fix("Make it in `run`", Applicability.UNSAFE, edits));
    }

    private static Statement.@Nullable FunctionDef method(Value.ClassOf type, String name) {
        for (Statement statement : type.definition().body()) {
            if (statement instanceof Statement.FunctionDef function
                    && function.name().equals(name)
                    && !function.parameters().list().isEmpty()) {
                return function;
            }
        }
        return null;
    }

    /** Returns the first statement behind a docstring, or the docstring if it is all there is. */
    private static Statement firstStatement(Statement.FunctionDef function) {
        boolean docstring = function.body().size() > 1
                && function.body().get(0) instanceof Statement.ExpressionStatement expression
                && expression.value() instanceof Expression.Constant constant
                && constant.isString();
        return function.body().get(docstring ? 1 : 0);
    }

    /** Returns the text of {@code run} and of the methods of the class that it leads to. */
    private Set<TextRange> inChild(Statement.FunctionDef run, Value.ClassOf type) {
        Set<TextRange> ranges = new HashSet<>();
        Set<String> names = new HashSet<>(Set.of("run"));
        boolean more = true;
        while (more) {
            more = false;
            for (Statement statement : type.definition().body()) {
                if (statement instanceof Statement.FunctionDef function
                        && names.contains(function.name())
                        && !function.name().equals("__init__")
                        && ranges.add(Site.range(function, type.scope()))) {
                    collectAttributes(function, names);
                    more = true;
                }
            }
        }
        ranges.add(Site.range(run, type.scope()));
        return ranges;
    }

    private static void collectAttributes(Node node, Set<String> names) {
        if (node instanceof Expression.Attribute attribute) {
            names.add(attribute.name());
        }
        node.forEachChild(child -> collectAttributes(child, names));
    }

    /** Returns the plain assignment of an attribute in the constructor, which nothing else in it depends on. */
    private Statement.@Nullable Assign assignment(InstanceState.Part part, Statement.FunctionDef constructor) {
        if (part.values().size() != 1) {
            return null;
        }
        Expression value = part.values().get(0).expression();
        for (Statement statement : constructor.body()) {
            if (statement instanceof Statement.Assign assign
                    && assign.targets().size() == 1
                    && assign.targets().get(0) instanceof Expression.Attribute
                    && Site.isSame(assign.value(), value)) {
                // What somebody hands over was not made here.
                return value instanceof Expression.Name ? null : assign;
            }
        }
        return null;
    }

    private boolean isOnlyUsedIn(String attribute, Set<TextRange> ranges, int assignment) {
        boolean[] only = {true};
        for (TopLevel topLevel : tree.statements()) {
            visitUses(
                    topLevel.statement(),
                    topLevel.offset(),
                    attribute,
                    offset -> only[0] &=
                            offset == assignment || ranges.stream().anyMatch(range -> range.contains(offset)));
        }
        return only[0];
    }

    private static void visitUses(Node node, int base, String attribute, java.util.function.IntConsumer action) {
        if (node instanceof Expression.Attribute used && used.name().equals(attribute)) {
            action.accept(base + used.start());
        }
        node.forEachChild(child -> visitUses(child, base, attribute, action));
    }

    /** Takes a statement out of the constructor and returns it as it reads in {@code run}; empty if it cannot go. */
    private String move(
            Statement.Assign assign,
            Statement.FunctionDef constructor,
            Statement.FunctionDef run,
            int base,
            List<TextEdit> edits) {
        TextRange range = new TextRange(base + assign.start(), base + assign.end());
        String self = constructor.parameters().list().get(0).name();
        String selfInRun = run.parameters().list().get(0).name();
        String text = source.slice(range);
        int behind = source.lineEnd(range.end());
        if (text.contains("\n")
                || !self.equals(selfInRun)
                || !layout.isFirstOnLine(range.start())
                || !source.text().substring(range.end(), behind).isBlank()) {
            return "";
        }
        Scope own = evaluator.scopes().of(constructor);
        List<Expression.Name> used = new ArrayList<>();
        FreeNames.visit(assign.value(), own, evaluator.scopes(), (name, scope) -> {
            if (scope.owner(name.id()).isSame(own) && !name.id().equals(self)) {
                used.add(name);
            }
        });
        Set<String> stored = new HashSet<>();
        StringBuilder moved = new StringBuilder(text);
        for (int i = used.size() - 1; i >= 0; i--) {
            Expression.Name name = used.get(i);
            String attribute = attributeOf(name.id(), constructor);
            if (attribute == null) {
                boolean free = own.bindings(name.id()).size() == 1
                        && own.bindings(name.id()).get(0).kind() == Binding.Kind.PARAMETER
                        && !OF_PROCESS.contains(name.id())
                        && !source.text().contains("." + name.id());
                if (!free) {
                    return "";
                }
                attribute = name.id();
                stored.add(name.id());
            }
            moved.replace(name.start() - assign.start(), name.end() - assign.start(), self + "." + attribute);
        }
        String indentation = layout.separator() + source.indentation(range.start());
        List<String> lines = stored.stream()
                .sorted()
                .map(name -> self + "." + name + " = " + name)
                .toList();
        if (lines.isEmpty()) {
            int next = source.nextLineStart(range.start());
            edits.add(TextEdit.delete(new TextRange(layout.lineStart(range.start()), next)));
        } else {
            edits.add(TextEdit.replace(range, String.join(indentation, lines)));
        }
        return constructor.body().size() > 1 ? moved.toString() : "";
    }

    /** Returns the attribute that the constructor keeps a parameter in as it is; null if there is none. */
    static @Nullable String attributeOf(String parameter, Statement.FunctionDef constructor) {
        for (Statement statement : constructor.body()) {
            if (statement instanceof Statement.Assign assign
                    && assign.targets().size() == 1
                    && assign.targets().get(0) instanceof Expression.Attribute attribute
                    && assign.value() instanceof Expression.Name name
                    && name.id().equals(parameter)) {
                return attribute.name();
            }
        }
        return null;
    }
}
