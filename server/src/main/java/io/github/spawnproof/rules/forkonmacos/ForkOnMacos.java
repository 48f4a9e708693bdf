package io.github.spawnproof.rules.forkonmacos;

import com.google.auto.service.AutoService;
import io.github.spawnproof.boundary.BoundaryTable;
import io.github.spawnproof.boundary.OperatingSystem;
import io.github.spawnproof.boundary.StartMethod;
import io.github.spawnproof.boundary.StartMethodName;
import io.github.spawnproof.boundary.StartSetup;
import io.github.spawnproof.boundary.Target;
import io.github.spawnproof.boundary.VariableSetting;
import io.github.spawnproof.boundary.VariableValues;
import io.github.spawnproof.finding.Applicability;
import io.github.spawnproof.finding.Fix;
import io.github.spawnproof.finding.TextEdit;
import io.github.spawnproof.python.PythonModule;
import io.github.spawnproof.rule.EnvironmentRule;
import io.github.spawnproof.rule.Fault;
import io.github.spawnproof.rule.Impact;
import io.github.spawnproof.rule.PythonRule;
import io.github.spawnproof.rule.Rule;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Consumer;

/** Fork, chosen for macOS too by code that thinks of Windows; see {@code fork-on-macos.md}. */
@AutoService(Rule.class)
public final class ForkOnMacos implements PythonRule, EnvironmentRule {

    @Override
    public void check(PythonModule module, Consumer<Fault> faults) {
        if (module.setup().onMac().isAllowed()) {
            return; // Whoever turned the check off knows of it.
        }
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
                        fixes(name, module.setup().onMac())));
                return; // All of a file's choices have one reason.
            }
        }
    }

    @Override
    public void check(List<VariableSetting> settings, Consumer<Fault> faults) {
        for (VariableSetting setting : settings) {
            if (setting.name().equals(BoundaryTable.OBJC_VARIABLE)
                    && setting.value()
                            .flatMap(text -> VariableValues.meant(setting.name(), text))
                            .isPresent()
                    && !setting.value().orElseThrow().equals(VariableValues.YES)) {
                faults.accept(new Fault(
                        setting.valueRange(),
                        "the Objective-C runtime takes only `YES`, so this has no effect",
                        Impact.misbehavesAlways().on(OperatingSystem.MACOS),
                        List.of(),
                        List.of(new Fix(
                                "Write `YES`",
                                // Unsafe: a check that was in force so far is then off.
                                Applicability.UNSAFE,
                                List.of(TextEdit.replace(setting.valueRange(), VariableValues.YES))))));
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

    private static List<Fix> fixes(StartMethodName name, StartSetup.OnMac onMac) {
        List<Fix> fixes = new ArrayList<>();
        // Linux may well need the fork that it gets by the same word.
        if (name.content().isPresent() && isAbsent(name, OperatingSystem.LINUX)) {
            TextEdit edit = TextEdit.replace(name.content().get(), StartMethod.SPAWN.label());
            // Unsafe: a spawned child imports the main module again and gets its arguments by pickle.
            fixes.add(new Fix("Choose `spawn`", Applicability.UNSAFE, List.of(edit)));
        }
        fixes.addAll(onMac.fixes());
        return fixes;
    }
}
