package io.github.spawnproof.cli;

import io.github.spawnproof.analysis.Analyzer;
import io.github.spawnproof.analysis.CodePlace;
import io.github.spawnproof.analysis.ErrorExplanation;
import io.github.spawnproof.analysis.ErrorExplanations;
import io.github.spawnproof.finding.Finding;
import io.github.spawnproof.project.Surroundings;
import io.github.spawnproof.workspace.FileDiscovery.FoundFile;
import io.github.spawnproof.workspace.Overrides;
import io.github.spawnproof.workspace.ProjectFinder;
import io.github.spawnproof.workspace.SettingsLayer;
import io.github.spawnproof.workspace.SurroundingsFinder;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;

/** Explains errors, and finds in the project what they come from. */
final class Explain {

    /** Frames of one traceback that are looked at: what breaks is near the innermost. */
    private static final int MOST_PLACES = 8;

    /** A line of a file that is there. */
    private record Found(CodePlace place, FileReport report) {}

    private final Analyzer analyzer;
    private final Path folder;
    private final PathNames names;
    private final FileCheck fileCheck;
    private final Surroundings sources;
    private final Map<Path, FileReport> reports = new HashMap<>();

    Explain(Console console, Analyzer analyzer) {
        this.analyzer = analyzer;
        this.folder = console.workingDirectory();
        this.names = new PathNames(folder, List.of());
        this.sources = new SurroundingsFinder().of(folder.resolve("any file"), List.of(folder), false);
        // Whoever has an error wants to know its reason, known or not.
        Overrides overrides = Overrides.ofCommandLine(SettingsLayer.EMPTY.withBaseline(""), folder);
        CheckRequest request =
                new CheckRequest(List.of("."), Optional.empty(), Optional.empty(), false, Optional.empty(), overrides);
        this.fileCheck =
                new FileCheck(request, analyzer, new ProjectFinder(analyzer.catalog()), names, Optional.empty());
    }

    /** Returns what is known of a text; nothing if it has no known error. */
    List<Explained> run(String text) {
        List<Explained> explained = new ArrayList<>();
        List<ErrorExplanation> errors = ErrorExplanations.of(text, analyzer.catalog());
        for (ErrorExplanation error : errors) {
            explained.add(
                    errors.stream().anyMatch(other -> other.isCauseOf(error)) ? symptom(error) : explained(error));
        }
        return explained;
    }

    /** Returns an error whose cause is explained too: the findings are that one's. */
    private Explained symptom(ErrorExplanation error) {
        return new Explained(error, error.rules(), place(error.places()), causePlace(error), List.of());
    }

    private Explained explained(ErrorExplanation error) {
        List<Found> found = new ArrayList<>();
        for (CodePlace place : error.places().subList(0, Math.min(error.places().size(), MOST_PLACES))) {
            file(place.file())
                    .ifPresent(file -> found.add(new Found(
                            shown(place),
                            reports.computeIfAbsent(file, path -> fileCheck.file(new FoundFile(path, true))))));
        }
        List<FileReport> findings = findings(found, error.rules());
        // Of several processes' lines that were printed into one another, the one with the finding.
        Optional<CodePlace> place = found.stream()
                .filter(one -> isOnOneOf(one, findings))
                .map(Found::place)
                .findFirst()
                .or(() -> place(error.places()));
        if (error.symptom() && findings.isEmpty() && !found.isEmpty()) {
            // What mostly leads to it is not there, so that its page would mislead.
            return new Explained(error, List.of(), place, causePlace(error), List.of());
        }
        Set<String> rules = new LinkedHashSet<>();
        for (FileReport report : findings) {
            report.findings().stream().map(Finding::rule).forEach(rules::add);
        }
        // Findings are of what the error says, or at its very line: either way they know better.
        rules.addAll(error.rules());
        return new Explained(error, List.copyOf(rules), place, causePlace(error), findings);
    }

    private Optional<CodePlace> causePlace(ErrorExplanation error) {
        return error.cause().flatMap(cause -> place(cause.places()));
    }

    /** Returns the innermost place that is in a file below the current folder, else the innermost. */
    private Optional<CodePlace> place(List<CodePlace> places) {
        return places.stream()
                .filter(place -> file(place.file()).isPresent())
                .findFirst()
                .map(this::shown)
                .or(() -> places.stream().findFirst());
    }

    private CodePlace shown(CodePlace place) {
        return file(place.file())
                .map(file -> new CodePlace(names.display(file), place.line()))
                .orElse(place);
    }

    private static boolean isOnOneOf(Found found, List<FileReport> reports) {
        return reports.stream()
                .anyMatch(report -> report.file().equals(found.report.file())
                        && report.findings().stream().anyMatch(finding -> isOn(found, finding)));
    }

    /** Returns the findings of the rules on a line of the traceback, else any there, else those of the rules nearby. */
    private static List<FileReport> findings(List<Found> found, List<String> rules) {
        for (Found one : found) {
            List<FileReport> there = only(one.report, finding -> rules.contains(finding.rule()) && isOn(one, finding));
            if (!there.isEmpty()) {
                return there;
            }
        }
        for (Found one : found) {
            List<FileReport> there = only(one.report, finding -> isOn(one, finding));
            if (!there.isEmpty()) {
                return there;
            }
        }
        for (Found one : found) {
            List<FileReport> there = only(one.report, finding -> rules.contains(finding.rule()));
            if (!there.isEmpty()) {
                return there;
            }
        }
        return List.of();
    }

    private static boolean isOn(Found found, Finding finding) {
        return Place.of(found.report.document(), finding.range().start()).line() == found.place.line();
    }

    private static List<FileReport> only(FileReport report, Predicate<Finding> wanted) {
        List<Finding> findings = report.findings().stream().filter(wanted).toList();
        return findings.isEmpty()
                ? List.of()
                : List.of(new FileReport(
                        report.file(), report.document(), findings, List.of(), List.of(), 0, report.analysed(), false));
    }

    /** Returns the file below the current folder that a traceback names, as it is or, from another machine, by its tail. */
    private Optional<Path> file(String printed) {
        Optional<Path> java = printed.endsWith(".java") ? source(printed) : Optional.empty();
        if (java.isPresent()) {
            return java;
        }
        String name = printed.replace('\\', '/').replaceFirst("^~/", "").replaceFirst("^[A-Za-z]:/", "/");
        while (!name.isEmpty()) {
            Optional<Path> file = below(name);
            if (file.isPresent()) {
                return file;
            }
            name = name.substring(name.indexOf('/') + 1 == 0 ? name.length() : name.indexOf('/') + 1);
        }
        return Optional.empty();
    }

    /** Returns the file of a Java class, by its package and name, in whichever folder of sources it lies. */
    private Optional<Path> source(String path) {
        return sources.javaSource(path)
                .map(document -> Path.of(URI.create(document.uri())))
                .filter(file -> file.startsWith(folder));
    }

    private Optional<Path> below(String name) {
        try {
            Path path = folder.resolve(name).normalize();
            return path.startsWith(folder) && Files.isRegularFile(path) ? Optional.of(path) : Optional.empty();
        } catch (InvalidPathException e) {
            return Optional.empty(); // A name that this system cannot have.
        }
    }
}
