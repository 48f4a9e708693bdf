package io.github.spawnproof.rules.startmethodmisuse;

import com.google.auto.service.AutoService;
import io.github.spawnproof.boundary.Boundary;
import io.github.spawnproof.boundary.OperatingSystem;
import io.github.spawnproof.boundary.StartMethodConflict;
import io.github.spawnproof.finding.Applicability;
import io.github.spawnproof.finding.Fix;
import io.github.spawnproof.python.PythonModule;
import io.github.spawnproof.rule.Fault;
import io.github.spawnproof.rule.Impact;
import io.github.spawnproof.rule.PythonRule;
import io.github.spawnproof.rule.Rule;
import java.util.List;
import java.util.function.Consumer;

/** Start methods that are set when it is too late; see {@code start-method-misuse.md}. */
@AutoService(Rule.class)
public final class StartMethodMisuse implements PythonRule {

    @Override
    public void check(PythonModule module, Consumer<Fault> faults) {
        for (StartMethodConflict conflict : module.setup().conflicts()) {
            // No child imports a package's __main__ again: facts of multiprocessing.spawn.get_preparation_data.
            if (conflict.kind() != StartMethodConflict.Kind.AT_IMPORT
                    || module.mainFile().isImportedAgain()) {
                faults.accept(new Fault(
                        conflict.range(), message(conflict), impact(conflict), conflict.related(), fixes(conflict)));
            }
        }
    }

    @Override
    public boolean concerns(Boundary boundary) {
        return boundary.name().endsWith(".set_start_method");
    }

    private static String message(StartMethodConflict conflict) {
        String api = conflict.api();
        return switch (conflict.kind()) {
            case AT_IMPORT -> "`%s` raises in a child, which runs this line too".formatted(api);
            case TWICE -> "`%s` raises, since the start method is set before".formatted(api);
            case AFTER_USE -> "`%s` raises, since the start method is fixed by first use before".formatted(api);
            case AFTER_JINA -> "`%s` raises, since importing Jina has set `fork`".formatted(api);
            case BEFORE_JINA -> "`%s` fixes the start method before Jina reads its variable".formatted(api);
        };
    }

    private static Impact impact(StartMethodConflict conflict) {
        return switch (conflict.kind()) {
            // A server that imports the main module has no method set by then: seen by running with Python 3.14.
            case AT_IMPORT ->
                Impact.failsWithoutFork(conflict.choice()).with(Impact.Servers.THAT_LEAVE_MAIN_TO_CHILDREN);
            case TWICE, AFTER_USE ->
                Impact.failsAlways().notOn(conflict.choice().absentFrom());
            case AFTER_JINA ->
                Impact.failsAlways()
                        .on(OperatingSystem.MACOS)
                        .notOn(conflict.choice().absentFrom());
            case BEFORE_JINA ->
                Impact.misbehavesAlways().notOn(conflict.choice().absentFrom());
        };
    }

    private static List<Fix> fixes(StartMethodConflict conflict) {
        String title = conflict.kind() == StartMethodConflict.Kind.AT_IMPORT
                ? "Set it under the main guard"
                : "Set it before that";
        // Unsafe: what is between the two places then runs with another start method in force.
        return Fix.ifAny(title, Applicability.UNSAFE, conflict.edits());
    }
}
