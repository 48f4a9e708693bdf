package io.github.spawnproof.rules.sharedprimitivethroughpool;

import com.google.auto.service.AutoService;
import io.github.spawnproof.boundary.Crossing;
import io.github.spawnproof.python.PythonModule;
import io.github.spawnproof.rule.CrossingFaults;
import io.github.spawnproof.rule.Fault;
import io.github.spawnproof.rule.PythonRule;
import io.github.spawnproof.rule.Rule;
import java.util.function.Consumer;

/** Locks, queues and values between processes, sent with a task; see {@code shared-primitive-through-pool.md}. */
@AutoService(Rule.class)
public final class SharedPrimitiveThroughPool implements PythonRule {

    @Override
    public void check(PythonModule module, Consumer<Fault> faults) {
        CrossingFaults.of(
                module,
                Crossing.Kind.SHARED_PRIMITIVE,
                crossing -> "`%s` cannot send %s, only a process start can".formatted(crossing.api(), crossing.what()),
                faults);
    }
}
