package io.github.spawnproof.workspace;

import io.github.spawnproof.finding.Applicability;
import io.github.spawnproof.finding.Finding;
import io.github.spawnproof.finding.Fix;
import io.github.spawnproof.finding.Severity;
import io.github.spawnproof.finding.TextEdit;
import io.github.spawnproof.rule.RuleCatalog;
import io.github.spawnproof.source.SourceText;
import io.github.spawnproof.source.TextRange;
import io.github.spawnproof.workspace.SettingsValues.Place;
import io.github.spawnproof.workspace.SettingsValues.Problem;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.tomlj.Toml;
import org.tomlj.TomlArray;
import org.tomlj.TomlParseError;
import org.tomlj.TomlParseResult;
import org.tomlj.TomlPosition;
import org.tomlj.TomlTable;

/** Reads settings from TOML: toml.io/en/v1.0.0. */
final class SettingsToml {

    private static final List<String> TABLE = List.of("tool", "spawnproof");

    private final Path path;
    private final SourceText source;
    private final RuleCatalog catalog;
    private final List<Finding> problems = new ArrayList<>();

    private SettingsToml(Path path, String text, RuleCatalog catalog) {
        this.path = path;
        this.source = new SourceText(text);
        this.catalog = catalog;
    }

    /** Reads a {@code spawnproof.toml}: the settings are the whole file. */
    static Optional<SettingsFile> own(Path path, String text, RuleCatalog catalog) {
        SettingsToml reader = new SettingsToml(path, text, catalog);
        TomlParseResult root = reader.parse();
        return Optional.of(reader.settings(root));
    }

    /** Reads a {@code pyproject.toml}; empty if it has no table of this tool. */
    static Optional<SettingsFile> shared(Path path, String text, RuleCatalog catalog) {
        SettingsToml reader = new SettingsToml(path, text, catalog);
        TomlParseResult root = reader.parse();
        Object tool = root.get(TABLE.subList(0, 1));
        Object table = tool instanceof TomlTable tools ? tools.get(TABLE.subList(1, 2)) : null;
        if (table instanceof TomlTable settings) {
            return Optional.of(reader.settings(settings));
        }
        // A damaged file may have lost the table; then say so instead of going on with the file above.
        return text.contains("tool.spawnproof") && !reader.problems.isEmpty()
                ? Optional.of(reader.settings(Toml.parse("")))
                : Optional.empty();
    }

    static SettingsFile unreadable(Path path) {
        Finding problem = finding(new TextRange(0, 0), "The file cannot be read as UTF-8", List.of());
        return new SettingsFile(path, new SourceText(""), SettingsLayer.EMPTY, Map.of(), List.of(problem));
    }

    private TomlParseResult parse() {
        // The parser takes no byte order mark; a blank in its place keeps all positions.
        String text = source.text();
        TomlParseResult result = Toml.parse(text.startsWith("\uFEFF") ? " " + text.substring(1) : text);
        for (TomlParseError error : result.errors()) {
            String message = error.getMessage() == null ? "syntax error" : error.getMessage();
            int at = offset(error.position());
            problems.add(finding(word(at), "This is no valid TOML: " + message, List.of()));
        }
        return result;
    }

    private SettingsFile settings(TomlTable table) {
        Map<String, Object> values = new LinkedHashMap<>();
        for (String key : table.keySet()) {
            Object value = table.get(List.of(key));
            if (value instanceof TomlTable group && isGroup(key)) {
                group.keySet().forEach(name -> values.put(key + '.' + name, plain(group.get(List.of(name)))));
            } else {
                values.put(key, plain(value));
            }
        }
        boolean misplaced = values.get("tool") instanceof TomlTable && path.endsWith(SettingsFiles.OWN_NAME);
        if (misplaced) {
            values.remove("tool");
            int at = offset(table.inputPositionOf(List.of("tool")));
            problems.add(
                    finding(key(at), "In `spawnproof.toml` the settings stand at the top, in no table", List.of()));
        }
        SettingsValues.Read read = SettingsValues.read(values, catalog);
        for (Problem problem : read.problems()) {
            TextRange range = range(problem, table);
            // In a table of its own a key is not written as a whole, and cannot be replaced by one.
            List<String> path = path(table, problem.key());
            String replaceable =
                    SettingsValues.TABLES.contains(path.get(0)) ? path.get(path.size() - 1) : problem.key();
            boolean isWhole =
                    problem.place() == Place.VALUE || source.slice(inner(range)).equals(replaceable);
            List<Fix> fixes = problem.meant()
                    .filter(meant -> isWhole)
                    .map(meant -> List.of(new Fix(
                            "Change to `%s`".formatted(meant),
                            Applicability.UNSAFE,
                            List.of(TextEdit.replace(inner(range), meant)))))
                    .orElse(List.of());
            problems.add(finding(range, problem.message(), fixes));
        }
        problems.sort(Finding.ORDER);
        Map<String, Integer> lines = new LinkedHashMap<>();
        for (String key : values.keySet()) {
            TomlPosition position = table.inputPositionOf(path(table, key));
            if (position != null) {
                lines.put(key, position.line());
            }
        }
        return new SettingsFile(path, source, read.layer(), lines, problems);
    }

