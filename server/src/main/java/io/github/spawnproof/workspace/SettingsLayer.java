package io.github.spawnproof.workspace;

import io.github.spawnproof.boundary.OperatingSystem;
import io.github.spawnproof.boundary.PythonVersion;
import io.github.spawnproof.boundary.StartMethod;
import io.github.spawnproof.finding.Severity;
import io.github.spawnproof.project.Settings;
import io.github.spawnproof.project.SeverityOverrides;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * What one source of settings says; an empty {@code Optional} leaves the matter to the source below it.
 *
 * @param severities counts rule by rule: each rule is a setting of its own
 */
public record SettingsLayer(
        Optional<Set<String>> select,
        Optional<Set<String>> ignore,
        Optional<Severity> minSeverity,
        Optional<List<OperatingSystem>> platforms,
        Optional<List<PythonVersion>> pythonVersions,
        Optional<StartMethod> startMethod,
        Optional<List<String>> exclude,
        Optional<List<String>> javaClassPath,
        Optional<List<String>> boundaries,
        SeverityOverrides severities,
        Optional<Map<String, Set<String>>> perFileIgnores,
        Optional<String> baseline) {

    public static final SettingsLayer EMPTY = new SettingsLayer(
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            SeverityOverrides.NONE,
            Optional.empty(),
            Optional.empty());

    public SettingsLayer {
        select = select.map(Set::copyOf);
        ignore = ignore.map(Set::copyOf);
        platforms = platforms.map(List::copyOf);
        pythonVersions = pythonVersions.map(List::copyOf);
        exclude = exclude.map(List::copyOf);
        javaClassPath = javaClassPath.map(List::copyOf);
        boundaries = boundaries.map(List::copyOf);
        perFileIgnores = perFileIgnores.map(rules -> Collections.unmodifiableMap(new LinkedHashMap<>(rules)));
    }

    /** Returns the layer that says what differs from the defaults. */
    public static SettingsLayer of(Settings settings) {
        return new SettingsLayer(
                Optional.of(settings.select()).filter(rules -> !rules.isEmpty()),
                Optional.of(settings.ignore()).filter(rules -> !rules.isEmpty()),
                Optional.of(settings.minSeverity()).filter(severity -> severity != Settings.DEFAULT.minSeverity()),
                Optional.of(settings.platforms()).filter(systems -> !systems.isEmpty()),
                Optional.of(settings.pythonVersions()).filter(versions -> !versions.isEmpty()),
                settings.startMethod(),
                Optional.of(settings.exclude()).filter(patterns -> !patterns.isEmpty()),
                Optional.of(settings.javaClassPath()).filter(entries -> !entries.isEmpty()),
                Optional.of(settings.boundaries()).filter(rows -> !rows.isEmpty()),
                settings.severities(),
                Optional.of(settings.perFileIgnores()).filter(rules -> !rules.isEmpty()),
                settings.baseline());
    }

    /** Returns the same layer with another baseline; an empty name is for none at all. */
    public SettingsLayer withBaseline(String file) {
        return new SettingsLayer(
                select,
                ignore,
                minSeverity,
                platforms,
                pythonVersions,
                startMethod,
                exclude,
                javaClassPath,
                boundaries,
                severities,
                perFileIgnores,
                Optional.of(file));
    }

    /** Returns the same layer without what it says in one of the tables {@code severity} and {@code per-file-ignores}. */
    public SettingsLayer without(String table) {
        return new SettingsLayer(
                select,
                ignore,
                minSeverity,
                platforms,
                pythonVersions,
                startMethod,
                exclude,
                javaClassPath,
                boundaries,
                table.equals(SettingsValues.SEVERITY) ? SeverityOverrides.NONE : severities,
                table.equals(SettingsValues.PER_FILE_IGNORES) ? Optional.empty() : perFileIgnores,
                baseline);
    }

    /** Returns this layer on top of another one, key by key. */
    public SettingsLayer over(SettingsLayer below) {
        return new SettingsLayer(
                select.or(below::select),
                ignore.or(below::ignore),
                minSeverity.or(below::minSeverity),
                platforms.or(below::platforms),
                pythonVersions.or(below::pythonVersions),
                startMethod.or(below::startMethod),
                exclude.or(below::exclude),
                javaClassPath.or(below::javaClassPath),
                boundaries.or(below::boundaries),
                severities.over(below.severities),
                perFileIgnores.or(below::perFileIgnores),
                baseline.or(below::baseline));
    }

    /** Returns the settings in force if nothing else says anything. */
    public Settings toSettings() {
        Settings byDefault = Settings.DEFAULT;
        return new Settings(
                select.orElse(byDefault.select()),
                ignore.orElse(byDefault.ignore()),
                minSeverity.orElse(byDefault.minSeverity()),
                platforms.orElse(byDefault.platforms()),
                pythonVersions.orElse(byDefault.pythonVersions()),
                startMethod.or(byDefault::startMethod),
                exclude.orElse(byDefault.exclude()),
                javaClassPath.orElse(byDefault.javaClassPath()),
                boundaries.orElse(byDefault.boundaries()),
                severities,
                perFileIgnores.orElse(byDefault.perFileIgnores()),
                // An empty name is how one source takes back what another names.
                baseline.filter(name -> !name.isEmpty()));
    }
}
