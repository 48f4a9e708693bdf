package io.github.spawnproof.rules.startmethodunavailable;

import com.google.auto.service.AutoService;
import io.github.spawnproof.boundary.OperatingSystem;
import io.github.spawnproof.boundary.StartMethod;
import io.github.spawnproof.boundary.StartMethodName;
import io.github.spawnproof.finding.Applicability;
import io.github.spawnproof.finding.Fix;
import io.github.spawnproof.python.PythonModule;
import io.github.spawnproof.rule.Fault;
import io.github.spawnproof.rule.Impact;
import io.github.spawnproof.rule.PythonRule;
import io.github.spawnproof.rule.Rule;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Consumer;

/** Start methods that Windows does not have; see {@code start-method-unavailable.md}. */
@AutoService(Rule.class)
public final class StartMethodUnavailable implements PythonRule {

    @Override
    public void check(PythonModule module, Consumer<Fault> faults) {
        for (StartMethodName name : module.setup().names()) {
            String text = name.isOfJina() ? name.text().toLowerCase(Locale.ROOT) : name.text();
            Optional<StartMethod> method = StartMethod.parse(text);
            if (method.isPresent() && method.get() != StartMethod.SPAWN && !name.isTried()) {
                faults.accept(new Fault(
                        name.range(),
                        "there is no start method `%s`".formatted(text),
                        Impact.remark()
                                .on(OperatingSystem.WINDOWS)
                                .notOn(name.choice().absentFrom()),
                        List.of(),
                        fixes(name)));
            }
        }
    }

    private static List<Fix> fixes(StartMethodName name) {
        // Unsafe: macOS then spawns, which the rest of the program may not stand.
        return name.onLinuxOnly().isEmpty()
                ? List.of()
                : List.of(new Fix("Choose it on Linux only", Applicability.UNSAFE, name.onLinuxOnly()));
    }
}
