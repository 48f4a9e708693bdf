package io.github.spawnproof.rules.jinaunserializableargument;

import com.google.auto.service.AutoService;
import io.github.spawnproof.boundary.Boundary;
import io.github.spawnproof.boundary.LibraryArgument.Problem;
import io.github.spawnproof.python.PythonModule;
import io.github.spawnproof.rule.ArgumentFaults;
import io.github.spawnproof.rule.Fault;
import io.github.spawnproof.rule.Impact;
import io.github.spawnproof.rule.PythonRule;
import io.github.spawnproof.rule.Rule;
import java.util.Set;
import java.util.function.Consumer;

/** Values that are no JSON in arguments that Jina sends as JSON; see {@code jina-unserializable-argument.md}. */
@AutoService(Rule.class)
public final class JinaUnserializableArgument implements PythonRule {

    // The fix is unsafe: the receiver gets a list or a string then, and may want the original.
    private static final ArgumentFaults FAULTS = new ArgumentFaults(
            Set.of(Problem.NOT_JSON),
            argument -> "`%s` is sent as JSON, which cannot hold %s".formatted(argument.parameter(), argument.words()),
            argument -> Impact.failsAlways(),
            "Pass plain data");

    @Override
    public void check(PythonModule module, Consumer<Fault> faults) {
        FAULTS.of(module, faults);
    }

    @Override
    public boolean concerns(Boundary boundary) {
        return boundary.parameters().stream()
                .anyMatch(parameter ->
                        parameter.role() != null && parameter.role().isJson());
    }
}
