package io.github.spawnproof.lsp;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import io.github.spawnproof.boundary.OperatingSystem;
import io.github.spawnproof.boundary.PythonVersion;
import io.github.spawnproof.boundary.StartMethod;
import io.github.spawnproof.finding.Severity;
import io.github.spawnproof.project.Settings;
import io.github.spawnproof.rule.RuleCatalog;
import io.github.spawnproof.source.Spelling;
import io.github.spawnproof.workspace.SettingsLayer;
import io.github.spawnproof.workspace.SettingsValues;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The settings that the editor hands over, with what is wrong with them.
 *
 * <p>Keys are those of the settings files, in kebab-case or camelCase. A wrong value is reported and left out; the rest
 * counts. Other keys are the extension's own, and ignored unless they look like a misspelling.
 *
 * @param problems a sentence for each wrong value
 */
record EditorSettings(Settings settings, List<String> problems) {

    static final String SECTION = "spawnproof";

    private static final Pattern HUMP = Pattern.compile("(?<=[a-z0-9])(?=[A-Z])");
    private static final String JAVA = "java";
    private static final String JAVA_CLASS_PATH = "java.class-path";
    /** What is read as in a settings file, with the same messages. */
    private static final Set<String> AS_IN_FILES =
            Set.of(SettingsValues.PER_FILE_IGNORES, SettingsValues.SEVERITY, SettingsValues.BASELINE);

    private static final Set<String> KEYS = Set.of(
            "select",
            "ignore",
            "min-severity",
            "platforms",
            "python-versions",
            "start-method",
            "exclude",
            SettingsValues.PER_FILE_IGNORES,
            SettingsValues.SEVERITY,
            SettingsValues.BASELINE,
            JAVA_CLASS_PATH);

    EditorSettings {
        problems = List.copyOf(problems);
    }

    /**
     * Returns the settings of a JSON object over those of {@code base}.
     *
     * @param json an object of settings, or one that holds it under {@code spawnproof} or {@code settings}; anything else
     *     changes nothing
     */
    static EditorSettings read(@Nullable JsonElement json, Settings base, RuleCatalog catalog) {
        Reading reading = new Reading(catalog);
        Settings settings =
                section(json).map(object -> reading.over(base, object)).orElse(base);
        return new EditorSettings(settings, reading.problems);
    }

    private static Optional<JsonObject> section(@Nullable JsonElement json) {
        if (json == null || !json.isJsonObject()) {
            return Optional.empty();
        }
        for (String wrapper : List.of("settings", SECTION)) {
            if (Json.at(json, wrapper).isJsonObject()) {
                return section(Json.at(json, wrapper));
            }
        }
        return Optional.of(json.getAsJsonObject());
    }

    /** One reading of one object. */
    private static final class Reading {
        private final RuleCatalog catalog;
        private final List<String> problems = new ArrayList<>();

        Reading(RuleCatalog catalog) {
            this.catalog = catalog;
        }

        Settings over(Settings base, JsonObject object) {
            Settings settings = base;
            for (Map.Entry<String, JsonElement> entry : flat(object).entrySet()) {
                String key = HUMP.matcher(entry.getKey()).replaceAll("-").toLowerCase(Locale.ROOT);
                JsonElement value = entry.getValue();
                boolean unset = value.isJsonNull()
                        || (Json.isString(value) && value.getAsString().isEmpty());
                if (!KEYS.contains(key)) {
                    Spelling.nearest(key, KEYS)
                            .ifPresent(known ->
                                    problem("unknown setting " + entry.getKey() + "; is " + known + " meant?"));
                } else if (AS_IN_FILES.contains(key)) {
                    settings = unset ? settings : asInFiles(settings, key, value);
                } else if (!unset) {
                    settings = with(settings, key, value);
                }
            }
            return settings;
        }

        /** Returns the entries with those of the group {@code java} among them, which editors send as an object. */
        private static Map<String, JsonElement> flat(JsonObject object) {
            Map<String, JsonElement> entries = new LinkedHashMap<>();
            for (Map.Entry<String, JsonElement> entry : object.entrySet()) {
                if (entry.getKey().equals(JAVA) && entry.getValue().isJsonObject()) {
                    entry.getValue()
                            .getAsJsonObject()
                            .entrySet()
                            .forEach(inner -> entries.put(JAVA + '.' + inner.getKey(), inner.getValue()));
                } else {
                    entries.put(entry.getKey(), entry.getValue());
                }
            }
            return entries;
        }

