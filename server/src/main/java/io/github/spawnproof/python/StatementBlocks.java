package io.github.spawnproof.python;

import io.github.spawnproof.python.syntax.Node;
import io.github.spawnproof.python.syntax.Statement;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Finds the statements that stand beside a statement. */
final class StatementBlocks {

    private StatementBlocks() {}

    /** Returns the block that a statement stands in, somewhere in another one; empty if it is that one itself. */
    static List<Statement> around(Statement wanted, Node root) {
        for (List<Statement> block : blocks(root)) {
            for (Statement statement : block) {
                if (Site.isSame(statement, wanted)) {
                    return block;
                }
                if (statement.start() <= wanted.start() && wanted.end() <= statement.end()) {
                    return around(wanted, statement);
                }
            }
        }
        return List.of();
    }

    /** Returns the smallest statement around a node, itself not counted; null if there is none in the root. */
    static @Nullable Statement innermost(Node wanted, Node root) {
        List<Statement> found = new ArrayList<>();
        collectAround(wanted, root, found);
        return found.isEmpty() ? null : found.get(found.size() - 1);
    }

    private static void collectAround(Node wanted, Node node, List<Statement> found) {
        if (node.start() <= wanted.start() && wanted.end() <= node.end() && !Site.isSame(node, wanted)) {
            if (node instanceof Statement statement) {
                found.add(statement);
            }
            node.forEachChild(child -> collectAround(wanted, child, found));
        }
    }

    /** Returns the blocks that belong to a node itself. */
    private static List<List<Statement>> blocks(Node node) {
        if (node instanceof Statement.FunctionDef function) {
            return List.of(function.body());
        } else if (node instanceof Statement.ClassDef type) {
            return List.of(type.body());
        } else if (node instanceof Statement.If branch) {
            return List.of(branch.body(), branch.orElse());
        } else if (node instanceof Statement.For loop) {
            return List.of(loop.body(), loop.orElse());
        } else if (node instanceof Statement.While loop) {
            return List.of(loop.body(), loop.orElse());
        } else if (node instanceof Statement.With with) {
            return List.of(with.body());
        } else if (node instanceof Statement.Try tryStatement) {
            List<List<Statement>> all = new ArrayList<>();
            all.add(tryStatement.body());
            tryStatement.handlers().forEach(handler -> all.add(handler.body()));
            all.add(tryStatement.orElse());
            all.add(tryStatement.finalBody());
            return all;
        } else if (node instanceof Statement.Match match) {
            return match.cases().stream().map(Node.MatchCase::body).toList();
        } else if (node instanceof Node.ExceptHandler handler) {
            return List.of(handler.body());
        } else if (node instanceof Node.MatchCase one) {
            return List.of(one.body());
        }
        return List.of();
    }
}
