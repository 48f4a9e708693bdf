package io.github.spawnproof.python;

import io.github.spawnproof.boundary.OperatingSystem;
import io.github.spawnproof.boundary.Target;
import io.github.spawnproof.python.syntax.Expression;
import io.github.spawnproof.python.syntax.Node;
import io.github.spawnproof.python.syntax.PythonTree;
import io.github.spawnproof.python.syntax.Statement;
import io.github.spawnproof.source.TextRange;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The parts of a file that do not run on some targets, since a test of the platform is around or before them. */
final class PlatformLimits {

    /** Words of which one is in every test of the platform. */
    private static final List<String> WORDS =
            List.of("platform", "os.name", "version_info", "hasattr", "get_all_start_methods", "get_start_method");

    /** Decorators that skip a test, and what the condition they are given has to be for that. */
    private static final Map<String, Truth> SKIPS =
            Map.of("pytest.mark.skipif", Truth.TRUE, "unittest.skipIf", Truth.TRUE, "unittest.skipUnless", Truth.FALSE);

    /** Of each system the oldest and the newest version. */
    private static final List<Target> PROBES = probes();

    private static List<Target> probes() {
        List<Target> probes = new ArrayList<>();
        for (OperatingSystem system : OperatingSystem.values()) {
            List<Target> targets = Target.known().stream()
                    .filter(target -> target.system() == system)
                    .sorted(Comparator.comparing(Target::version))
                    .toList();
            probes.add(targets.get(0));
            probes.add(targets.get(targets.size() - 1));
        }
        return List.copyOf(probes);
    }

    /** A part of the text, and the targets on which it does not run. */
    private record Limit(TextRange range, Set<Target> absent) {}

    static final PlatformLimits NONE = new PlatformLimits(List.of());

    private final List<Limit> limits;

    private PlatformLimits(List<Limit> limits) {
        this.limits = limits;
    }

    static PlatformLimits of(PythonTree tree, Evaluator evaluator) {
        String text = tree.source().text();
        if (WORDS.stream().noneMatch(text::contains)) {
            return NONE;
        }
        Finder finder = new Finder(evaluator);
        int end = text.length();
        for (int i = 0; i < tree.statements().size(); i++) {
            finder.statement(
                    tree.statements().get(i).statement(), evaluator.scopes().topLevel(i), end);
        }
        return finder.found.isEmpty() ? NONE : new PlatformLimits(List.copyOf(finder.found));
    }

    /** Returns the targets that surely do not get to an offset of the text. */
    Set<Target> absentAt(int offset) {
        if (limits.isEmpty()) {
            return Set.of();
        }
        Set<Target> absent = new HashSet<>();
        for (Limit limit : limits) {
            if (limit.range().start() <= offset && offset < limit.range().end()) {
                absent.addAll(limit.absent());
            }
        }
        return absent;
    }

    /** Walks a tree. */
    private static final class Finder {
        private final Evaluator evaluator;
        private final Conditions conditions;
        private final List<Limit> found = new ArrayList<>();

        Finder(Evaluator evaluator) {
            this.evaluator = evaluator;
            this.conditions = new Conditions(evaluator);
        }

        private void block(List<Statement> statements, Scope scope) {
            if (!statements.isEmpty()) {
                int end = scope.base() + statements.get(statements.size() - 1).end();
                statements.forEach(statement -> statement(statement, scope, end));
            }
        }

        /** Looks at a statement of a block that ends at the given offset. */
        private void statement(Statement statement, Scope scope, int blockEnd) {
            if (statement instanceof Statement.If branch) {
                Set<Target> without = where(branch.test(), Truth.FALSE, scope);
                Set<Target> with = where(branch.test(), Truth.TRUE, scope);
                add(branch.body(), scope, without);
                add(branch.orElse(), scope, with);
                int end = scope.base() + branch.end();
                if (leaves(branch.body(), scope)) {
                    add(end, blockEnd, with);
                }
                if (leaves(branch.orElse(), scope)) {
                    add(end, blockEnd, without);
                }
            } else if (statement instanceof Statement.Assert assertion) {
                add(scope.base() + assertion.end(), blockEnd, where(assertion.test(), Truth.FALSE, scope));
            }
            inside(statement, scope);
        }

