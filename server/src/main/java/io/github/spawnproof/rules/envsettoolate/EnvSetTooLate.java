package io.github.spawnproof.rules.envsettoolate;

import com.google.auto.service.AutoService;
import io.github.spawnproof.boundary.BoundaryTable;
import io.github.spawnproof.boundary.EnvironmentAssignment;
import io.github.spawnproof.boundary.OperatingSystem;
import io.github.spawnproof.finding.Applicability;
import io.github.spawnproof.finding.Fix;
import io.github.spawnproof.python.PythonModule;
import io.github.spawnproof.rule.Fault;
import io.github.spawnproof.rule.Impact;
import io.github.spawnproof.rule.PythonRule;
import io.github.spawnproof.rule.Rule;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/** Environment variables that are set when they have been read; see {@code env-set-too-late.md}. */
@AutoService(Rule.class)
public final class EnvSetTooLate implements PythonRule {

    @Override
    public void check(PythonModule module, Consumer<Fault> faults) {
        for (EnvironmentAssignment assignment : module.setup().assignments()) {
            faults.accept(new Fault(
                    assignment.range(),
                    message(assignment),
                    impact(assignment).notOn(assignment.choice().absentFrom()),
                    assignment.reader(),
                    fixes(assignment)));
        }
    }

    @Override
    public boolean concernsVariable(String name) {
        return name.equals(BoundaryTable.JINA_VARIABLE) || name.equals(BoundaryTable.OBJC_VARIABLE);
    }

    private static boolean isOfObjectiveC(EnvironmentAssignment assignment) {
        return assignment.variable().equals(BoundaryTable.OBJC_VARIABLE);
    }

    private static String message(EnvironmentAssignment assignment) {
        if (isOfObjectiveC(assignment)) {
            return "this is read before Python starts, so setting it here has no effect on this process";
        }
        return assignment.byPutenv()
                ? "Jina looks into `os.environ`, which `os.putenv` does not change"
                : "Jina has read this variable when it was imported, so setting it here has no effect";
    }

    private static Impact impact(EnvironmentAssignment assignment) {
        return isOfObjectiveC(assignment) ? Impact.remark().on(OperatingSystem.MACOS) : Impact.misbehavesAlways();
    }

    private static List<Fix> fixes(EnvironmentAssignment assignment) {
        // Unsafe: the start method that comes into force by it asks more of the program.
        List<Fix> fixes =
                new ArrayList<>(Fix.ifAny("Set it before importing Jina", Applicability.UNSAFE, assignment.edits()));
        fixes.addAll(assignment.elsewhere());
        return fixes;
    }
}
