package io.github.spawnproof.yaml;

import io.github.spawnproof.source.TextRange;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A value in a YAML text. Aliases stand for the very node of their anchor, so that a node may have several parents. */
sealed interface YamlNode {

    /** Returns what is written after the {@code !}, without it; empty if the node has no tag of that kind. */
    String tag();

    /** Returns where it is written; empty for a collection that nothing closes. */
    TextRange range();

    /**
     * A text, number or the like.
     *
     * @param value what it says, quotes and escapes undone
     * @param isPlain whether it is written without quotes, so that it may be no text but a number, a truth value, nothing
     * @param range the text itself without quotes
     * @param isVerbatim whether the text is on one line and is what it says, character by character
     */
    record Scalar(String tag, String value, boolean isPlain, TextRange range, boolean isVerbatim) implements YamlNode {}

    /**
     * Keys with values.
     *
     * @param entries in the order of the text, those of merge keys left out
     * @param byKey the value that each key has, those of merge keys included
     * @param range with the braces, if there are any
     */
    record Mapping(String tag, List<Entry> entries, Map<String, Entry> byKey, TextRange range) implements YamlNode {

        /** Returns the value of a key; empty if there is none. */
        Optional<YamlNode> get(String key) {
            return Optional.ofNullable(byKey.get(key)).map(Entry::value);
        }

        /** Returns the text of a key; empty if it has none, or something else. */
        String text(String key) {
            return get(key).map(value -> value instanceof Scalar scalar ? scalar.value() : "")
                    .orElse("");
        }
    }

    /** Values one after the other. */
    record Sequence(String tag, List<YamlNode> items, TextRange range) implements YamlNode {}

    /** A key of a mapping with its value; keys that are no texts have no entry. */
    record Entry(Scalar key, YamlNode value) {}

    /** Returns the node itself, or its items if it is a sequence, as far as they are texts. */
    static List<Scalar> scalars(YamlNode node) {
        List<Scalar> scalars = new ArrayList<>();
        for (YamlNode item : node instanceof Sequence sequence ? sequence.items() : List.of(node)) {
            if (item instanceof Scalar scalar) {
                scalars.add(scalar);
            }
        }
        return scalars;
    }
}
