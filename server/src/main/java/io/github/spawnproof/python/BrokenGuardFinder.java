package io.github.spawnproof.python;

import io.github.spawnproof.boundary.BrokenGuard;
import io.github.spawnproof.boundary.StartMethod;
import io.github.spawnproof.boundary.StartMethodChoice;
import io.github.spawnproof.finding.Related;
import io.github.spawnproof.finding.TextEdit;
import io.github.spawnproof.python.syntax.Expression;
import io.github.spawnproof.python.syntax.PythonTree;
import io.github.spawnproof.python.syntax.Statement;
import io.github.spawnproof.source.TextRange;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Finds tests at module level that were meant as main guards and are none, where processes are started behind them. */
final class BrokenGuardFinder {

    private static final String MAIN = World.MAIN.moduleName();

    private final PythonTree tree;
    private final Evaluator evaluator;
    private final Conditions conditions;
    private final StartFinder finder;
    private final SetupEdits edits;
    private final GuardEdits guards;
    private final String fileName;
    private final List<BrokenGuard> found = new ArrayList<>();

    /** Makes a finder; the file's name counts, since {@code __name__} is that where the file is imported. */
    BrokenGuardFinder(
            PythonTree tree,
            Evaluator evaluator,
            StartFinder finder,
            SetupEdits edits,
            GuardEdits guards,
            String fileName) {
        this.tree = tree;
        this.evaluator = evaluator;
        this.conditions = new Conditions(evaluator);
        this.finder = finder;
        this.edits = edits;
        this.guards = guards;
        this.fileName = fileName;
    }

    List<BrokenGuard> find(ModuleStarts starts) {
        for (int i = 0; i < tree.statements().size(); i++) {
            Statement statement = tree.statements().get(i).statement();
            Scope scope = evaluator.scopes().topLevel(i);
            if (finder.ends(statement, scope, World.CHILD) && !finder.ends(statement, scope, World.MAIN)) {
                endsChild(i, statement, scope, starts);
            }
            Statement next = statement;
            while (next instanceof Statement.If branch) {
                test(branch.test(), branch.body(), scope);
                next = branch.orElse().size() == 1 ? branch.orElse().get(0) : null;
            }
        }
        return found;
    }

    private void test(Expression test, List<Statement> body, Scope scope) {
        if (test instanceof Expression.BoolOp operation && operation.operator().equals("and")) {
            boolean guarded = operation.values().stream()
                    .anyMatch(operand -> !(operand instanceof Expression.Compare compare
                                    && conditions.asksForProcessName(compare, scope))
                            && conditions.test(operand, scope, World.CHILD, Map.of()) == Truth.FALSE
                            && conditions.test(operand, scope, World.MAIN, Map.of()) != Truth.FALSE);
            if (!guarded) {
                operation.values().forEach(operand -> test(operand, body, scope));
            }
        } else if (test instanceof Expression.Compare compare
                && compare.operators().size() == 1
                && (compare.operators().get(0).equals("==")
                        || compare.operators().get(0).equals("is"))) {
            Expression wrong = misspelt(compare, scope);
            if (wrong != null) {
                TextRange range = Site.range(wrong, scope);
                List<TextEdit> fix = isString(wrong, "__name__")
                        ? List.of(TextEdit.replace(range, "__name__"))
                        : edits.content(range)
                                .map(text -> List.of(TextEdit.replace(text, MAIN)))
                                .orElse(List.of());
                add(BrokenGuard.Kind.MISSPELT, range, body, scope, fix);
            } else if (conditions.asksForProcessName(compare, scope)) {
                TextRange range = Site.range(compare, scope);
                add(
                        BrokenGuard.Kind.PROCESS_NAME,
                        range,
                        body,
                        scope,
                        List.of(TextEdit.replace(range, "__name__ == " + edits.quoted(MAIN))));
            }
        }
    }

    private void add(BrokenGuard.Kind kind, TextRange range, List<Statement> body, Scope scope, List<TextEdit> fix) {
        for (Statement statement : body) {
            List<StartFinder.Start> starts = finder.atModuleLevel(statement, scope, true, true);
            if (!starts.isEmpty()) {
                found.add(new BrokenGuard(range, kind, starts.get(0).choice(), List.of(related(starts.get(0))), fix));
                return;
            }
        }
    }

    private static Related related(StartFinder.Start start) {
        return new Related(
                start.range(),
                start.path().isEmpty()
                        ? "`%s` starts a process here".formatted(start.api())
                        : "this leads to `%s`, a process start".formatted(start.api()));
    }

