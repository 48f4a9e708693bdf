package io.github.spawnproof.yaml;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.spawnproof.source.CancelToken;
import io.github.spawnproof.source.TextRange;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class YamlTextTest {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "a: b\nlist:\n  - c\n  - 'd e'\n",
                "\uFEFFa: b\nlist: [c, 'd e']\n",
                "a: b\r\nlist:\r\n  - c\r\n  - \"d e\"\r\n",
                "# 😀😀\na: b # é😀\nlist: {😀: c, x: d e}\n",
                "😀: 😀\na: b\rlist: [c,\r d e]\r",
                "--- # first\na: b\n--- !Tag\n- c\n- &x d e\n- *x\n...\n",
                "a: \u0007b\nc: d e\n",
                "\u2028a: b\u0085\nx: \ud83d\nc: d e\n"
            })
    void places_are_those_of_the_text(String text) {
        YamlText yaml = read(text);

        List<YamlNode.Scalar> scalars = scalars(yaml.documents());
        assertThat(scalars).extracting(YamlNode.Scalar::value).contains("d e");
        for (YamlNode.Scalar scalar : scalars) {
            if (scalar.isVerbatim()) {
                assertThat(slice(text, scalar.range())).isEqualTo(scalar.value());
            } else {
                assertThat(scalar.value()).contains("_");
            }
        }
    }

    @Test
    void comments_are_found_where_they_are_none_of_a_text() {
        String text = """
                # one
                a: b#c # two
                url: http://x/#y
                q: "x # no"  # three
                s: 'it''s # no
                  # no'
                t: | # four
                  # no
                  text
                # five
                f: [a, # six
                  b]
                p: plain
                  # seven
                """;

        List<String> comments =
                read(text).comments().stream().map(range -> slice(text, range)).toList();

        assertThat(comments).containsExactly("# one", "# two", "# three", "# four", "# five", "# six", "# seven");
    }

    @Test
    void the_first_node_comes_after_comments_and_the_mark_of_a_document() {
        assertThat(read("# x\n---\n# y\na: b\n").firstNode()).isEqualTo(12);
        assertThat(read("# x\n").firstNode()).isEqualTo(4);
    }

    static Stream<String> damaged() {
        return Stream.of(
                "a: b\nc: [d, e\nf: g\n",
                "a: b\nc: d\n  bad: [\n",
                "a: b\n\tc: d\n",
                "a: b\nc: \"d\n",
                "a: b\n--- }\n");
    }

    @ParameterizedTest
    @MethodSource("damaged")
    void what_stands_before_the_damage_is_kept(String text) {
        YamlText yaml = read(text);

        assertThat(yaml.documents()).isNotEmpty();
        assertThat(((YamlNode.Mapping) yaml.documents().get(0)).text("a")).isEqualTo("b");
    }

    @Test
    void merge_keys_bring_what_a_mapping_has_not() {
        String text = "base: &base {x: 1, y: 2}\nmore: &more {z: 3}\nall:\n  <<: [*base, *more]\n  y: own\n";

        YamlNode.Mapping all = (YamlNode.Mapping)
                ((YamlNode.Mapping) read(text).documents().get(0)).get("all").orElseThrow();

        assertThat(all.text("x")).isEqualTo("1");
        assertThat(all.text("y")).isEqualTo("own");
        assertThat(all.text("z")).isEqualTo("3");
        assertThat(all.entries()).hasSize(1);
    }

    @Test
    void many_aliases_of_aliases_cost_little() {
        StringBuilder text = new StringBuilder("env: &a0 {JINA_MP_START_METHOD: spawn}\n");
        for (int i = 1; i < 60; i++) {
            text.append("a%d: &a%d [*a%d, *a%d, *a%d]\n".formatted(i, i, i - 1, i - 1, i - 1));
        }
        VariableReader variables = new VariableReader();

        read(text.toString()).documents().forEach(variables::read);

        assertThat(variables.settings()).hasSize(1);
    }

    @Test
    void an_anchor_that_contains_itself_ends() {
        YamlText yaml = read("a: &a\n  b: *a\n  <<: *a\n");

        assertThat(scalars(yaml.documents())).isNotEmpty();
    }

    @Test
    void deep_nesting_is_read() {
        YamlText yaml = read("[".repeat(50_000));

        assertThat(yaml.documents()).hasSize(1);
    }

    private static YamlText read(String text) {
        return YamlText.read(text, CancelToken.NEVER);
    }

    private static String slice(String text, TextRange range) {
        return text.substring(range.start(), range.end());
    }

    private static List<YamlNode.Scalar> scalars(List<YamlNode> nodes) {
        List<YamlNode.Scalar> found = new ArrayList<>();
        for (YamlNode node : nodes) {
            if (node instanceof YamlNode.Scalar scalar) {
                found.add(scalar);
            } else if (node instanceof YamlNode.Sequence sequence) {
                found.addAll(scalars(sequence.items()));
            } else if (node instanceof YamlNode.Mapping mapping) {
                mapping.entries().forEach(entry -> {
                    found.add(entry.key());
                    found.addAll(scalars(List.of(entry.value())));
                });
            }
        }
        return found;
    }
}
