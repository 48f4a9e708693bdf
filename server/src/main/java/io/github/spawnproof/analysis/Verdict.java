package io.github.spawnproof.analysis;

import io.github.spawnproof.boundary.Consequence;
import io.github.spawnproof.boundary.OperatingSystem;
import io.github.spawnproof.boundary.PythonVersion;
import io.github.spawnproof.boundary.StartMethod;
import io.github.spawnproof.boundary.Target;
import io.github.spawnproof.finding.Severity;
import io.github.spawnproof.project.Project;
import io.github.spawnproof.project.SelectedMethod;
import io.github.spawnproof.project.Targets;
import io.github.spawnproof.rule.Impact;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * What an impact comes to on the targets: the one place where severity is computed.
 *
 * @param failsOn targets in the form of the JSON output; empty where platforms do not matter
 * @param suffix what the message says of the targets; empty where platforms do not matter
 */
record Verdict(Severity severity, List<String> failsOn, String suffix) {

    /** Judges an impact; empty if no target can hit it. */
    static Optional<Verdict> of(Impact impact, Project project) {
        Targets targets = project.targets();
        int applicable = 0;
        int hit = 0;
        List<String> failsOn = new ArrayList<>();
        List<String> words = new ArrayList<>();
        for (OperatingSystem system : targets.systems()) {
            List<PythonVersion> versions = new ArrayList<>();
            for (PythonVersion version : targets.versions()) {
                Set<StartMethod> possible = possible(impact, project, new Target(system, version));
                if (!possible.isEmpty()) {
                    applicable++;
                    if (impact.hits(new Target(system, version), possible)) {
                        hit++;
                        versions.add(version);
                    }
                }
            }
            if (!versions.isEmpty()) {
                String range = range(versions, targets.versions());
                failsOn.add(system.label() + range);
                words.add(system.displayName() + inWords(versions, range));
            }
        }
        if (hit == 0) {
            Impact milder = impact.otherwise();
            return milder == null ? Optional.empty() : of(milder, project);
        }
        boolean everywhere = impact.isEverywhere() && hit == applicable;
        String suffix = everywhere ? "" : "; " + verb(impact.consequence()) + " on " + joined(words);
        String reason = everywhere
                ? ""
                : selected(impact, project)
                        .map(selected -> " (`%s` is selected in %s)"
                                .formatted(selected.method().label(), selected.place()))
                        .orElse("");
        return Optional.of(new Verdict(
                severity(impact.consequence(), hit == applicable), everywhere ? List.of() : failsOn, suffix + reason));
    }

    private static Set<StartMethod> possible(Impact impact, Project project, Target target) {
        Optional<StartMethod> chosen = project.settings()
                .startMethod()
                .or(() -> selected(impact, project)
                        .map(SelectedMethod::method)
                        .filter(target.availableStartMethods()::contains));
        return impact.choice().possible(target, chosen.orElse(target.defaultStartMethod()), chosen.isEmpty());
    }

    /** Returns what the environment selects for the code: Jina alone looks there, and only if nobody has chosen. */
    private static Optional<SelectedMethod> selected(Impact impact, Project project) {
        return project.selected()
                .filter(selected -> impact.choice().forksOnMac()
                        && !impact.choice().certain()
                        && project.settings().startMethod().isEmpty());
    }

    private static Severity severity(Consequence consequence, boolean everyTarget) {
        return switch (consequence) {
            case FAILS -> everyTarget ? Severity.ERROR : Severity.WARNING;
            case MISBEHAVES -> Severity.WARNING;
            case REMARK -> Severity.INFORMATION;
        };
    }

    private static String verb(Consequence consequence) {
        return switch (consequence) {
            case FAILS -> "fails";
            case MISBEHAVES -> "goes wrong";
            case REMARK -> "applies";
        };
    }

    /** Returns the range that tells the hit versions from all versions: empty, {@code >=3.14} or {@code <3.14}. */
    private static String range(List<PythonVersion> hit, List<PythonVersion> all) {
        if (hit.size() == all.size()) {
            return "";
        }
        PythonVersion first = hit.get(0);
        int behind = all.indexOf(hit.get(hit.size() - 1)) + 1;
        String from = first.equals(all.get(0)) ? "" : ">=" + first;
        String to = behind == all.size() ? "" : "<" + all.get(behind);
        return from.isEmpty() || to.isEmpty() ? from + to : from + "," + to;
    }

    private static String inWords(List<PythonVersion> hit, String range) {
        if (range.isEmpty()) {
            return "";
        }
        if (range.startsWith(">=") && !range.contains(",")) {
            return " with Python " + hit.get(0) + "+";
        }
        PythonVersion last = hit.get(hit.size() - 1);
        return range.startsWith("<") ? " with Python up to " + last : " with Python " + hit.get(0) + " to " + last;
    }

    private static String joined(List<String> words) {
        int last = words.size() - 1;
        return last == 0 ? words.get(0) : String.join(", ", words.subList(0, last)) + " and " + words.get(last);
    }
}
