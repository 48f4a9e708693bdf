package io.github.spawnproof.python;

import io.github.spawnproof.boundary.StartMethod;
import io.github.spawnproof.boundary.StartMethodChoice;
import io.github.spawnproof.python.syntax.Expression;
import io.github.spawnproof.python.syntax.Node;
import io.github.spawnproof.python.syntax.PythonTree;
import io.github.spawnproof.python.syntax.Statement;
import io.github.spawnproof.python.syntax.TopLevel;
import java.util.EnumSet;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Finds the start method that a program chooses for everything in it: by {@code set_start_method}, by Jina's variable
 * set before Jina is imported, or by importing Jina, which takes fork on macOS.
 */
final class StartMethodReader {

    private static final String JINA_VARIABLE = "JINA_MP_START_METHOD";

    private final Evaluator evaluator;
    private final Conditions conditions;
    private final Set<StartMethod> chosen = EnumSet.noneOf(StartMethod.class);
    private boolean certain;

    StartMethodReader(Evaluator evaluator) {
        this.evaluator = evaluator;
        this.conditions = new Conditions(evaluator);
    }

    StartMethodChoice read(PythonTree tree) {
        int jina = firstImportOfJina();
        // Most files choose nothing: a look at the text spares them a walk over the whole tree.
        boolean mayCall = tree.source().text().contains("set_start_method");
        for (int i = 0; i < tree.statements().size(); i++) {
            TopLevel topLevel = tree.statements().get(i);
            Scope scope = evaluator.scopes().topLevel(i);
            if (mayCall) {
                visit(topLevel.statement(), scope, true);
            }
            if (topLevel.offset() < jina && jina < Integer.MAX_VALUE) {
                variable(topLevel.statement(), scope);
            }
        }
        return new StartMethodChoice(certain, chosen, jina < Integer.MAX_VALUE);
    }

    private int firstImportOfJina() {
        for (Scopes.Import imported : evaluator.scopes().imports()) {
            if (evaluator.table().forksOnMac(imported.name())) {
                return imported.range().start();
            }
        }
        return Integer.MAX_VALUE;
    }

    /** Looks for {@code set_start_method}; {@code sure} as long as the program surely comes here first. */
    private void visit(Node node, Scope scope, boolean sure) {
        if (node instanceof Statement.If branch) {
            boolean always = conditions.test(branch.test(), scope, World.MAIN, Map.of()) == Truth.TRUE;
            branch.body().forEach(child -> visit(child, scope, sure && always));
            branch.orElse().forEach(child -> visit(child, scope, false));
            return;
        }
        Scope inner = scope;
        boolean stillSure = sure;
        if (node instanceof Statement.FunctionDef || node instanceof Statement.ClassDef) {
            inner = evaluator.scopes().of(node);
            // A function may never be called; main() nearly always is.
            stillSure = sure
                    && node instanceof Statement.FunctionDef function
                    && function.name().equals("main");
        } else if (node instanceof Expression.Lambda
                || node instanceof Expression.Comprehended
                || node instanceof Expression.DictComp) {
            return;
        } else if (node instanceof Node.ExceptHandler || node instanceof Statement.While) {
            stillSure = false;
        }
        if (node instanceof Expression.Call call
                && evaluator.evaluate(call.function(), scope) instanceof Value.Named named
                && named.name().endsWith(".BaseContext.set_start_method")) {
            choose(methods(call, scope), sure);
        }
        Scope childScope = inner;
        boolean childSure = stillSure;
        node.forEachChild(child -> visit(child, childScope, childSure));
    }

    private Set<StartMethod> methods(Expression.Call call, Scope scope) {
        Expression argument = call.arguments().isEmpty()
                ? call.keywords().stream()
                        .filter(keyword -> "method".equals(keyword.name()))
                        .<@Nullable Expression>map(Node.Keyword::value)
                        .findFirst()
                        .orElse(null)
                : call.arguments().get(0);
        Optional<StartMethod> method = argument == null ? Optional.empty() : constant(argument, scope);
        return method.<Set<StartMethod>>map(EnumSet::of).orElse(EnumSet.allOf(StartMethod.class));
    }

    private Optional<StartMethod> constant(Expression expression, Scope scope) {
        return evaluator.evaluate(expression, scope) instanceof Value.Literal literal
                        && literal.constant().isString()
                ? StartMethod.parse(literal.constant().value())
                : Optional.empty();
    }

    private void choose(Set<StartMethod> methods, boolean sure) {
        if (certain && !sure) {
            return;
        }
        if (sure && !certain) {
            chosen.clear();
        }
        chosen.addAll(methods);
        certain |= sure;
    }

    /** Reads {@code os.environ["JINA_MP_START_METHOD"] = "spawn"}, which works before the first import of Jina only. */
    private void variable(Statement statement, Scope scope) {
        if (statement instanceof Statement.Assign assign
                && assign.targets().get(0) instanceof Expression.Subscript subscript
                && subscript.index() instanceof Expression.Constant key
                && key.value().equals(JINA_VARIABLE)
                && evaluator.evaluate(subscript.value(), scope) instanceof Value.Named named
                && named.name().equals("os.environ")
                && assign.value() instanceof Expression.Constant value) {
            // Jina lower-cases the value and ignores one that it does not know.
            StartMethod.parse(value.value().toLowerCase(Locale.ROOT)).ifPresent(method -> choose(Set.of(method), true));
        }
    }
}
