package io.github.spawnproof.workspace;

import io.github.spawnproof.boundary.BoundaryTable;
import io.github.spawnproof.boundary.OperatingSystem;
import io.github.spawnproof.boundary.PythonVersion;
import io.github.spawnproof.boundary.StartMethod;
import io.github.spawnproof.finding.Severity;
import io.github.spawnproof.project.SeverityOverrides;
import io.github.spawnproof.rule.RuleCatalog;
import io.github.spawnproof.source.Spelling;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/**
 * Reads settings from plain values, wherever these come from: TOML, the editor's JSON, command-line flags. One
 * vocabulary, one set of messages.
 */
public final class SettingsValues {

    public static final String SELECT = "select";
    public static final String IGNORE = "ignore";
    public static final String MIN_SEVERITY = "min-severity";
    public static final String PLATFORMS = "platforms";
    public static final String PYTHON_VERSIONS = "python-versions";
    public static final String START_METHOD = "start-method";
    public static final String EXCLUDE = "exclude";
    public static final String JAVA_CLASS_PATH = "java.class-path";

    /** A table of settings whose keys are names of functions and classes. */
    public static final String BOUNDARIES = "boundaries";

    /** A table of settings whose keys are ids of rules. */
    public static final String SEVERITY = "severity";

    /** A table of settings whose keys are patterns of files. */
    public static final String PER_FILE_IGNORES = "per-file-ignores";

    public static final String BASELINE = "baseline";

    /** What {@link #SEVERITY} calls a rule that finds nothing. */
    public static final String OFF = "off";

    /** All keys, in the order in which they are documented. */
    public static final List<String> KEYS = List.of(
            SELECT,
            IGNORE,
            PER_FILE_IGNORES,
            SEVERITY,
            MIN_SEVERITY,
            PLATFORMS,
            PYTHON_VERSIONS,
            START_METHOD,
            EXCLUDE,
            BASELINE,
            JAVA_CLASS_PATH,
            BOUNDARIES);

    /** The keys that are tables; values are read from {@code key.name}. */
    public static final Set<String> TABLES = Set.of(PER_FILE_IGNORES, SEVERITY, BOUNDARIES);

    private static final String ANY_RULE = "unguarded-process-start";

    /** What was read: the part that is valid, and what is wrong with the rest. */
    public record Read(SettingsLayer layer, List<Problem> problems) {

        public Read {
            problems = List.copyOf(problems);
        }
    }

    /**
     * Something that is not in force.
     *
     * @param place where it is
     * @param index the faulty element of a list; -1 where it is not about one
     * @param message one clause without a full stop
     * @param meant what should probably stand there instead
     */
    public record Problem(String key, Place place, int index, String message, Optional<String> meant) {}

    /** The part of an entry that a problem is about. */
    public enum Place {
        KEY,
        VALUE
    }

    private final RuleCatalog catalog;
    private final List<Problem> problems = new ArrayList<>();

    private SettingsValues(RuleCatalog catalog) {
        this.catalog = catalog;
    }

    /**
     * Reads settings by key; never fails.
     *
     * @param values strings and lists of strings, as the keys need them; anything else is a problem
     */
    public static Read read(Map<String, ?> values, RuleCatalog catalog) {
        SettingsValues reader = new SettingsValues(catalog);
        for (String key : values.keySet()) {
            if (!KEYS.contains(key) && TABLES.stream().noneMatch(table -> isIn(table, key))) {
                reader.unknownKey(key);
            }
        }
        SettingsLayer layer = new SettingsLayer(
                reader.rules(SELECT, values),
                reader.rules(IGNORE, values),
                reader.one(MIN_SEVERITY, values, SettingsValues::severity, labels(Severity.values(), Severity::label)),
                reader.list(
                        PLATFORMS,
                        values,
                        OperatingSystem::parse,
                        labels(OperatingSystem.values(), OperatingSystem::label)),
                reader.list(PYTHON_VERSIONS, values, SettingsValues::version, versions()),
                reader.one(START_METHOD, values, StartMethod::parse, labels(StartMethod.values(), StartMethod::label)),
                reader.list(EXCLUDE, values, Optional::of, List.of()),
                reader.list(JAVA_CLASS_PATH, values, Optional::of, List.of()),
                reader.boundaries(values),
                reader.severities(values),
                reader.perFileIgnores(values),
                reader.file(BASELINE, values));
        return new Read(layer, reader.problems);
    }

