package io.github.spawnproof.rules.lambdacrossesprocess;

import com.google.auto.service.AutoService;
import io.github.spawnproof.boundary.Boundary;
import io.github.spawnproof.boundary.Crossing;
import io.github.spawnproof.finding.Applicability;
import io.github.spawnproof.finding.Fix;
import io.github.spawnproof.python.PythonModule;
import io.github.spawnproof.rule.Fault;
import io.github.spawnproof.rule.Impact;
import io.github.spawnproof.rule.PythonRule;
import io.github.spawnproof.rule.Rule;
import java.util.List;
import java.util.function.Consumer;

/** Lambdas sent to another process; see {@code lambda-crosses-process.md}. */
@AutoService(Rule.class)
public final class LambdaCrossesProcess implements PythonRule {

    @Override
    public void check(PythonModule module, Consumer<Fault> faults) {
        for (Crossing crossing : module.crossings()) {
            if (crossing.kind() == Crossing.Kind.LAMBDA) {
                faults.accept(new Fault(
                        crossing.range(),
                        "`%s` sends this to another process, but a lambda cannot be pickled".formatted(crossing.api()),
                        crossing.atStart()
                                ? Impact.failsWithoutFork(crossing.choice())
                                : Impact.failsAlways().notOn(crossing.choice().absentFrom()),
                        crossing.related(),
                        fixes(crossing)));
            }
        }
    }

    @Override
    public boolean concerns(Boundary boundary) {
        return boundary.crosses();
    }

    private static List<Fix> fixes(Crossing crossing) {
        return crossing.lift().isEmpty()
                ? List.of()
                : List.of(new Fix(
                        "Make it a function at module level",
                        crossing.liftIsSafe() ? Applicability.SAFE : Applicability.UNSAFE,
                        crossing.lift()));
    }
}
