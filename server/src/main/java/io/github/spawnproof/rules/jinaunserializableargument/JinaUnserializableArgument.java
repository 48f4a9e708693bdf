package io.github.spawnproof.rules.jinaunserializableargument;

import com.google.auto.service.AutoService;
import io.github.spawnproof.boundary.Boundary;
import io.github.spawnproof.boundary.LibraryArgument;
import io.github.spawnproof.boundary.LibraryArgument.Problem;
import io.github.spawnproof.finding.Applicability;
import io.github.spawnproof.finding.Fix;
import io.github.spawnproof.python.PythonModule;
import io.github.spawnproof.rule.Fault;
import io.github.spawnproof.rule.Impact;
import io.github.spawnproof.rule.PythonRule;
import io.github.spawnproof.rule.Rule;
import java.util.List;
import java.util.function.Consumer;

/** Values that are no JSON in arguments that Jina sends as JSON; see {@code jina-unserializable-argument.md}. */
@AutoService(Rule.class)
public final class JinaUnserializableArgument implements PythonRule {

    @Override
    public void check(PythonModule module, Consumer<Fault> faults) {
        for (LibraryArgument argument : module.libraryArguments()) {
            if (argument.problem() == Problem.NOT_JSON) {
                faults.accept(new Fault(
                                argument.range(),
                                "`%s` is sent as JSON, which cannot hold %s"
                                        .formatted(argument.parameter(), argument.words()),
                                Impact.failsAlways(),
                                argument.related(),
                                fixes(argument))
                        .assuming(argument.assumed()));
            }
        }
    }

    @Override
    public boolean concerns(Boundary boundary) {
        return boundary.parameters().stream()
                .anyMatch(parameter ->
                        parameter.role() != null && parameter.role().isJson());
    }

    private static List<Fix> fixes(LibraryArgument argument) {
        // Unsafe: the receiver gets a list or a string now and may want the original.
        return argument.edits().isEmpty()
                ? List.of()
                : List.of(new Fix("Pass plain data", Applicability.UNSAFE, argument.edits()));
    }
}
