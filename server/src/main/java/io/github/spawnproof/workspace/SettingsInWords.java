package io.github.spawnproof.workspace;

import io.github.spawnproof.boundary.OperatingSystem;
import io.github.spawnproof.boundary.PythonVersion;
import io.github.spawnproof.boundary.StartMethod;
import io.github.spawnproof.boundary.Target;
import io.github.spawnproof.project.Targets;
import io.github.spawnproof.workspace.SettingsInForce.Entry;
import io.github.spawnproof.workspace.SettingsInForce.RuleEntry;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.regex.Pattern;

/** Settings in force as a settings file would have them, with comments that say where each comes from. */
public final class SettingsInWords {

    private static final Pattern BARE_KEY = Pattern.compile("[A-Za-z0-9_-]+");
    /** Longer values do not push the comments of all others to the right. */
    private static final int WIDEST = 60;

    private final Function<Path, String> names;
    private final StringBuilder text = new StringBuilder();

    private SettingsInWords(Function<Path, String> names) {
        this.names = names;
    }

    /**
     * Returns the text.
     *
     * @param file the file that they are in force for, as people call it
     * @param names what people call other files
     */
    public static String of(String file, SettingsInForce settings, Function<Path, String> names) {
        SettingsInWords words = new SettingsInWords(names);
        words.head(file, settings);
        words.entries(settings.entries());
        words.foot(settings);
        return words.text.toString();
    }

    private void head(String file, SettingsInForce settings) {
        String from = settings.project()
                .settingsFile()
                .map(found -> names.apply(found.path()))
                .orElse("no settings file");
        line("# Settings of %s, from %s".formatted(file, from));
        if (settings.isExcluded()) {
            line("# It is left out of checks by `exclude`.");
        }
        settings.project()
                .settingsFile()
                .filter(found -> !found.problems().isEmpty())
                .ifPresent(found -> line("# %s in that file, which `check` shows."
                        .formatted(Words.count(found.problems().size(), "wrong setting"))));
        line("");
    }

    private void entries(List<Entry> entries) {
        List<String> shown = entries.stream().map(SettingsInWords::assignment).toList();
        int width = shown.stream()
                .mapToInt(String::length)
                .filter(length -> length <= WIDEST)
                .max()
                .orElse(0);
        for (int i = 0; i < shown.size(); i++) {
            String padding = " ".repeat(Math.max(0, width - shown.get(i).length()));
            line(shown.get(i) + padding + "  # " + entries.get(i).origin().inWords(names));
        }
    }

    private static String assignment(Entry entry) {
        int dot = entry.key().indexOf('.');
        String table = dot < 0 ? entry.key() : entry.key().substring(0, dot);
        String name = dot < 0 ? "" : entry.key().substring(dot + 1);
        String key = dot < 0 ? table : table + "." + (BARE_KEY.matcher(name).matches() ? name : quoted(name));
        List<String> values =
                entry.values().stream().map(SettingsInWords::quoted).toList();
        return key + " = " + (entry.isList() ? "[" + String.join(", ", values) + "]" : values.get(0));
    }

    private static String quoted(String text) {
        return '"' + text.replace("\\", "\\\\").replace("\"", "\\\"") + '"';
    }

    private void foot(SettingsInForce settings) {
        line("");
        settings.project()
                .baseline()
                .ifPresent(baseline -> line("# Baseline: %s"
                        .formatted(baseline.problem()
                                .map(problem -> "it " + problem)
                                .orElseGet(() -> "it lists %s of this file"
                                        .formatted(Words.count(
                                                settings.project()
                                                        .project()
                                                        .baseline()
                                                        .size(),
                                                "finding"))))));
        if (settings.project().project().settings().startMethod().isEmpty()) {
            line("# Start methods by default: "
                    + startMethods(settings.project().project().targets()));
        }
        rules(settings.rules());
    }

    /** Returns, for example, {@code spawn on Windows; fork (3.13) and forkserver (3.14, 3.15) on Linux}. */
    private static String startMethods(Targets targets) {
        List<String> systems = new ArrayList<>();
        for (OperatingSystem system : targets.systems()) {
            Map<StartMethod, List<String>> methods = new EnumMap<>(StartMethod.class);
            for (PythonVersion version : targets.versions()) {
                methods.computeIfAbsent(new Target(system, version).defaultStartMethod(), method -> new ArrayList<>())
                        .add(version.toString());
            }
            List<String> parts = new ArrayList<>();
            methods.forEach((method, versions) -> parts.add(
                    methods.size() == 1
                            ? method.label()
                            : "%s (%s)".formatted(method.label(), String.join(", ", versions))));
            systems.add(Words.list(parts) + " on " + system.displayName());
        }
        return String.join("; ", systems);
    }

    private void rules(List<RuleEntry> rules) {
        long on = rules.stream().filter(RuleEntry::isOn).count();
        line("# Rules: %d on, %d off".formatted(on, rules.size() - on));
        boolean selected = rules.stream().anyMatch(rule -> rule.setting().equals(SettingsValues.SELECT));
        for (RuleEntry rule : rules) {
            if (rule.isOn() && (selected || rule.severity().isPresent())) {
                line("#   %s: %s%s"
                        .formatted(
                                rule.id(),
                                rule.severity()
                                        .map(severity -> severity.label() + ", ")
                                        .orElse("on"),
                                because(rule)));
            } else if (!rule.isOn() && !rule.setting().equals(SettingsValues.SELECT)) {
                line("#   %s: off, %s".formatted(rule.id(), because(rule)));
            }
        }
    }

    private String because(RuleEntry rule) {
        return rule.setting().isEmpty()
                ? ""
                : "by `%s` (%s)".formatted(rule.setting(), rule.origin().inWords(names));
    }

    private void line(String line) {
        text.append(line).append('\n');
    }
}
