package io.github.spawnproof.rules.threadprimitivecrossesprocess;

import com.google.auto.service.AutoService;
import io.github.spawnproof.boundary.Consequence;
import io.github.spawnproof.boundary.Crossing;
import io.github.spawnproof.boundary.StartMethod;
import io.github.spawnproof.python.PythonModule;
import io.github.spawnproof.rule.Fault;
import io.github.spawnproof.rule.Impact;
import io.github.spawnproof.rule.PythonRule;
import io.github.spawnproof.rule.Rule;
import java.util.Set;
import java.util.function.Consumer;

/** Locks, events and queues of threads, given to processes; see {@code thread-primitive-crosses-process.md}. */
@AutoService(Rule.class)
public final class ThreadPrimitiveCrossesProcess implements PythonRule {

    @Override
    public void check(PythonModule module, Consumer<Fault> faults) {
        for (Crossing crossing : module.crossings()) {
            if (crossing.kind() == Crossing.Kind.THREAD_PRIMITIVE) {
                faults.accept(new Fault(
                        crossing.range(),
                        "`%s` is given %s, which works between threads only".formatted(crossing.api(), crossing.what()),
                        impact(crossing),
                        crossing.related(),
                        crossing.fixes()));
            }
        }
    }

    private static Impact impact(Crossing crossing) {
        // A forked child has a copy of its own: nothing fails, and nothing is shared.
        return Impact.failsWithoutFork(crossing.choice())
                .or(new Impact(Consequence.MISBEHAVES, Set.of(StartMethod.FORK), crossing.choice()));
    }
}
