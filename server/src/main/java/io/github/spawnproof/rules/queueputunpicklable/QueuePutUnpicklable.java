package io.github.spawnproof.rules.queueputunpicklable;

import com.google.auto.service.AutoService;
import io.github.spawnproof.boundary.Boundary;
import io.github.spawnproof.boundary.Crossing;
import io.github.spawnproof.python.PythonModule;
import io.github.spawnproof.rule.CrossingFaults;
import io.github.spawnproof.rule.Fault;
import io.github.spawnproof.rule.PythonRule;
import io.github.spawnproof.rule.Rule;
import java.util.function.Consumer;

/** Values that a queue between processes loses; see {@code queue-put-unpicklable.md}. */
@AutoService(Rule.class)
public final class QueuePutUnpicklable implements PythonRule {

    @Override
    public void check(PythonModule module, Consumer<Fault> faults) {
        CrossingFaults.of(module, Crossing.Kind.QUEUED, QueuePutUnpicklable::message, faults);
    }

    private static String message(Crossing crossing) {
        return crossing.attribute().isEmpty()
                ? "`%s` loses this: %s cannot be pickled".formatted(crossing.api(), crossing.what())
                : "`%s` loses this: its `%s` is %s".formatted(crossing.api(), crossing.attribute(), crossing.what());
    }

    @Override
    public boolean concerns(Boundary boundary) {
        return boundary.queues();
    }
}