    private static Object plain(@Nullable Object value) {
        return value instanceof TomlArray array ? array.toList() : value == null ? "" : value;
    }

    /** Tells whether keys have a part in front of a dot, which TOML takes for a table. */
    private static boolean isGroup(String key) {
        return SettingsValues.TABLES.contains(key)
                || SettingsValues.KEYS.stream().anyMatch(known -> known.startsWith(key + '.'));
    }

    private static List<String> path(TomlTable table, String key) {
        int dot = key.indexOf('.');
        return dot < 0 || table.contains(List.of(key))
                ? List.of(key)
                : List.of(key.substring(0, dot), key.substring(dot + 1));
    }

    private TextRange range(Problem problem, TomlTable table) {
        List<String> path = path(table, problem.key());
        int key = offset(table.inputPositionOf(path));
        if (problem.place() == Place.KEY) {
            return nameIn(path.get(0), key(key));
        }
        if (problem.index() >= 0 && table.get(path) instanceof TomlArray array) {
            return value(offset(array.inputPositionOf(problem.index())));
        }
        TextRange name = key(key);
        if (source.text().startsWith("[", key)) {
            return name; // The value is a table.
        }
        int equals = source.text().indexOf('=', name.end());
        return equals < 0 ? name : value(skipBlanks(equals + 1));
    }

    /** Returns what is behind {@code table.} in a key; the key, if it is in a table that has this name in its header. */
    private TextRange nameIn(String table, TextRange key) {
        int at = SettingsValues.TABLES.contains(table) ? source.slice(key).lastIndexOf(table + '.') : -1;
        return at < 0 ? key : new TextRange(key.start() + at + table.length() + 1, key.end());
    }

    private static Finding finding(TextRange range, String message, List<Fix> fixes) {
        return new Finding(SettingsFile.RULE, range, message, Severity.WARNING, List.of(), List.of(), fixes);
    }

    /** Returns the offset of a position, whose line and column count from 1 and whose columns are code points. */
    private int offset(@Nullable TomlPosition position) {
        if (position == null) {
            return 0;
        }
        String text = source.text();
        int start = 0;
        for (int line = 1; line < position.line() && start >= 0; line++) {
            start = text.indexOf('\n', start) + 1;
        }
        int end = source.lineEnd(start);
        int points = Math.min(position.column() - 1, text.codePointCount(start, end));
        return text.offsetByCodePoints(start, points);
    }

    private int skipBlanks(int at) {
        String text = source.text();
        int end = at;
        while (end < text.length() && (text.charAt(end) == ' ' || text.charAt(end) == '\t')) {
            end++;
        }
        return end;
    }

    /** Returns the key or table header at the offset. */
    private TextRange key(int at) {
        String text = source.text();
        int end = at;
        int lineEnd = source.lineEnd(at);
        if (at < lineEnd && text.charAt(at) == '[') {
            int close = text.lastIndexOf(']', lineEnd - 1);
            return new TextRange(at, close > at ? close + 1 : lineEnd);
        }
        while (end < lineEnd && text.charAt(end) != '=') {
            char c = text.charAt(end);
            int quote = c == '"' || c == '\'' ? text.indexOf(c, end + 1) : -1;
            end = quote > 0 && quote < lineEnd ? quote + 1 : end + 1;
        }
        return trimmed(at, end);
    }

    /** Returns the value at the offset, as far as it stands on the same line. */
    private TextRange value(int at) {
        String text = source.text();
        int lineEnd = source.lineEnd(at);
        if (at >= lineEnd) {
            return word(at);
        }
        char first = text.charAt(at);
        if (first == '"' || first == '\'') {
            for (int i = at + 1; i < lineEnd; i++) {
                if (text.charAt(i) == '\\' && first == '"') {
                    i++;
                } else if (text.charAt(i) == first) {
                    return new TextRange(at, i + 1);
                }
            }
            return new TextRange(at, lineEnd);
        }
        int depth = 0;
        int end = at;
        while (end < lineEnd) {
            char c = text.charAt(end);
            if (c == '[' || c == '{') {
                depth++;
            } else if (c == ']' || c == '}') {
                depth--;
                if (depth == 0) {
                    end++;
                }
                if (depth <= 0) {
                    break;
                }
            } else if (c == '#' || (c == ',' && depth == 0)) {
                break;
            }
            end++;
        }
        return trimmed(at, end);
    }

    /** Returns the range without the quotes of a string. */
    private TextRange inner(TextRange range) {
        String text = source.slice(range);
        boolean quoted = text.length() >= 2 && (text.startsWith("\"") || text.startsWith("'"));
        return quoted ? new TextRange(range.start() + 1, range.end() - 1) : range;
    }

    /** Returns the word at the offset; at the end of a line, its last character. */
    private TextRange word(int at) {
        int lineEnd = source.lineEnd(at);
        int start = at == lineEnd && at > source.lineStart(at) ? at - 1 : at;
        int end = start;
        while (end < lineEnd && !Character.isWhitespace(source.text().charAt(end))) {
            end++;
        }
        return new TextRange(start, Math.min(lineEnd, Math.max(end, start + 1)));
    }

    private TextRange trimmed(int start, int end) {
        int last = end;
        while (last > start && Character.isWhitespace(source.text().charAt(last - 1))) {
            last--;
        }
        return new TextRange(start, last);
    }
}
