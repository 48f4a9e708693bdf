package io.github.spawnproof.yaml;

import io.github.spawnproof.boundary.VariableSetting;
import io.github.spawnproof.finding.TextEdit;
import io.github.spawnproof.source.CancelToken;
import io.github.spawnproof.source.SourceText;
import io.github.spawnproof.source.TextRange;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Writes environment variables into the launch configurations of VS Code: {@code .vscode/launch.json}. */
public final class LaunchEdits {

    private static final String ENV = "env";
    private static final Set<String> PYTHON = Set.of("python", "debugpy");
    /** What is written below these keys counts instead of the rest on that system. */
    private static final Set<String> SYSTEMS = Set.of("windows", "linux", "osx");

    private final SourceText source;
    /** Without comments, of the same length. */
    private final String json;

    private final String name;
    private final String value;
    private final List<TextEdit> edits = new ArrayList<>();

    private LaunchEdits(SourceText source, String name, String value) {
        this.source = source;
        this.json = JsonComments.blank(source.text()).text();
        this.name = name;
        this.value = value;
    }

    /**
     * Returns the edits after which every configuration that starts a Python program gives a variable a value; no edits if
     * they do already. Empty if there is no such configuration, or one that is not plain.
     */
    public static Optional<List<TextEdit>> setting(SourceText source, String name, String value) {
        LaunchEdits launch = new LaunchEdits(source, name, value);
        List<YamlNode.Mapping> configurations = launch.configurations();
        if (configurations.isEmpty() || !configurations.stream().allMatch(launch::set)) {
            return Optional.empty();
        }
        List<VariableSetting> after = settings(TextEdit.apply(source.text(), launch.edits), name);
        boolean done = after.size() >= configurations.size()
                && after.stream().allMatch(setting -> setting.value().equals(Optional.of(value)));
        return done ? Optional.of(List.copyOf(launch.edits)) : Optional.empty();
    }

    private static List<VariableSetting> settings(String text, String name) {
        VariableReader reader = new VariableReader();
        documents(JsonComments.blank(text).text()).forEach(reader::read);
        return reader.settings().stream()
                .filter(setting -> setting.name().equals(name))
                .toList();
    }

    private static List<YamlNode> documents(String json) {
        return YamlText.read(json, CancelToken.NEVER).documents();
    }

    private List<YamlNode.Mapping> configurations() {
        List<YamlNode.Mapping> found = new ArrayList<>();
        List<YamlNode> documents = documents(json);
        boolean whole = documents.size() == 1
                && documents.get(0) instanceof YamlNode.Mapping
                && isBraced(documents.get(0).range())
                && json.substring(documents.get(0).range().end()).isBlank();
        if (whole
                && documents.get(0) instanceof YamlNode.Mapping root
                && root.get("configurations").orElse(null) instanceof YamlNode.Sequence all) {
            for (YamlNode one : all.items()) {
                if (one instanceof YamlNode.Mapping configuration
                        && PYTHON.contains(configuration.text("type"))
                        && !configuration.text("request").equals("attach")) {
                    found.add(configuration);
                }
            }
        }
        return found;
    }

    private boolean isBraced(TextRange range) {
        return range.length() >= 2 && json.charAt(range.start()) == '{' && json.charAt(range.end() - 1) == '}';
    }

    /** Adds the edits of one configuration; tells whether that could be done. */
    private boolean set(YamlNode.Mapping configuration) {
        if (!isBraced(configuration.range())
                || SYSTEMS.stream().anyMatch(system -> configuration.get(system).isPresent())) {
            return false;
        }
        Optional<YamlNode> env = configuration.get(ENV);
        String pair = quoted(name) + ": " + quoted(value);
        if (env.isEmpty()) {
            String key = quoted(ENV) + ": ";
            String indentation = indentation(configuration);
            return append(
                    configuration,
                    isSpread(configuration)
                            ? key + "{" + separator() + indentation + unit(configuration) + pair + separator()
                                    + indentation + "}"
                            : key + "{" + pair + "}");
        }
        if (!(env.get() instanceof YamlNode.Mapping variables) || !isBraced(variables.range())) {
            return false;
        }
        if (variables.entries().isEmpty()) {
            TextRange inside = new TextRange(
                    variables.range().start() + 1, variables.range().end() - 1);
            boolean nothing = source.slice(inside).isBlank();
            edits.add(TextEdit.replace(inside, pair));
            return nothing;
        }
        if (variables.get(name).isEmpty()) {
            return append(variables, pair);
        }
        boolean plain = variables.get(name).get() instanceof YamlNode.Scalar there
                && !there.isPlain()
                && there.isVerbatim()
                && there.value().indexOf('$') < 0;
        if (plain
                && variables.get(name).get() instanceof YamlNode.Scalar there
                && !there.value().equals(value)) {
            edits.add(TextEdit.replace(there.range(), value));
        }
        return plain;
    }

    /** Adds an entry behind the last one of a mapping; tells whether that could be done. */
    private boolean append(YamlNode.Mapping mapping, String entry) {
        YamlNode last = mapping.entries().get(mapping.entries().size() - 1).value();
        int quote = last instanceof YamlNode.Scalar scalar && !scalar.isPlain() ? 1 : 0;
        int end = last.range().end() + quote;
        int next = nextText(end);
        boolean comma = next < json.length() && json.charAt(next) == ',';
        int brace = comma ? nextText(next + 1) : next;
        if (brace != mapping.range().end() - 1) {
            return false;
        }
        if (!isSpread(mapping)) {
            edits.add(TextEdit.insert(end, ", " + entry));
            return true;
        }
        int from = comma ? next + 1 : end;
        int lineEnd = source.lineEnd(from);
        String rest = source.text().substring(from, lineEnd);
        // What stands behind the value, a comment, belongs to it.
        if (rest.contains("/*") || lineEnd >= brace) {
            return false;
        }
        if (!comma) {
            edits.add(TextEdit.insert(end, ","));
        }
        edits.add(TextEdit.insert(lineEnd, separator() + indentation(mapping) + entry + (comma ? "," : "")));
        return true;
    }

    private int nextText(int offset) {
        int at = offset;
        while (at < json.length() && Character.isWhitespace(json.charAt(at))) {
            at++;
        }
        return at;
    }

    /** Tells whether the keys of a mapping are on lines of their own, and the brace behind them is, too. */
    private boolean isSpread(YamlNode.Mapping mapping) {
        int key = lastKey(mapping);
        int brace = mapping.range().end() - 1;
        return isFirstOnLine(key) && isFirstOnLine(brace);
    }

    private boolean isFirstOnLine(int offset) {
        return source.text().substring(source.lineStart(offset), offset).isBlank();
    }

    private static int lastKey(YamlNode.Mapping mapping) {
        // A key of JSON has a quote before its text.
        return mapping.entries().get(mapping.entries().size() - 1).key().range().start() - 1;
    }

    private String indentation(YamlNode.Mapping mapping) {
        return source.indentation(lastKey(mapping));
    }

    /** Returns by how much keys are further inside than the brace that ends them. */
    private String unit(YamlNode.Mapping mapping) {
        String inner = indentation(mapping);
        String outer = source.indentation(mapping.range().end() - 1);
        return inner.startsWith(outer) && inner.length() > outer.length() ? inner.substring(outer.length()) : "    ";
    }

    private String separator() {
        return source.lineSeparator();
    }

    private static String quoted(String text) {
        return '"' + text + '"';
    }
}
