package io.github.spawnproof.rules.lambdacrossesprocess;

import com.google.auto.service.AutoService;
import io.github.spawnproof.boundary.Boundary;
import io.github.spawnproof.boundary.Crossing;
import io.github.spawnproof.python.PythonModule;
import io.github.spawnproof.rule.CrossingFaults;
import io.github.spawnproof.rule.Fault;
import io.github.spawnproof.rule.PythonRule;
import io.github.spawnproof.rule.Rule;
import java.util.function.Consumer;

/** Lambdas sent to another process; see {@code lambda-crosses-process.md}. */
@AutoService(Rule.class)
public final class LambdaCrossesProcess implements PythonRule {

    @Override
    public void check(PythonModule module, Consumer<Fault> faults) {
        CrossingFaults.of(
                module,
                Crossing.Kind.LAMBDA,
                crossing ->
                        "`%s` sends this to another process, but a lambda cannot be pickled".formatted(crossing.api()),
                faults);
    }

    @Override
    public boolean concerns(Boundary boundary) {
        return boundary.crosses();
    }
}
