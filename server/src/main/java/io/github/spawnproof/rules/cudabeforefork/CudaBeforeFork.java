package io.github.spawnproof.rules.cudabeforefork;

import com.google.auto.service.AutoService;
import io.github.spawnproof.boundary.BoundaryTable;
import io.github.spawnproof.boundary.Consequence;
import io.github.spawnproof.boundary.CudaUse;
import io.github.spawnproof.boundary.StartMethod;
import io.github.spawnproof.finding.Applicability;
import io.github.spawnproof.finding.Fix;
import io.github.spawnproof.python.PythonModule;
import io.github.spawnproof.rule.Fault;
import io.github.spawnproof.rule.Impact;
import io.github.spawnproof.rule.PythonRule;
import io.github.spawnproof.rule.Rule;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;

/** CUDA initialised before a process is forked; see {@code cuda-before-fork.md}. */
@AutoService(Rule.class)
public final class CudaBeforeFork implements PythonRule {

    @Override
    public void check(PythonModule module, Consumer<Fault> faults) {
        for (CudaUse use : module.setup().cudaUses()) {
            faults.accept(new Fault(
                    use.range(),
                    use.inWorker()
                            ? "a forked process cannot use CUDA, which its parent has initialised before"
                            : "CUDA is initialised here, so a process that is forked afterwards cannot use it",
                    impact(use),
                    use.start(),
                    fixes(use)));
        }
    }

    @Override
    public boolean concernsVariable(String name) {
        return name.equals(BoundaryTable.JINA_VARIABLE);
    }

    private static Impact impact(CudaUse use) {
        // The server of 3.14 imports the main module and so initialises CUDA itself, then forks the children.
        return use.atImport()
                ? new Impact(Consequence.FAILS, Set.of(StartMethod.FORK, StartMethod.FORKSERVER), use.choice())
                        .with(Impact.Servers.THAT_IMPORT_MAIN)
                : Impact.failsUnderFork(use.choice());
    }

    private static List<Fix> fixes(CudaUse use) {
        // Unsafe: a spawned child imports the main module again and gets its arguments by pickle.
        return Fix.ifAny("Spawn the processes", Applicability.UNSAFE, use.edits());
    }
}