    // Misspelt

    /** Returns the string of a comparison that was to be {@code "__main__"}, or {@code __name__}; null if none was. */
    private @Nullable Expression misspelt(Expression.Compare compare, Scope scope) {
        Expression left = compare.left();
        Expression right = compare.comparators().get(0);
        if (isString(left, "__name__") && isString(right, MAIN)) {
            return left;
        }
        if (isString(right, "__name__") && isString(left, MAIN)) {
            return right;
        }
        Expression other =
                Conditions.isModuleName(left, scope) ? right : Conditions.isModuleName(right, scope) ? left : null;
        return other instanceof Expression.Constant constant && constant.isString() && isMisspelt(constant.value())
                ? other
                : null;
    }

    private static boolean isString(Expression expression, String text) {
        return expression instanceof Expression.Constant constant
                && constant.isString()
                && constant.value().equals(text);
    }

    private boolean isMisspelt(String text) {
        if (text.equals(MAIN) || text.equals(World.CHILD.moduleName()) || text.equals(fileName)) {
            return false;
        }
        String letters = text.replace("_", "").strip().toLowerCase(Locale.ROOT);
        return letters.equals("main") || (text.strip().startsWith("_") && isNearly(letters));
    }

    /** Tells whether the letters are those of main with two swapped, one changed, doubled or left out. */
    private static boolean isNearly(String letters) {
        char[] sorted = letters.toCharArray();
        Arrays.sort(sorted);
        if (Arrays.equals(sorted, "aimn".toCharArray())) {
            return true;
        }
        for (int i = 0; i < letters.length(); i++) {
            if ((letters.substring(0, i) + letters.substring(i + 1)).equals("main")) {
                return true;
            }
        }
        for (int i = 0; i < "main".length(); i++) {
            String start = "main".substring(0, i);
            String rest = "main".substring(i + 1);
            boolean changed = letters.length() == 4 && letters.startsWith(start) && letters.endsWith(rest);
            if (changed || letters.equals(start + rest)) {
                return true;
            }
        }
        return false;
    }

    // Exits

    private void endsChild(int index, Statement statement, Scope scope, ModuleStarts starts) {
        Optional<StartFinder.Start> first = starts.list().stream()
                .filter(StartFinder.Start::inMain)
                .filter(start -> !start.choice().equals(StartMethodChoice.exactly(StartMethod.FORK)))
                .findFirst();
        Expression test = statement instanceof Statement.If branch
                ? branch.test()
                : statement instanceof Statement.Assert assertion ? assertion.test() : null;
        if (first.isEmpty() || test == null) {
            return;
        }
        found.add(new BrokenGuard(
                Site.range(test, scope),
                BrokenGuard.Kind.ENDS_CHILD,
                first.get().choice(),
                List.of(related(first.get())),
                lettingChildrenPass(index, test, scope)));
    }

    /** Returns the edits that let a child pass the test, and put under a guard what it must not start then. */
    private List<TextEdit> lettingChildrenPass(int index, Expression test, Scope scope) {
        if (!(test instanceof Expression.Compare compare)
                || compare.operators().size() != 1
                || !Conditions.isModuleName(compare.left(), scope)
                || !isString(compare.comparators().get(0), MAIN)) {
            return List.of();
        }
        String operator = compare.operators().get(0);
        String replacement = operator.equals("!=") ? " not in " : operator.equals("==") ? " in " : null;
        TextRange between = new TextRange(
                scope.base() + compare.left().end(),
                scope.base() + compare.comparators().get(0).start());
        if (replacement == null || !tree.source().slice(between).strip().equals(operator)) {
            return List.of(); // Parentheses.
        }
        List<TextEdit> all = new ArrayList<>();
        all.add(TextEdit.replace(
                new TextRange(
                        scope.base() + compare.left().end(),
                        scope.base() + compare.comparators().get(0).end()),
                replacement + "(" + edits.quoted(MAIN) + ", " + edits.quoted(World.CHILD.moduleName()) + ")"));
        for (int i = index + 1; i < tree.statements().size(); i++) {
            List<StartFinder.Start> starts = finder.atModuleLevel(
                    tree.statements().get(i).statement(), evaluator.scopes().topLevel(i), true, true);
            if (starts.stream().anyMatch(start -> start.inChild() && start.inMain())) {
                List<TextEdit> guard = guards.from(i);
                all.addAll(guard);
                return guard.isEmpty() ? List.of() : all;
            }
        }
        return all;
    }
}
