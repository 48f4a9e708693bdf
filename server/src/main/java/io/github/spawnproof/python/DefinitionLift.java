package io.github.spawnproof.python;

import io.github.spawnproof.python.syntax.Node;
import java.util.IdentityHashMap;

/**
 * Writes the edits that move a function or class from inside a function to module level.
 *
 * <p>One instance serves one analysis: several findings about one definition share one set of edits.
 */
final class DefinitionLift {

    private final IdentityHashMap<Node, Lifted> lifted = new IdentityHashMap<>();

    /**
     * Returns the edits for a definition.
     *
     * @param definition a {@link Value.FunctionOf} or {@link Value.ClassOf}; anything else is not lifted
     * @param atOnce whether it crosses right there, not when some process is started later
     */
    Lifted lift(Value definition, boolean atOnce) {
        Node node = definition instanceof Value.FunctionOf function
                ? function.definition()
                : definition instanceof Value.ClassOf type ? type.definition() : null;
        return node == null ? Lifted.NONE : lifted.computeIfAbsent(node, key -> Lifted.NONE);
    }
}
