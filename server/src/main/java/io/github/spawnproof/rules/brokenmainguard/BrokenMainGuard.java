package io.github.spawnproof.rules.brokenmainguard;

import com.google.auto.service.AutoService;
import io.github.spawnproof.boundary.BrokenGuard;
import io.github.spawnproof.boundary.Consequence;
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

/** Tests that were meant as main guards and are none; see {@code broken-main-guard.md}. */
@AutoService(Rule.class)
public final class BrokenMainGuard implements PythonRule {

    @Override
    public void check(PythonModule module, Consumer<Fault> faults) {
        for (BrokenGuard guard : module.setup().guards()) {
            // No child imports a package's __main__ again: facts of multiprocessing.spawn.get_preparation_data.
            if (guard.kind() == BrokenGuard.Kind.MISSPELT || module.mainFile().isImportedAgain()) {
                faults.accept(
                        new Fault(guard.range(), message(guard.kind()), impact(guard), guard.start(), fixes(guard)));
            }
        }
    }

    private static String message(BrokenGuard.Kind kind) {
        return switch (kind) {
            case MISSPELT -> "this test never holds, so the process start behind it never runs";
            case ENDS_CHILD -> "this ends a child too, which imports the main module before it does its work";
            case PROCESS_NAME -> "the server of `forkserver` passes this test too and starts processes of its own";
        };
    }

    private static Impact impact(BrokenGuard guard) {
        return switch (guard.kind()) {
            case MISSPELT -> Impact.misbehavesAlways().notOn(guard.choice().absentFrom());
            case ENDS_CHILD -> Impact.failsWithoutFork(guard.choice());
            // Before, the name of a child's process was set by the time it imported the main module: seen by running.
            case PROCESS_NAME ->
                new Impact(Consequence.FAILS, Set.of(StartMethod.FORKSERVER), guard.choice())
                        .with(Impact.Servers.THAT_IMPORT_MAIN);
        };
    }

    private static List<Fix> fixes(BrokenGuard guard) {
        return switch (guard.kind()) {
            // Unsafe, the last two: other modules that import this one see a difference.
            case MISSPELT -> Fix.ifAny("Write `__main__`", Applicability.SAFE, guard.edits());
            case ENDS_CHILD -> Fix.ifAny("Let children pass this test", Applicability.UNSAFE, guard.edits());
            case PROCESS_NAME -> Fix.ifAny("Test `__name__`", Applicability.UNSAFE, guard.edits());
        };
    }
}
