package io.github.spawnproof.python;

import java.util.Optional;

/** What functions the values stand for that other processes call. */
final class Tasks {

    private Tasks() {}

    /** Returns the function of the file that calling a value runs; empty if there is none, or a decorator changes it. */
    static Optional<Value.FunctionOf> function(Value value, Evaluator evaluator) {
        Value current = value;
        // A partial may hold another one.
        for (int i = 0; i < 4; i++) {
            if (current instanceof Value.FunctionOf function) {
                return Optional.of(function);
            } else if (current instanceof Value.BoundMethod method) {
                return Optional.of(method.function());
            } else if (current instanceof Value.Instance instance
                    && instance.type() instanceof Value.Named named
                    && named.name().equals("functools.partial")
                    && !instance.held().isEmpty()) {
                current = evaluator.evaluate(instance.held().get(0));
            } else {
                return Optional.empty();
            }
        }
        return Optional.empty();
    }
}
