package io.github.spawnproof.analysis;

import io.github.spawnproof.boundary.Boundary;
import io.github.spawnproof.boundary.BoundaryParameter;
import io.github.spawnproof.boundary.Role;
import io.github.spawnproof.boundary.StartMethod;
import io.github.spawnproof.rule.PythonRule;
import io.github.spawnproof.rule.Rule;
import io.github.spawnproof.rule.RuleCatalog;
import io.github.spawnproof.rule.RulePage;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/** Says what a library call has to do with processes, as Markdown made from its row of the boundary table. */
final class ApiPage {

    private ApiPage() {}

    static String of(Boundary boundary, RuleCatalog catalog) {
        StringBuilder page =
                new StringBuilder("# `").append(boundary.shortName()).append("`\n\n");
        page.append(starts(boundary)).append('\n');
        byRole(boundary)
                .forEach((role, names) -> page.append("- ")
                        .append(String.join(", ", names))
                        .append(": ")
                        .append(meaning(role))
                        .append('\n'));
        for (Rule rule : catalog.all()) {
            if (rule instanceof PythonRule pythonRule && pythonRule.concerns(boundary)) {
                RulePage rulePage = RulePage.of(rule);
                page.append("\n---\n\n## ").append(rule.id()).append("\n\n");
                page.append(rulePage.summary()).append("\n\n");
                page.append(rulePage.section("Example")).append('\n');
            }
        }
        return page.toString();
    }

    private static String starts(Boundary boundary) {
        StartMethod method = boundary.method();
        if (boundary.starts()) {
            return "Starts processes" + (method == null ? "." : ", with `%s`.".formatted(method.label()));
        }
        return boundary.startedBy().isEmpty()
                ? "Starts no process by itself."
                : "Starts no process by itself; these do: %s.".formatted(String.join(", ", boundary.startedBy()));
    }

    private static Map<Role, List<String>> byRole(Boundary boundary) {
        Map<Role, List<String>> byRole = new EnumMap<>(Role.class);
        for (BoundaryParameter parameter : boundary.parameters()) {
            Role role = parameter.role();
            if (role != null) {
                byRole.computeIfAbsent(role, key -> new ArrayList<>()).add("`" + parameter.name() + "`");
            }
        }
        return byRole;
    }

    private static String meaning(Role role) {
        return switch (role) {
            case AT_START -> "pickled when a process starts, under `spawn` and `forkserver`";
            case PICKLED -> "pickled always";
            case TASK -> "pickled always, and so is what it returns or raises";
            case ITEMS_PICKLED -> "stays in this process; each of its items is pickled";
            case BY_VALUE -> "sent by dill, which carries functions of every kind";
            case HELD -> "goes where the result goes";
            case CLASS_NAME -> "the name by which instances of the class are pickled";
            case CONTEXT -> "decides the start method";
            case CARRIER -> "decides whether anything leaves this process";
            case ENTERED -> "entered here";
            case RUN -> "run here, in this process";
            case QUEUED -> "pickled later by a thread; what cannot be pickled is lost without an exception here";
            case EXECUTOR ->
                "a class, its name, a YAML file or an image; the child finds a relative path under `fork`, else only "
                        + "from the working directory";
            case MODULES ->
                "modules or Python files that the child imports; it finds a relative path under `fork`, else only from "
                        + "the working directory";
            case SEARCH_PATHS -> "folders in which the child looks for files; relative ones to the working directory";
            case PATH -> "a file; a relative path depends on where the program is started";
            case VOLUMES -> "`host:container`; a relative host folder depends on where the program is started";
            case LOG_CONFIG ->
                "the name of a configuration or a file; a relative path depends on the working directory";
            case JSON -> "sent as JSON: plain data only, no function, class or object";
            case SERVER_OPTIONS -> "sent as JSON: plain data only; relative paths depend on the working directory";
            case JOINED -> "waited for; it has to be started, and what it puts into a queue to be read, before";
            case DRAINED -> "what was put into it arrives here";
            case DAEMON -> "a daemon may start no processes, and ends with this one";
            case IGNORED -> "without any effect";
        };
    }
}
