package io.github.spawnproof.project;

import io.github.spawnproof.boundary.BoundaryTable;
import io.github.spawnproof.boundary.OperatingSystem;
import io.github.spawnproof.boundary.PythonVersion;
import io.github.spawnproof.boundary.StartMethod;
import io.github.spawnproof.finding.Finding;
import io.github.spawnproof.finding.Severity;
import java.util.Collections;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The settings in force for a file; the same keys in {@code pyproject.toml}, the editor and on the command line.
 *
 * @param select rules that are on; empty means all
 * @param ignore rules that are off, stronger than {@code select}
 * @param minSeverity findings below it are not shown
 * @param platforms systems to judge for; empty means all
 * @param pythonVersions versions to judge for; empty means what the project's metadata say, else the default
 * @param startMethod the start method that the environment chooses, if any
 * @param exclude patterns of {@code .gitignore} form for files that {@code check} leaves out
 * @param javaClassPath jars, folders of classes and {@code folder/*} for all jars of a folder; absolute, in settings that
 *     are in force for a file
 * @param boundaries rows about the project's own functions, in the form of {@link BoundaryTable#of}
 * @param severities what single rules are to have instead of the severity they are judged to have
 * @param perFileIgnores rules that are off in some files, by patterns of {@code .gitignore} form; in settings that are in
 *     force for a file, those of the patterns that match it are in {@code ignore} too
 * @param baseline the file that lists findings not to be shown, if there is one; absolute, in settings that are in force for
 *     a file
 */
public record Settings(
        Set<String> select,
        Set<String> ignore,
        Severity minSeverity,
        List<OperatingSystem> platforms,
        List<PythonVersion> pythonVersions,
        Optional<StartMethod> startMethod,
        List<String> exclude,
        List<String> javaClassPath,
        List<String> boundaries,
        SeverityOverrides severities,
        Map<String, Set<String>> perFileIgnores,
        Optional<String> baseline) {

    public static final Settings DEFAULT =
            new Settings(Set.of(), Set.of(), Severity.HINT, List.of(), List.of(), Optional.empty(), List.of());

    /** Makes settings that name no class path, and nothing about single rules and files. */
    public Settings(
            Set<String> select,
            Set<String> ignore,
            Severity minSeverity,
            List<OperatingSystem> platforms,
            List<PythonVersion> pythonVersions,
            Optional<StartMethod> startMethod,
            List<String> exclude) {
        this(
                select,
                ignore,
                minSeverity,
                platforms,
                pythonVersions,
                startMethod,
                exclude,
                List.of(),
                List.of(),
                SeverityOverrides.NONE,
                Map.of(),
                Optional.empty());
    }

    public Settings {
        select = Set.copyOf(select);
        ignore = Set.copyOf(ignore);
        platforms = List.copyOf(platforms);
        pythonVersions = List.copyOf(pythonVersions);
        exclude = List.copyOf(exclude);
        javaClassPath = List.copyOf(javaClassPath);
        boundaries = List.copyOf(boundaries);
        // The order of the settings file is kept, for whoever shows them.
        perFileIgnores = Collections.unmodifiableMap(new LinkedHashMap<>(perFileIgnores));
    }

    /** Returns the same settings with other files to look at. */
    public Settings withFiles(List<String> classPath, Optional<String> baselineFile) {
        return new Settings(
                select,
                ignore,
                minSeverity,
                platforms,
                pythonVersions,
                startMethod,
                exclude,
                classPath,
                boundaries,
                severities,
                perFileIgnores,
                baselineFile);
    }

    /** Returns the same settings with more rules off. */
    public Settings ignoring(Set<String> rules) {
        if (ignore.containsAll(rules)) {
            return this;
        }
        Set<String> all = new HashSet<>(ignore);
        all.addAll(rules);
        return new Settings(
                select,
                all,
                minSeverity,
                platforms,
                pythonVersions,
                startMethod,
                exclude,
                javaClassPath,
                boundaries,
                severities,
                perFileIgnores,
                baseline);
    }

    /** Returns what is shown of findings that no suppression can be written for, with the severities that are wanted. */
    public List<Finding> shown(List<Finding> findings) {
        return findings.stream()
                .map(finding -> finding.with(severities.of(finding.rule(), finding.severity())))
                .filter(finding -> isOn(finding.rule()) && finding.severity().isAtLeast(minSeverity))
                .toList();
    }

    /** Tells whether findings of the rule are shown at all. */
    public boolean isOn(String rule) {
        return (select.isEmpty() || select.contains(rule))
                && !ignore.contains(rule)
                && !severities.off().contains(rule);
    }
}