        private void inside(Node node, Scope scope) {
            if (node instanceof Statement.FunctionDef function) {
                function.decorators().forEach(decorator -> skipped(decorator, node, scope));
                block(function.body(), evaluator.scopes().of(function));
                return;
            } else if (node instanceof Statement.ClassDef type) {
                type.decorators().forEach(decorator -> skipped(decorator, node, scope));
                block(type.body(), evaluator.scopes().of(type));
                return;
            } else if (node instanceof Statement.If branch) {
                block(branch.body(), scope);
                block(branch.orElse(), scope);
                inside(branch.test(), scope);
                return;
            } else if (node instanceof Expression.IfExp choice) {
                add(choice.body(), scope, where(choice.test(), Truth.FALSE, scope));
                add(choice.orElse(), scope, where(choice.test(), Truth.TRUE, scope));
            } else if (node instanceof Expression.BoolOp operation) {
                Truth ending = Truth.of(operation.operator().equals("or"));
                for (int i = 1; i < operation.values().size(); i++) {
                    Set<Target> absent = where(operation.values().get(i - 1), ending, scope);
                    add(scope.base() + operation.values().get(i).start(), scope.base() + operation.end(), absent);
                }
            }
            evaluator.scopes().forEachChild(node, scope, (child, childScope) -> {
                if (child instanceof Statement inner) {
                    // Of a block that is not an if's, the end does not matter but for a test that leaves it.
                    statement(inner, childScope, scope.base() + node.end());
                } else {
                    inside(child, childScope);
                }
            });
        }

        /** Looks at a decorator that skips a test: {@code @pytest.mark.skipif(sys.platform == "win32", …)}. */
        private void skipped(Expression decorator, Node definition, Scope scope) {
            if (decorator instanceof Expression.Call call
                    && !call.arguments().isEmpty()
                    && evaluator.evaluate(call.function(), scope) instanceof Value.Named named
                    && SKIPS.containsKey(named.name())) {
                Set<Target> absent = where(call.arguments().get(0), SKIPS.get(named.name()), scope);
                add(scope.base() + definition.start(), scope.base() + definition.end(), absent);
            }
        }

        private boolean leaves(List<Statement> block, Scope scope) {
            if (block.isEmpty()) {
                return false;
            }
            Statement last = block.get(block.size() - 1);
            return last instanceof Statement.Return
                    || last instanceof Statement.Continue
                    || last instanceof Statement.Break
                    || conditions.ends(block, scope);
        }

        private Set<Target> where(Expression test, Truth wanted, Scope scope) {
            Truth anywhere = conditions.test(test, scope, World.MAIN, Map.of());
            if (anywhere != Truth.UNKNOWN) {
                return Set.of(); // A main guard, or a test of nothing.
            }
            // A test of the system or of the version is decided on one of these at least.
            boolean ofTarget = PROBES.stream()
                    .anyMatch(probe -> conditions.test(test, scope, World.MAIN.on(probe), Map.of()) != Truth.UNKNOWN);
            if (!ofTarget) {
                return Set.of();
            }
            Set<Target> targets = new HashSet<>();
            for (Target target : Target.known()) {
                if (conditions.test(test, scope, World.MAIN.on(target), Map.of()) == wanted) {
                    targets.add(target);
                }
            }
            return targets;
        }

        private void add(List<Statement> block, Scope scope, Set<Target> absent) {
            if (!block.isEmpty()) {
                add(
                        scope.base() + block.get(0).start(),
                        scope.base() + block.get(block.size() - 1).end(),
                        absent);
            }
        }

        private void add(Expression expression, Scope scope, Set<Target> absent) {
            add(scope.base() + expression.start(), scope.base() + expression.end(), absent);
        }

        private void add(int start, int end, Set<Target> absent) {
            if (!absent.isEmpty() && start < end) {
                found.add(new Limit(new TextRange(start, end), Set.copyOf(absent)));
            }
        }
    }
}