    private static boolean isIn(String table, String key) {
        return key.startsWith(table + '.');
    }

    private static String name(String table, String key) {
        return key.substring(table.length() + 1);
    }

    private SeverityOverrides severities(Map<String, ?> values) {
        if (values.containsKey(SEVERITY)) {
            wrong(SEVERITY, "`severity` is a table of rules: `%s = \"warning\"`".formatted(ANY_RULE));
        }
        List<String> allowed = new ArrayList<>(labels(Severity.values(), Severity::label));
        allowed.add(OFF);
        Map<String, Severity> changed = new LinkedHashMap<>();
        Set<String> off = new LinkedHashSet<>();
        values.forEach((key, value) -> {
            if (isIn(SEVERITY, key)) {
                String rule = name(SEVERITY, key);
                boolean known = catalog.find(rule).isPresent();
                if (!known) {
                    noRule(key, Place.KEY, -1, rule);
                }
                Optional<String> label =
                        one(key, value, text -> Optional.of(text).filter(allowed::contains), allowed);
                if (known && label.isPresent()) {
                    severity(label.get()).ifPresentOrElse(severity -> changed.put(rule, severity), () -> off.add(rule));
                }
            }
        });
        return new SeverityOverrides(changed, off);
    }

    private Optional<Map<String, Set<String>>> perFileIgnores(Map<String, ?> values) {
        if (values.containsKey(PER_FILE_IGNORES)) {
            wrong(
                    PER_FILE_IGNORES,
                    "`per-file-ignores` is a table of patterns: `\"tests/**\" = [\"%s\"]`".formatted(ANY_RULE));
        }
        Map<String, Set<String>> ignores = new LinkedHashMap<>();
        for (String key : values.keySet()) {
            if (isIn(PER_FILE_IGNORES, key)) {
                String pattern = name(PER_FILE_IGNORES, key);
                if (PathPattern.of(pattern).isEmpty()) {
                    String message = "`%s` matches no file; patterns are those of `.gitignore`".formatted(pattern);
                    problems.add(new Problem(key, Place.KEY, -1, message, Optional.empty()));
                } else {
                    rules(key, values).ifPresent(rules -> ignores.put(pattern, rules));
                }
            }
        }
        return ignores.isEmpty() ? Optional.empty() : Optional.of(ignores);
    }

    private Optional<String> file(String key, Map<String, ?> values) {
        Object value = values.get(key);
        if (value == null) {
            return Optional.empty();
        }
        if (!(value instanceof String text)) {
            wrong(key, "`%s` takes the name of a file".formatted(key));
            return Optional.empty();
        }
        try {
            return Optional.of(Path.of(text).toString());
        } catch (InvalidPathException e) {
            wrong(key, "This is no name of a file: " + e.getReason());
            return Optional.empty();
        }
    }

    private Optional<List<String>> boundaries(Map<String, ?> values) {
        List<String> rows = new ArrayList<>();
        values.forEach((key, value) -> {
            if (key.equals(BOUNDARIES)) {
                wrong(key, "`boundaries` is a table of functions: `\"acme.run\" = \"(func @pickle) starts\"`");
            } else if (isIn(BOUNDARIES, key)) {
                String name = name(BOUNDARIES, key);
                if (!(value instanceof String text)) {
                    wrong(key, "`%s` takes a string; a name with dots stands in quotes".formatted(name));
                    return;
                }
                try {
                    String row = BoundaryTable.row(name, text);
                    BoundaryTable.of(row);
                    rows.add(row);
                } catch (IllegalArgumentException e) {
                    wrong(key, "This is no boundary: " + e.getMessage());
                }
            }
        });
        return rows.isEmpty() ? Optional.empty() : Optional.of(rows);
    }

    private void wrong(String key, String message) {
        problems.add(new Problem(key, Place.VALUE, -1, message, Optional.empty()));
    }

    private static Optional<Severity> severity(String text) {
        return Arrays.stream(Severity.values())
                .filter(severity -> severity.label().equals(text))
                .findFirst();
    }

    private static Optional<PythonVersion> version(String text) {
        return PythonVersion.parse(text).filter(PythonVersion.known()::contains);
    }

