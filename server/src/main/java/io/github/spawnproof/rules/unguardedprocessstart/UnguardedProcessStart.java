package io.github.spawnproof.rules.unguardedprocessstart;

import com.google.auto.service.AutoService;
import io.github.spawnproof.boundary.Boundary;
import io.github.spawnproof.boundary.ExecutionTime;
import io.github.spawnproof.boundary.ProcessStart;
import io.github.spawnproof.finding.Applicability;
import io.github.spawnproof.finding.Fix;
import io.github.spawnproof.python.PythonModule;
import io.github.spawnproof.rule.Fault;
import io.github.spawnproof.rule.Impact;
import io.github.spawnproof.rule.PythonRule;
import io.github.spawnproof.rule.Rule;
import java.util.List;
import java.util.function.Consumer;

/** Child processes started while the module is being imported; see {@code unguarded-process-start.md}. */
@AutoService(Rule.class)
public final class UnguardedProcessStart implements PythonRule {

    @Override
    public void check(PythonModule module, Consumer<Fault> faults) {
        // No child imports a package's __main__ again: facts of multiprocessing.spawn.get_preparation_data.
        if (!module.mainFile().isImportedAgain()) {
            return;
        }
        for (ProcessStart start : module.processStarts()) {
            if (start.when() == ExecutionTime.IMPORT) {
                faults.accept(new Fault(
                                start.range(),
                                message(start, module.source().slice(start.range())),
                                Impact.failsWithoutFork(start.choice()),
                                start.path(),
                                fixes(start))
                        .assuming(start.assumed()));
            }
        }
    }

    @Override
    public boolean concerns(Boundary boundary) {
        return boundary.starts() || !boundary.startedBy().isEmpty();
    }

    private static String message(ProcessStart start, String name) {
        return start.direct()
                ? "`%s` starts a process whenever this module is imported".formatted(start.api())
                : "`%s` leads to `%s`, a process start, whenever this module is imported".formatted(name, start.api());
    }

    private static List<Fix> fixes(ProcessStart start) {
        // Unsafe: whoever imports this module for names bound here no longer finds them.
        return Fix.ifAny("Move the start under a main guard", Applicability.UNSAFE, start.guard());
    }
}
