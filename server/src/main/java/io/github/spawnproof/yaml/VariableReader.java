package io.github.spawnproof.yaml;

import io.github.spawnproof.boundary.BoundaryTable;
import io.github.spawnproof.boundary.VariableSetting;
import io.github.spawnproof.source.TextRange;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Pattern;

/**
 * Finds what a document of another tool sets in the environment of programs: compose files, Kubernetes manifests,
 * workflows of GitHub, pipelines of GitLab and others, the JSON of VS Code.
 */
final class VariableReader {

    /** Keys below which environment variables are set, by name, as {@code NAME=value}, or as {@code name} and {@code value}. */
    private static final Set<String> ENVIRONMENTS =
            Set.of("environment", "env", "variables", "containerEnv", "remoteEnv");

    private static final String TERMINAL = "terminal.integrated.env.";
    private static final String CONFIG_MAP = "ConfigMap";

    /** Plain words that some of the tools take for truth values or nothing (YAML 1.1), and pass on differently. */
    private static final Pattern NO_TEXT = Pattern.compile(
            "(?i)|~|null|y|n|yes|no|on|off|true|false|[-+]?(?:0[xo].*|0\\d+|\\d[\\d_.]*[_.e:].*|\\.\\w+)");

    private static final int MAX_DEPTH = 60;
    /** Nodes to look at in one file; aliases can make few lines to very many. */
    private static final int MAX_NODES = 200_000;

    private final TreeMap<TextRange, VariableSetting> settings = new TreeMap<>();
    private int nodes;

    List<VariableSetting> settings() {
        return List.copyOf(settings.values());
    }

    void read(YamlNode document) {
        visit(document, "", 0);
    }

    private void visit(YamlNode node, String parent, int depth) {
        if (depth > MAX_DEPTH || ++nodes > MAX_NODES) {
            return;
        }
        boolean inEnvironment = ENVIRONMENTS.contains(parent) || parent.startsWith(TERMINAL);
        if (node instanceof YamlNode.Mapping mapping) {
            boolean isConfigMap = mapping.text("kind").equals(CONFIG_MAP);
            if (inEnvironment) {
                named(mapping);
            }
            for (YamlNode.Entry entry : mapping.byKey().values()) {
                String key = entry.key().value();
                if (inEnvironment && entry.value() instanceof YamlNode.Scalar value) {
                    add(key, entry.key().range(), value);
                } else if (inEnvironment && isKnown(key) && entry.value() instanceof YamlNode.Mapping described) {
                    // GitLab: a value with its description.
                    described.get("value").ifPresent(value -> addIfText(key, entry.key(), value));
                } else {
                    visit(entry.value(), isConfigMap && key.equals("data") ? "env" : key, depth + 1);
                }
            }
        } else if (node instanceof YamlNode.Sequence sequence) {
            for (YamlNode item : sequence.items()) {
                if (inEnvironment && item instanceof YamlNode.Scalar scalar) {
                    assignment(scalar);
                } else {
                    visit(item, parent, depth + 1);
                }
            }
        }
    }

    /** Reads {@code name: NAME, value: ...} of Kubernetes. */
    private void named(YamlNode.Mapping mapping) {
        if (mapping.get("name").orElse(null) instanceof YamlNode.Scalar name && isKnown(name.value())) {
            mapping.get("value").ifPresent(value -> addIfText(name.value(), name, value));
        }
    }

    private void addIfText(String name, YamlNode.Scalar place, YamlNode value) {
        if (value instanceof YamlNode.Scalar scalar) {
            add(name, place.range(), scalar);
        }
    }

    private void add(String name, TextRange range, YamlNode.Scalar value) {
        if (isKnown(name)) {
            boolean isText = !value.isPlain() || !NO_TEXT.matcher(value.value()).matches();
            settings.putIfAbsent(
                    range,
                    new VariableSetting(name, range, isText ? known(value.value()) : Optional.empty(), value.range()));
        }
    }

    /** Reads {@code NAME=value} of compose files, and {@code NAME}, which hands on what is set where the tool runs. */
    private void assignment(YamlNode.Scalar scalar) {
        String text = scalar.value();
        int equals = text.indexOf('=');
        String name = equals < 0 ? text : text.substring(0, equals);
        if (!isKnown(name)) {
            return;
        }
        TextRange all = scalar.range();
        TextRange range = scalar.isVerbatim() ? new TextRange(all.start(), all.start() + name.length()) : all;
        TextRange place = !scalar.isVerbatim()
                ? all
                : new TextRange(equals < 0 ? all.end() : all.start() + equals + 1, all.end());
        Optional<String> value = equals < 0 ? Optional.empty() : known(text.substring(equals + 1));
        settings.putIfAbsent(range, new VariableSetting(name, range, value, place));
    }

    private static boolean isKnown(String name) {
        return BoundaryTable.VARIABLES.contains(name);
    }

    /** Returns the value, if it is one that nobody replaces parts of. */
    private static Optional<String> known(String value) {
        return value.contains("$") || value.contains("{{") || value.contains("\n")
                ? Optional.empty()
                : Optional.of(value);
    }
}
