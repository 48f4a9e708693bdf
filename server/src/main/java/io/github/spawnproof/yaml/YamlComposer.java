package io.github.spawnproof.yaml;

import io.github.spawnproof.source.TextRange;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Makes nodes of what a YAML parser tells step by step. What is still open at the end is closed there. */
final class YamlComposer {

    private static final String MERGE = "<<";
    /** Entries that merge keys may bring into a text in all; a text with more is not written by hand. */
    private static final int MAX_MERGED = 100_000;

    private static final YamlNode.Scalar NOTHING = new YamlNode.Scalar("", "", true, new TextRange(0, 0), false);

    private final List<YamlNode> documents = new ArrayList<>();
    private final Deque<Open> open = new ArrayDeque<>();
    private final Map<String, YamlNode> anchors = new HashMap<>();
    private int merged;

    /** A collection whose end is still to come. */
    private static final class Open {
        private final boolean mapping;
        private final String tag;
        private final String anchor;
        private final int start;
        private final List<YamlNode> items = new ArrayList<>();
        private final List<YamlNode.Entry> entries = new ArrayList<>();
        private final List<YamlNode> merges = new ArrayList<>();
        private @Nullable YamlNode key;

        Open(boolean mapping, String tag, String anchor, int start) {
            this.mapping = mapping;
            this.tag = tag;
            this.anchor = anchor;
            this.start = start;
        }
    }

    List<YamlNode> documents() {
        return documents;
    }

    void startDocument() {
        finish();
        anchors.clear();
    }

    /** Closes what is open. */
    void finish() {
        while (!open.isEmpty()) {
            end(0);
        }
    }

    void start(boolean mapping, String tag, String anchor, int offset) {
        open.push(new Open(mapping, tag, anchor, offset));
    }

    /** Closes a collection that ends before an offset; 0 if nothing closes it. */
    void end(int offset) {
        if (open.isEmpty()) {
            return;
        }
        Open ended = open.pop();
        TextRange range = new TextRange(ended.start, Math.max(ended.start, offset));
        YamlNode node = ended.mapping
                ? new YamlNode.Mapping(ended.tag, List.copyOf(ended.entries), byKey(ended), range)
                : new YamlNode.Sequence(ended.tag, List.copyOf(ended.items), range);
        add(node, ended.anchor);
    }

    /** Adds the node of an anchor; one that contains itself, or has no anchor, is taken for nothing. */
    void alias(String anchor) {
        place(anchors.getOrDefault(anchor, NOTHING));
    }

    void add(YamlNode node, String anchor) {
        if (!anchor.isEmpty()) {
            anchors.put(anchor, node);
        }
        place(node);
    }

    private void place(YamlNode node) {
        Open parent = open.peek();
        if (parent == null) {
            documents.add(node);
        } else if (!parent.mapping) {
            parent.items.add(node);
        } else if (parent.key == null) {
            parent.key = node;
        } else {
            if (parent.key instanceof YamlNode.Scalar key) {
                if (key.isPlain() && key.value().equals(MERGE)) {
                    parent.merges.add(node);
                } else {
                    parent.entries.add(new YamlNode.Entry(key, node));
                }
            }
            parent.key = null;
        }
    }

    private Map<String, YamlNode.Entry> byKey(Open ended) {
        Map<String, YamlNode.Entry> byKey = new LinkedHashMap<>();
        // Of keys that are given twice, the last one counts, as in PyYAML.
        ended.entries.forEach(entry -> byKey.put(entry.key().value(), entry));
        for (YamlNode source : ended.merges) {
            for (YamlNode one : source instanceof YamlNode.Sequence sequence ? sequence.items() : List.of(source)) {
                if (one instanceof YamlNode.Mapping mapping && merged < MAX_MERGED) {
                    merged += mapping.byKey().size();
                    mapping.byKey().forEach(byKey::putIfAbsent);
                }
            }
        }
        return byKey;
    }
}
