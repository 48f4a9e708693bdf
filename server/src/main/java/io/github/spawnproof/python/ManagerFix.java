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
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Writes the edits by which a manager makes what processes share: its proxies go with tasks, too. */
final class ManagerFix {

    private static final String MANAGER = "manager";

    /** What the proxies of a manager do not have. */
    private static final Set<String> NOT_OF_PROXIES =
            Set.of("cancel_join_thread", "close", "get_lock", "get_obj", "join_thread");

    private final PythonTree tree;
    private final SourceText source;
    private final Evaluator evaluator;
    private final MainOnly mainOnly;
    private final Layout layout;

    ManagerFix(PythonTree tree, Evaluator evaluator, MainOnly mainOnly) {
        this.tree = tree;
        this.source = tree.source();
        this.evaluator = evaluator;
        this.mainOnly = mainOnly;
        this.layout = new Layout(tree);
    }

    /** Returns the fix for what processes share and a task is given, if both are in one function, or in the main guard. */
    List<Fix> of(Obstacle obstacle) {
        if (!(obstacle.value() instanceof Value.Instance instance)
                || !(instance.type() instanceof Value.Named type)
                || instance.origin() == null
                || !(instance.origin().expression() instanceof Expression.Call call)
                || !(call.function() instanceof Expression.Attribute maker)) {
            return List.of();
        }
        Site origin = instance.origin();
        Optional<String> twin = evaluator.table().twin(type.name());
        TopLevel topLevel = tree.statements().get(tree.topLevelAt(origin.range().start()));
        Statement.Assign assign = assignment(topLevel.statement(), call);
        if (twin.isEmpty()
                || topLevel.damaged()
                || assign == null
                || !(assign.targets().get(0) instanceof Expression.Name name)
                || source.occurrences(MANAGER) > 0
                || !isInOneFunction(origin, obstacle.culprit())
                || usesMore(topLevel.statement(), name.id())) {
            return List.of();
        }
        int start = origin.scope().base() + assign.start();
        if (!layout.isFirstOnLine(start)
                || source.slice(Site.range(maker, origin.scope())).contains("\n")) {
            return List.of();
        }
        TextRange owner = Site.range(maker.value(), origin.scope());
        String line =
                MANAGER + " = " + source.slice(owner) + ".Manager()" + layout.separator() + source.indentation(start);
        // Unsafe: a manager is a process more, and each use of the proxy goes through it.
        return List.of(new Fix(
                "Let a manager make it",
                Applicability.UNSAFE,
                List.of(TextEdit.insert(start, line), TextEdit.replace(owner, MANAGER))));
    }

    /** Returns the assignment to one name whose value a call is; null if there is none. */
    private static Statement.@Nullable Assign assignment(Node node, Expression.Call call) {
        if (node instanceof Statement.Assign assign) {
            return assign.targets().size() == 1 && Site.isSame(assign.value(), call) ? assign : null;
        }
        List<Statement.Assign> found = new ArrayList<>();
        if (node instanceof Statement || node instanceof Node.ExceptHandler || node instanceof Node.MatchCase) {
            node.forEachChild(
                    child -> Optional.ofNullable(assignment(child, call)).ifPresent(found::add));
        }
        return found.isEmpty() ? null : found.get(0);
    }

    /** Tells whether the name that the manager gets is there as long as what it makes is used. */
    private boolean isInOneFunction(Site origin, Site sent) {
        Scope made = origin.scope().enclosingFunction();
        Scope used = sent.scope().enclosingFunction();
        return made == null
                ? used == null && mainOnly.isInMainGuard(origin.range().start())
                : used != null && made.isSame(used);
    }

    private static boolean usesMore(Node node, String name) {
        if (node instanceof Expression.Attribute attribute
                && NOT_OF_PROXIES.contains(attribute.name())
                && attribute.value() instanceof Expression.Name owner
                && owner.id().equals(name)) {
            return true;
        }
        boolean[] found = {false};
        node.forEachChild(child -> found[0] |= usesMore(child, name));
        return found[0];
    }
}
