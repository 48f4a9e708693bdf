package io.github.spawnproof.rules.jinaexecutornottoplevel;

import com.google.auto.service.AutoService;
import io.github.spawnproof.boundary.Boundary;
import io.github.spawnproof.boundary.RegisteredClass;
import io.github.spawnproof.finding.Applicability;
import io.github.spawnproof.finding.Fix;
import io.github.spawnproof.python.PythonModule;
import io.github.spawnproof.rule.Fault;
import io.github.spawnproof.rule.Impact;
import io.github.spawnproof.rule.PythonRule;
import io.github.spawnproof.rule.Rule;
import java.util.List;
import java.util.function.Consumer;

/** Classes of Jina that no child finds in its module; see {@code jina-executor-not-top-level.md}. */
@AutoService(Rule.class)
public final class JinaExecutorNotTopLevel implements PythonRule {

    @Override
    public void check(PythonModule module, Consumer<Fault> faults) {
        for (RegisteredClass type : module.registeredClasses()) {
            faults.accept(new Fault(
                            type.range(),
                            message(type),
                            Impact.failsWithoutFork(type.choice()),
                            type.related(),
                            fixes(type))
                    .assuming(type.assumed()));
        }
    }

    @Override
    public boolean concerns(Boundary boundary) {
        return boundary.name().startsWith("jina.") && boundary.returns() != null;
    }

    private static String message(RegisteredClass type) {
        return switch (type.flaw()) {
            case LOCAL ->
                "Jina pickles all its classes at a start, but `%s` is local to a function".formatted(type.name());
            case ONLY_IN_MAIN ->
                "Jina sends all its classes to each child, but `%s` is not defined there".formatted(type.name());
            case OF_OTHER_MODULE -> "Jina pickles all its classes at a start, but `type` makes this one of `jina.jaml`";
            case REPLACED ->
                "Jina pickles all its classes at a start, but a decorator replaces `%s`".formatted(type.name());
        };
    }

    private static List<Fix> fixes(RegisteredClass type) {
        String title = type.flaw() == RegisteredClass.Flaw.OF_OTHER_MODULE
                ? "Say that it is a class of this module"
                : "Move the class to module level";
        return Fix.ifAny(title, Applicability.of(type.fixIsSafe()), type.fix());
    }
}
