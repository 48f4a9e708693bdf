package io.github.spawnproof.workspace;

import io.github.spawnproof.boundary.OperatingSystem;
import io.github.spawnproof.boundary.PythonVersion;
import io.github.spawnproof.boundary.StartMethod;
import io.github.spawnproof.finding.Severity;
import io.github.spawnproof.project.SelectedMethod;
import io.github.spawnproof.project.Settings;
import io.github.spawnproof.project.Targets;
import io.github.spawnproof.rule.Rule;
import io.github.spawnproof.rule.RuleCatalog;
import io.github.spawnproof.workspace.SettingOrigin.Kind;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.Function;

/**
 * All settings that are in force for a file, and where each comes from.
 *
 * @param project what the file is analysed for
 * @param isExcluded whether a check of its folder leaves the file out
 * @param entries in the order in which settings are documented
 * @param rules all rules, by id
 */
public record SettingsInForce(FoundProject project, boolean isExcluded, List<Entry> entries, List<RuleEntry> rules) {

    /**
     * A setting.
     *
     * @param key as settings files have it, without quotes
     * @param values one text, or the elements of a list
     */
    public record Entry(String key, boolean isList, List<String> values, SettingOrigin origin) {

        public Entry {
            values = List.copyOf(values);
        }
    }

    /**
     * A rule.
     *
     * @param severity what its findings have whatever they are judged to be; empty if they have what they are judged to have
     * @param setting the key of the setting that makes it other than by default; empty if there is none
     */
    public record RuleEntry(
            String id, boolean isOn, Optional<Severity> severity, String setting, SettingOrigin origin) {}

    private static final String DOT = ".";

    /** One reading of the sources. */
    private record Sources(Path file, FoundProject found, Overrides overrides) {

        private SettingsLayer fileLayer() {
            return found.settingsFile().map(SettingsFile::layer).orElse(SettingsLayer.EMPTY);
        }

        /** Returns which source says something of a key. */
        SettingOrigin origin(String key, Function<SettingsLayer, Boolean> says) {
            if (says.apply(overrides.commandLine())) {
                return SettingOrigin.of(Kind.COMMAND_LINE);
            }
            if (says.apply(fileLayer())) {
                SettingsFile file = found.settingsFile().orElseThrow();
                Integer line = file.lines().get(key);
                return SettingOrigin.of(file.path(), line == null ? OptionalInt.empty() : OptionalInt.of(line));
            }
            return SettingOrigin.of(says.apply(overrides.editor()) ? Kind.EDITOR : Kind.DEFAULT);
        }

        SettingOrigin severity(String rule) {
            return origin(
                    SettingsValues.SEVERITY + DOT + rule,
                    layer -> layer.severities().changed().containsKey(rule)
                            || layer.severities().off().contains(rule));
        }
    }

    public SettingsInForce {
        entries = List.copyOf(entries);
        rules = List.copyOf(rules);
    }

    /** Puts together what is in force for a file that was found to belong to a project by these overrides. */
    public static SettingsInForce of(
            Path file, FoundProject found, Overrides overrides, boolean isExcluded, RuleCatalog catalog) {
        Sources sources = new Sources(file.toAbsolutePath().normalize(), found, overrides);
        List<RuleEntry> rules = new ArrayList<>();
        for (Rule rule : catalog.all()) {
            rules.add(rule(rule.id(), sources));
        }
        return new SettingsInForce(found, isExcluded, entries(sources), rules);
    }

    private static List<Entry> entries(Sources sources) {
        Settings settings = sources.overrides
                .commandLine()
                .over(sources.fileLayer())
                .over(sources.overrides.editor())
                .toSettings();
        List<Entry> entries = new ArrayList<>();
        entries.add(list(SettingsValues.SELECT, sorted(settings.select()), sources, SettingsLayer::select));
        entries.add(list(SettingsValues.IGNORE, sorted(settings.ignore()), sources, SettingsLayer::ignore));
        settings.perFileIgnores().forEach((pattern, rules) -> {
            String key = SettingsValues.PER_FILE_IGNORES + DOT + pattern;
            entries.add(list(key, sorted(rules), sources, SettingsLayer::perFileIgnores));
        });
        for (String rule : sorted(settings.severities().off())) {
            entries.add(severity(rule, SettingsValues.OFF, sources));
        }
        for (String rule : sorted(settings.severities().changed().keySet())) {
            Severity changed = settings.severities().of(rule, settings.minSeverity());
            entries.add(severity(rule, changed.label(), sources));
        }
        entries.add(
                one(SettingsValues.MIN_SEVERITY, settings.minSeverity().label(), sources, SettingsLayer::minSeverity));
        addTargets(sources, settings, entries);
        entries.add(list(SettingsValues.EXCLUDE, settings.exclude(), sources, SettingsLayer::exclude));
        sources.found
                .baseline()
                .ifPresent(baseline -> entries.add(
                        one(SettingsValues.BASELINE, baseline.path().toString(), sources, SettingsLayer::baseline)));
        entries.add(list(
                SettingsValues.JAVA_CLASS_PATH,
                sources.found.project().settings().javaClassPath(),
                sources,
                SettingsLayer::javaClassPath));
        addBoundaries(sources, settings, entries);
        return entries;
    }