    private static List<String> versions() {
        return PythonVersion.known().stream().map(PythonVersion::toString).toList();
    }

    private static <T> List<String> labels(T[] values, Function<T, String> label) {
        return Arrays.stream(values).map(label).toList();
    }

    private void unknownKey(String key) {
        Optional<String> meant = Spelling.nearest(key.replace('_', '-'), KEYS);
        String message = "There is no setting `%s`; ".formatted(key)
                + meant.map("did you mean `%s`?"::formatted).orElse("there are %s".formatted(String.join(", ", KEYS)));
        problems.add(new Problem(key, Place.KEY, -1, message, meant));
    }

    private Optional<Set<String>> rules(String key, Map<String, ?> values) {
        return strings(key, values).map(ids -> {
            Set<String> known = new LinkedHashSet<>();
            for (Element id : ids) {
                if (catalog.find(id.text).isPresent()) {
                    known.add(id.text);
                } else {
                    noRule(key, Place.VALUE, id.index, id.text);
                }
            }
            return known;
        });
    }

    private void noRule(String key, Place place, int index, String id) {
        Optional<String> meant = catalog.nearest(id);
        String message = "There is no rule `%s`".formatted(id)
                + meant.map("; did you mean `%s`?"::formatted).orElse("; `spawnproof rules` lists them");
        problems.add(new Problem(key, place, index, message, meant));
    }

    private <T> Optional<List<T>> list(
            String key, Map<String, ?> values, Function<String, Optional<T>> parse, List<String> allowed) {
        return strings(key, values).map(elements -> {
            List<T> parsed = new ArrayList<>();
            for (Element element : elements) {
                parse.apply(element.text)
                        .ifPresentOrElse(parsed::add, () -> wrong(key, element.index, element.text, allowed));
            }
            return parsed;
        });
    }

    private <T> Optional<T> one(
            String key, Map<String, ?> values, Function<String, Optional<T>> parse, List<String> allowed) {
        Object value = values.get(key);
        return value == null ? Optional.empty() : one(key, value, parse, allowed);
    }

    private <T> Optional<T> one(String key, Object value, Function<String, Optional<T>> parse, List<String> allowed) {
        if (!(value instanceof String text)) {
            wrong(key, "`%s` takes one of %s".formatted(key, quoted(allowed)));
            return Optional.empty();
        }
        Optional<T> parsed = parse.apply(text);
        if (parsed.isEmpty()) {
            wrong(key, -1, text, allowed);
        }
        return parsed;
    }

    private void wrong(String key, int index, String text, List<String> allowed) {
        String message = "`%s` is not one of %s".formatted(text, String.join(", ", allowed));
        problems.add(new Problem(key, Place.VALUE, index, message, Spelling.nearest(text, allowed)));
    }

    private record Element(int index, String text) {}

    private Optional<List<Element>> strings(String key, Map<String, ?> values) {
        Object value = values.get(key);
        if (value == null) {
            return Optional.empty();
        }
        if (!(value instanceof List<?> list)) {
            problems.add(
                    new Problem(key, Place.VALUE, -1, "`%s` takes a list of strings".formatted(key), Optional.empty()));
            return Optional.empty();
        }
        List<Element> elements = new ArrayList<>();
        for (int i = 0; i < list.size(); i++) {
            if (list.get(i) instanceof String text) {
                elements.add(new Element(i, text));
            } else {
                problems.add(new Problem(
                        key,
                        Place.VALUE,
                        i,
                        "`%s` takes strings, such as \"%s\"".formatted(key, example(key, list.get(i))),
                        Optional.empty()));
            }
        }
        return Optional.of(elements);
    }

    private static String example(String key, Object wrong) {
        return switch (key) {
            // The number 3.10 is 3.1, so it cannot simply be put in quotes.
            case PYTHON_VERSIONS -> "3.10";
            case PLATFORMS -> OperatingSystem.LINUX.label();
            case SELECT, IGNORE -> ANY_RULE;
            case JAVA_CLASS_PATH -> "lib/*";
            default -> isIn(PER_FILE_IGNORES, key) ? ANY_RULE : wrong.toString();
        };
    }

    private static String quoted(List<String> words) {
        return String.join(", ", words.stream().map(word -> '"' + word + '"').toList());
    }
}
