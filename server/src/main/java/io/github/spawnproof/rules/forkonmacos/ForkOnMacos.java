package io.github.spawnproof.rules.forkonmacos;

import com.google.auto.service.AutoService;
import io.github.spawnproof.boundary.BoundaryTable;
import io.github.spawnproof.boundary.OperatingSystem;
import io.github.spawnproof.boundary.StartMethod;
import io.github.spawnproof.boundary.StartMethodName;
import io.github.spawnproof.boundary.Target;
import io.github.spawnproof.finding.Applicability;
import io.github.spawnproof.finding.Fix;
import io.github.spawnproof.finding.TextEdit;
import io.github.spawnproof.python.PythonModule;
import io.github.spawnproof.rule.Fault;
import io.github.spawnproof.rule.Impact;
import io.github.spawnproof.rule.PythonRule;
import io.github.spawnproof.rule.Rule;
import java.util.List;
import java.util.Locale;
import java.util.function.Consumer;

/** Fork, chosen for macOS too by code that thinks of Windows; see {@code fork-on-macos.md}. */
@AutoService(Rule.class)
public final class ForkOnMacos implements PythonRule {

    @Override
    public void check(PythonModule module, Consumer<Fault> faults) {
        for (StartMethodName name : module.setup().names()) {
            String text = name.isOfJina() ? name.text().toLowerCase(Locale.ROOT) : name.text();
            // Where Windows is forgotten, start-method-unavailable speaks of this place, and once is enough.
            boolean thinksOfWindows = name.isTried() || isAbsent(name, OperatingSystem.WINDOWS);
            if (text.equals(StartMethod.FORK.label()) && thinksOfWindows && !isAbsent(name, OperatingSystem.MACOS)) {
                faults.accept(new Fault(
                        name.range(),
                        "a forked process may crash in system libraries",
                        Impact.remark()
                                .on(OperatingSystem.MACOS)
                                .notOn(name.choice().absentFrom()),
                        List.of(),
                        fixes(name)));
                return; // All of a file's choices have one reason.
            }
        }
    }

    @Override
    public boolean concernsVariable(String name) {
        return name.equals(BoundaryTable.OBJC_VARIABLE);
    }

    private static boolean isAbsent(StartMethodName name, OperatingSystem system) {
        return Target.known().stream()
                .filter(target -> target.system() == system)
                .allMatch(name.choice().absentFrom()::contains);
    }

    private static List<Fix> fixes(StartMethodName name) {
        // Linux may well need the fork that it gets by the same word.
        if (name.content().isEmpty() || !isAbsent(name, OperatingSystem.LINUX)) {
            return List.of();
        }
        TextEdit edit = TextEdit.replace(name.content().get(), StartMethod.SPAWN.label());
        // Unsafe: a spawned child imports the main module again and gets its arguments by pickle.
        return List.of(new Fix("Choose `spawn`", Applicability.UNSAFE, List.of(edit)));
    }
}