    private static void addTargets(Sources sources, Settings settings, List<Entry> entries) {
        Targets targets = sources.found.project().targets();
        entries.add(list(
                SettingsValues.PLATFORMS,
                targets.systems().stream().map(OperatingSystem::label).toList(),
                sources,
                layer -> layer.platforms().filter(systems -> !systems.isEmpty())));
        Entry versions = list(
                SettingsValues.PYTHON_VERSIONS,
                targets.versions().stream().map(PythonVersion::toString).toList(),
                sources,
                layer -> layer.pythonVersions().filter(chosen -> !chosen.isEmpty()));
        boolean ofMetadata = versions.origin.kind() == Kind.DEFAULT
                && !sources.found.versionsFrom().equals(ProjectFinder.DEFAULT);
        entries.add(
                ofMetadata
                        ? new Entry(
                                versions.key,
                                true,
                                versions.values,
                                SettingOrigin.project(sources.found.versionsFrom()))
                        : versions);
        Optional<SelectedMethod> selected = sources.found.project().selected();
        if (settings.startMethod().isPresent()) {
            String method = settings.startMethod().map(StartMethod::label).get();
            entries.add(one(SettingsValues.START_METHOD, method, sources, SettingsLayer::startMethod));
        } else if (selected.isPresent()) {
            entries.add(new Entry(
                    SettingsValues.START_METHOD,
                    false,
                    List.of(selected.get().method().label()),
                    SettingOrigin.project(selected.get().place() + ", for programs that use Jina")));
        }
    }

    private static void addBoundaries(Sources sources, Settings settings, List<Entry> entries) {
        String table = SettingsValues.BOUNDARIES + DOT;
        Map<String, Integer> lines =
                sources.found.settingsFile().map(SettingsFile::lines).orElse(Map.of());
        for (String key : lines.keySet()) {
            if (key.startsWith(table)) {
                String name = key.substring(table.length());
                settings.boundaries().stream()
                        .flatMap(row -> definition(name, row).stream())
                        .findFirst()
                        .ifPresent(text -> entries.add(one(key, text, sources, SettingsLayer::boundaries)));
            }
        }
    }

    /** Returns what a row of the boundary table says of a name, as settings have it; empty if it is about another name. */
    private static Optional<String> definition(String name, String row) {
        if (row.startsWith(name + "(")) {
            return Optional.of(row.substring(name.length()));
        }
        for (String kind : List.of("alias", "class", "opaque")) {
            String start = kind + " " + name;
            if (row.equals(start) || row.startsWith(start + " ")) {
                String rest = row.substring(start.length());
                return Optional.of((kind.equals("alias") ? rest : kind + rest).strip());
            }
        }
        return Optional.empty();
    }

    private static RuleEntry rule(String id, Sources sources) {
        Settings settings = sources.found.project().settings();
        Optional<Severity> severity =
                Optional.ofNullable(settings.severities().changed().get(id));
        String setting = "";
        SettingOrigin origin = SettingOrigin.of(Kind.DEFAULT);
        if (settings.severities().off().contains(id) || (severity.isPresent() && settings.isOn(id))) {
            setting = SettingsValues.SEVERITY;
            origin = sources.severity(id);
        } else if (settings.ignore().contains(id)) {
            SettingOrigin ignore = sources.origin(
                    SettingsValues.IGNORE,
                    layer -> layer.ignore().filter(ids -> ids.contains(id)).isPresent());
            boolean here = ignore.kind() != Kind.DEFAULT;
            setting = here ? SettingsValues.IGNORE : SettingsValues.PER_FILE_IGNORES;
            origin = here ? ignore : perFile(id, sources);
        } else if (!settings.isOn(id)) {
            setting = SettingsValues.SELECT;
            origin = sources.origin(setting, layer -> layer.select().isPresent());
        }
        return new RuleEntry(id, settings.isOn(id), severity, setting, origin);
    }

    private static SettingOrigin perFile(String id, Sources sources) {
        Path base = sources.fileLayer().perFileIgnores().isPresent()
                ? sources.found
                        .settingsFile()
                        .map(found -> found.path().getParent())
                        .orElseThrow()
                : sources.overrides.base();
        String pattern = sources.found.project().settings().perFileIgnores().entrySet().stream()
                .filter(entry -> entry.getValue().contains(id))
                .map(Map.Entry::getKey)
                .filter(text -> PathPattern.of(text)
                        .filter(matching -> matching.matches(base, sources.file))
                        .isPresent())
                .findFirst()
                .orElse("");
        return sources.origin(
                SettingsValues.PER_FILE_IGNORES + DOT + pattern,
                layer -> layer.perFileIgnores().isPresent());
    }

    private static Entry severity(String rule, String label, Sources sources) {
        String key = SettingsValues.SEVERITY + DOT + rule;
        return new Entry(key, false, List.of(label), sources.severity(rule));
    }

    private static Entry list(
            String key, List<String> values, Sources sources, Function<SettingsLayer, Optional<?>> layer) {
        return new Entry(
                key,
                true,
                values,
                sources.origin(key, source -> layer.apply(source).isPresent()));
    }

    private static Entry one(String key, String value, Sources sources, Function<SettingsLayer, Optional<?>> layer) {
        return new Entry(
                key,
                false,
                List.of(value),
                sources.origin(key, source -> layer.apply(source).isPresent()));
    }

    private static List<String> sorted(Collection<String> texts) {
        return texts.stream().sorted().toList();
    }
}