        private Settings with(Settings s, String key, JsonElement value) {
            Set<String> select = s.select();
            Set<String> ignore = s.ignore();
            Severity minSeverity = s.minSeverity();
            List<OperatingSystem> platforms = s.platforms();
            List<PythonVersion> versions = s.pythonVersions();
            Optional<StartMethod> startMethod = s.startMethod();
            List<String> exclude = s.exclude();
            List<String> classPath = s.javaClassPath();
            switch (key) {
                case "select" -> select = new LinkedHashSet<>(list(key, value, this::rule));
                case "ignore" -> ignore = new LinkedHashSet<>(list(key, value, this::rule));
                case "min-severity" ->
                    minSeverity = parse(key, value, Reading::severity).orElse(minSeverity);
                case "platforms" -> platforms = list(key, value, OperatingSystem::parse);
                case "python-versions" -> versions = list(key, value, Reading::version);
                case "start-method" ->
                    startMethod = parse(key, value, StartMethod::parse).or(s::startMethod);
                case JAVA_CLASS_PATH -> classPath = list(key, value, Optional::of);
                default -> exclude = list(key, value, Optional::of);
            }
            return new Settings(
                    select,
                    ignore,
                    minSeverity,
                    platforms,
                    versions,
                    startMethod,
                    exclude,
                    classPath,
                    s.boundaries(),
                    s.severities(),
                    s.perFileIgnores(),
                    s.baseline());
        }

        private Settings asInFiles(Settings below, String key, JsonElement value) {
            Map<String, Object> values = new LinkedHashMap<>();
            if (SettingsValues.TABLES.contains(key) && value.isJsonObject()) {
                value.getAsJsonObject()
                        .entrySet()
                        .forEach(entry -> values.put(key + '.' + entry.getKey(), plain(entry.getValue())));
            } else {
                values.put(key, plain(value));
            }
            SettingsValues.Read read = SettingsValues.read(values, catalog);
            read.problems().forEach(problem -> problem(problem.key() + ": " + problem.message()));
            // A table replaces the one below as a list does: what somebody deletes from it is to be gone.
            SettingsLayer rest = SettingsLayer.of(below).without(key);
            return read.layer().over(rest).toSettings();
        }

        /** Returns strings and lists of them as such; anything else is a wrong value, whatever it is. */
        private static Object plain(JsonElement value) {
            if (value instanceof JsonArray array) {
                List<Object> elements = new ArrayList<>();
                array.forEach(element -> elements.add(plain(element)));
                return elements;
            }
            return Json.isString(value) ? value.getAsString() : value;
        }

        private <T> List<T> list(String key, JsonElement value, Function<String, Optional<T>> parse) {
            List<T> values = new ArrayList<>();
            if (!(value instanceof JsonArray array)) {
                problem(key + " must be a list of strings");
                return values;
            }
            for (JsonElement element : array) {
                parse(key, element, parse).ifPresent(values::add);
            }
            return values;
        }

        private <T> Optional<T> parse(String key, JsonElement value, Function<String, Optional<T>> parse) {
            if (!Json.isString(value)) {
                problem(key + ": " + value + " is not a string");
                return Optional.empty();
            }
            Optional<T> parsed = parse.apply(value.getAsString());
            if (parsed.isEmpty()) {
                problem(key + ": unknown value " + value + hint(key, value.getAsString()));
            }
            return parsed;
        }

        private String hint(String key, String value) {
            return switch (key) {
                case "select", "ignore" ->
                    catalog.nearest(value)
                            .map(rule -> "; is " + rule + " meant?")
                            .orElse("; no rule has this id");
                case "min-severity" -> "; use error, warning, information or hint";
                case "platforms" -> "; use windows, macos or linux";
                case "python-versions" -> "; use " + PythonVersion.OLDEST + " to " + PythonVersion.NEWEST;
                default -> "; use fork, spawn or forkserver";
            };
        }

        private void problem(String problem) {
            problems.add("editor settings: " + problem);
        }

        private Optional<String> rule(String id) {
            return catalog.find(id).map(rule -> id);
        }

        private static Optional<Severity> severity(String label) {
            for (Severity severity : Severity.values()) {
                if (severity.label().equals(label)) {
                    return Optional.of(severity);
                }
            }
            return Optional.empty();
        }

        private static Optional<PythonVersion> version(String text) {
            return PythonVersion.parse(text).filter(PythonVersion.known()::contains);
        }
    }
}
