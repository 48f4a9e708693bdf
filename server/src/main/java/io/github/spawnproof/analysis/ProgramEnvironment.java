package io.github.spawnproof.analysis;

import io.github.spawnproof.boundary.BoundaryTable;
import io.github.spawnproof.boundary.EnvironmentAssignment;
import io.github.spawnproof.boundary.StartMethod;
import io.github.spawnproof.boundary.StartMethodName;
import io.github.spawnproof.boundary.StartSetup;
import io.github.spawnproof.boundary.VariableSetting;
import io.github.spawnproof.boundary.VariableValues;
import io.github.spawnproof.environment.DotenvEdits;
import io.github.spawnproof.environment.EnvironmentFrontEnd;
import io.github.spawnproof.finding.Applicability;
import io.github.spawnproof.finding.FileEdit;
import io.github.spawnproof.finding.Fix;
import io.github.spawnproof.finding.TextEdit;
import io.github.spawnproof.project.Surroundings;
import io.github.spawnproof.python.MainFile;
import io.github.spawnproof.python.PythonModule;
import io.github.spawnproof.source.CancelToken;
import io.github.spawnproof.source.DocumentSnapshot;
import io.github.spawnproof.yaml.LaunchEdits;
import io.github.spawnproof.yaml.YamlFrontEnd;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Looks at the files around a program that set environment variables before it starts: what the program itself sets too
 * late could be set there.
 */
final class ProgramEnvironment {

    private static final String DOTENV = ".env";
    private static final String LAUNCH = ".vscode/launch.json";
    private static final String FORK = StartMethod.FORK.label();

    private final Surroundings surroundings;

    ProgramEnvironment(Surroundings surroundings) {
        this.surroundings = surroundings;
    }

    /** Returns the module with what the files around it say, and with the fixes that change these files. */
    PythonModule around(PythonModule module) {
        StartSetup setup = module.setup();
        boolean forks = setup.names().stream().map(StartMethodName::text).anyMatch(FORK::equalsIgnoreCase);
        // Nobody knows what starts the kernel of a notebook.
        if (module.mainFile() == MainFile.NOTEBOOK || (setup.assignments().isEmpty() && !forks)) {
            return module;
        }
        // A program that reads the file itself does so when it is too late.
        boolean readsDotenv = module.source().text().contains("dotenv");
        Optional<DocumentSnapshot> dotenv = readsDotenv ? Optional.empty() : surroundings.nearest(DOTENV);
        Optional<DocumentSnapshot> launch = surroundings.nearest(LAUNCH);
        if (dotenv.isEmpty() && launch.isEmpty()) {
            return module;
        }
        List<EnvironmentAssignment> assignments = setup.assignments().stream()
                .map(assignment -> assignment.with(fixes(assignment, setup.assignments(), dotenv, launch)))
                .toList();
        return module.with(setup.with(assignments, forks ? onMac(dotenv, launch) : StartSetup.OnMac.CHECKED));
    }

    private static List<Fix> fixes(
            EnvironmentAssignment assignment,
            List<EnvironmentAssignment> all,
            Optional<DocumentSnapshot> dotenv,
            Optional<DocumentSnapshot> launch) {
        String name = assignment.variable();
        boolean onlySome = name.equals(BoundaryTable.JINA_VARIABLE)
                && !assignment.choice().absentFrom().isEmpty();
        boolean differs = all.stream()
                .anyMatch(
                        other -> other.variable().equals(name) && !other.value().equals(assignment.value()));
        Optional<String> value = assignment.value().flatMap(text -> VariableValues.meant(name, text));
        // A file sets it for all systems alike.
        if (assignment.removal().isEmpty() || value.isEmpty() || onlySome || differs) {
            return List.of();
        }
        List<Fix> fixes = new ArrayList<>();
        dotenv.ifPresent(file -> DotenvEdits.setting(file.source(), name, value.get())
                .ifPresent(edits -> fixes.add(moved(assignment, file, DOTENV, edits))));
        launch.ifPresent(file -> LaunchEdits.setting(file.source(), name, value.get())
                .ifPresent(edits -> fixes.add(moved(assignment, file, "launch.json", edits))));
        return fixes;
    }

    /** Returns the fix that sets the variable in a file instead; unsafe, since that must be what the program starts with. */
    private static Fix moved(
            EnvironmentAssignment assignment, DocumentSnapshot file, String called, List<TextEdit> edits) {
        return edits.isEmpty()
                ? new Fix("Leave it to `" + called + "`", Applicability.UNSAFE, assignment.removal())
                : new Fix(
                        "Set it in `" + called + "`",
                        Applicability.UNSAFE,
                        assignment.removal(),
                        List.of(new FileEdit(file, false, edits)));
    }

    private static StartSetup.OnMac onMac(Optional<DocumentSnapshot> dotenv, Optional<DocumentSnapshot> launch) {
        boolean allowed = dotenv.filter(file -> allows(new EnvironmentFrontEnd()
                                .read(file, CancelToken.NEVER)
                                .settings()))
                        .isPresent()
                || launch.filter(file -> allows(
                                new YamlFrontEnd().read(file, CancelToken.NEVER).settings()))
                        .isPresent();
        List<Fix> fixes = new ArrayList<>();
        if (!allowed) {
            dotenv.ifPresent(file -> DotenvEdits.setting(file.source(), BoundaryTable.OBJC_VARIABLE, VariableValues.YES)
                    .ifPresent(edits -> fixes.add(allowing(file, DOTENV, edits))));
            launch.ifPresent(file -> LaunchEdits.setting(file.source(), BoundaryTable.OBJC_VARIABLE, VariableValues.YES)
                    .ifPresent(edits -> fixes.add(allowing(file, "launch.json", edits))));
        }
        return new StartSetup.OnMac(allowed, fixes);
    }

    private static Fix allowing(DocumentSnapshot file, String called, List<TextEdit> edits) {
        return new Fix(
                "Set `%s` in `%s`".formatted(BoundaryTable.OBJC_VARIABLE, called),
                // Unsafe: it only takes the check away, not what is checked.
                Applicability.UNSAFE,
                List.of(),
                List.of(new FileEdit(file, false, edits)));
    }

    private static boolean allows(List<VariableSetting> settings) {
        return settings.stream()
                .anyMatch(setting -> setting.name().equals(BoundaryTable.OBJC_VARIABLE)
                        && setting.value().equals(Optional.of(VariableValues.YES)));
    }
}
