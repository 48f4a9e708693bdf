package io.github.spawnproof.python;

import io.github.spawnproof.boundary.Consequence;
import io.github.spawnproof.boundary.Misuse;
import io.github.spawnproof.boundary.StartMethod;
import io.github.spawnproof.finding.Applicability;
import io.github.spawnproof.finding.Fix;
import io.github.spawnproof.finding.TextEdit;
import io.github.spawnproof.python.syntax.Expression;
import io.github.spawnproof.python.syntax.Node;
import io.github.spawnproof.python.syntax.PythonTree;
import io.github.spawnproof.python.syntax.Statement;
import io.github.spawnproof.source.SourceText;
import io.github.spawnproof.source.TextRange;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Finds classes of processes whose constructor leaves out that of the library. */
final class ProcessClassFinder {

    private static final String PROCESS = "multiprocessing.process.BaseProcess";
    private static final String CONSTRUCTOR = "__init__";

    /** Longer chains of base classes are not looked through. */
    private static final int MAX_BASES = 10;

    private final SourceText source;
    private final Layout layout;
    private final Evaluator evaluator;

    ProcessClassFinder(PythonTree tree, Evaluator evaluator) {
        this.source = tree.source();
        this.layout = new Layout(tree);
        this.evaluator = evaluator;
    }

    /** Returns the misuses in classes of the file. */
    List<Misuse> find(List<Value.ClassOf> classes) {
        List<Misuse> found = new ArrayList<>();
        for (Value.ClassOf type : classes) {
            Statement.FunctionDef constructor = constructor(type);
            if (constructor != null
                    && evaluator.derivesFrom(type, PROCESS)
                    && isInSight(type, 0)
                    && !mayCallAnother(type, constructor)) {
                found.add(misuse(type, constructor));
            }
        }
        return found;
    }

    /** Returns the constructor, if the class has exactly one and that does something. */
    private static Statement.@Nullable FunctionDef constructor(Value.ClassOf type) {
        List<Binding> bindings = type.scope().bindings(CONSTRUCTOR);
        return bindings.size() == 1
                        && bindings.get(0).definition() instanceof Statement.FunctionDef function
                        && function.decorators().isEmpty()
                        && !function.body().isEmpty()
                        && !function.parameters().list().isEmpty()
                        && !(function.body().get(function.body().size() - 1) instanceof Statement.Raise)
                ? function
                : null;
    }

    /** Tells whether the bases are known, and none of the classes makes its instances in a way of its own. */
    private boolean isInSight(Value.ClassOf type, int level) {
        if (level > MAX_BASES
                || !type.definition().keywords().isEmpty()
                || !type.scope().bindings("__new__").isEmpty()) {
            return false;
        }
        for (Expression base : type.definition().bases()) {
            Value value = evaluator.evaluate(base, Evaluator.outside(type));
            boolean known = value instanceof Value.ClassOf own
                    ? isInSight(own, level + 1) && !callsAnotherElsewhere(own)
                    : (value instanceof Value.Named named && evaluator.table().isClass(named.name()))
                            || (base instanceof Expression.Name name
                                    && name.id().equals("object"));
            if (!known) {
                return false;
            }
        }
        return true;
    }

    /** Tells whether the constructor may lead to that of a base: it names one, or hands the object on. */
    private static boolean mayCallAnother(Value.ClassOf type, Statement.FunctionDef constructor) {
        String self = constructor.parameters().list().get(0).name();
        return type.definition().body().stream().anyMatch(statement -> namesConstructor(statement))
                || constructor.body().stream().anyMatch(statement -> handsOn(statement, self));
    }

    private static boolean callsAnotherElsewhere(Value.ClassOf type) {
        return type.definition().body().stream()
                .anyMatch(statement -> statement instanceof Statement.FunctionDef method
                        && !method.name().equals(CONSTRUCTOR)
                        && namesConstructor(method));
    }

    private static boolean namesConstructor(Node node) {
        boolean[] found = {
            node instanceof Expression.Attribute attribute && attribute.name().equals(CONSTRUCTOR)
        };
        node.forEachChild(child -> found[0] |= namesConstructor(child));
        return found[0];
    }

    private static boolean handsOn(Node node, String self) {
        boolean[] found = {
            node instanceof Expression.Call call
                    && call.arguments().stream()
                            .anyMatch(argument -> argument instanceof Expression.Name name
                                    && name.id().equals(self))
        };
        node.forEachChild(child -> found[0] |= handsOn(child, self));
        return found[0];
    }

    private Misuse misuse(Value.ClassOf type, Statement.FunctionDef constructor) {
        Statement first = first(constructor);
        Node blamed =
                first instanceof Statement.Assign assign ? assign.targets().get(0) : first;
        TextRange range = Site.range(blamed, type.scope());
        return new Misuse(
                Misuse.Kind.MISSING_SUPER_INIT,
                new TextRange(range.start(), Math.min(range.end(), source.lineEnd(range.start()))),
                type.definition().name(),
                "Process",
                Consequence.FAILS,
                Set.of(StartMethod.values()),
                evaluator.choiceAt(range.start()),
                List.of(),
                Fix.ifAny("Call `super().__init__()` first", Applicability.SAFE, callBefore(first, type)));
    }

    /** Returns the statement before which the call has to be: the first that is no docstring, or that itself. */
    private static Statement first(Statement.FunctionDef constructor) {
        List<Statement> body = constructor.body();
        return body.size() > 1 && isDocstring(body.get(0)) ? body.get(1) : body.get(0);
    }

    private static boolean isDocstring(Statement statement) {
        return statement instanceof Statement.ExpressionStatement expression
                && expression.value() instanceof Expression.Constant constant
                && constant.isString();
    }

    private List<TextEdit> callBefore(Statement first, Value.ClassOf type) {
        for (Expression base : type.definition().bases()) {
            if (evaluator.evaluate(base, Evaluator.outside(type)) instanceof Value.ClassOf own
                    && evaluator.specialMethod(Value.Instance.of(own, evaluator.programChoice()), CONSTRUCTOR)
                            instanceof Value.BoundMethod) {
                return List.of(); // What it wants, only a person can say.
            }
        }
        int start = type.scope().base() + first.start();
        return !isDocstring(first) && layout.isFirstOnLine(start)
                ? List.of(TextEdit.insert(start, "super().__init__()" + layout.separator() + source.indentation(start)))
                : List.of();
    }
}
