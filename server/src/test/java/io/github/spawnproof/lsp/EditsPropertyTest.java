package io.github.spawnproof.lsp;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import io.github.spawnproof.source.SourceText;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Random edits, seeded: the text stays the client's, and the diagnostics are those of the text. */
@Timeout(300)
class EditsPropertyTest {

    private static final List<String> PIECES = List.of(
            "FLAG", "FL", "AG", "\n", "\r\n", "\r", "😀", "é", "€", "\f", "\u2028", "\u0085", " ", "\t", "", "x = 1\n",
            "x");

    static Stream<Arguments> manySeeds() {
        return seeds(200);
    }

    static Stream<Arguments> fewSeeds() {
        return seeds(12);
    }

    private static Stream<Arguments> seeds(int count) {
        return Stream.of(PositionEncoding.values())
                .flatMap(encoding -> IntStream.range(0, count).mapToObj(seed -> Arguments.of(encoding, seed)));
    }

    /** A client's text, kept as plainly as can be. */
    private static final class Model {
        private static final Pattern LINE_END = Pattern.compile("\r\n|\n|\r");

        private final PositionEncoding encoding;
        private final Random random;
        private String text;

        Model(PositionEncoding encoding, Random random, String text) {
            this.encoding = encoding;
            this.random = random;
            this.text = text;
        }

        /** Makes a random edit, and returns it as a content change. */
        JsonObject edit() {
            JsonObject change = new JsonObject();
            String newText = newText();
            change.addProperty("text", newText);
            if (random.nextInt(20) == 0) {
                text = newText;
                return change;
            }
            JsonObject one = randomPosition();
            JsonObject other = random.nextInt(3) == 0 ? one : randomPosition();
            int from = Math.min(offset(one), offset(other));
            int to = Math.max(offset(one), offset(other));
            // Most edits are small; one in twenty has its ends the wrong way round.
            boolean swapped = random.nextInt(20) == 0;
            JsonObject range = new JsonObject();
            range.add("start", (offset(one) == from) == swapped ? other : one);
            range.add("end", (offset(one) == from) == swapped ? one : other);
            change.add("range", range);
            text = text.substring(0, from) + newText + text.substring(to);
            return change;
        }

        private String newText() {
            if (random.nextInt(100) == 0) {
                return "y".repeat(100_000);
            }
            StringBuilder made = new StringBuilder();
            for (int i = random.nextInt(4); i >= 0; i--) {
                made.append(PIECES.get(random.nextInt(PIECES.size())));
            }
            return made.toString();
        }

        private JsonObject randomPosition() {
            List<String> lines = lines();
            int line = random.nextInt(lines.size() + 1);
            String content = line < lines.size() ? lines.get(line) : "";
            int characters = content.codePointCount(0, content.length());
            int before = random.nextInt(characters + 1);
            String prefix = content.substring(0, content.offsetByCodePoints(0, before));
            boolean behind = before == characters && random.nextInt(5) == 0;
            JsonObject position = new JsonObject();
            position.addProperty("line", line);
            position.addProperty("character", units(prefix) + (behind ? 3 : 0));
            return position;
        }

        private int offset(JsonObject position) {
            int line = position.get("line").getAsInt();
            int units = position.get("character").getAsInt();
            Matcher end = LINE_END.matcher(text);
            int start = 0;
            for (int i = 0; i < line; i++) {
                if (!end.find()) {
                    return text.length();
                }
                start = end.end();
            }
            String content = lines().get(line);
            for (int i = 0; i <= content.codePointCount(0, content.length()); i++) {
                int length = content.offsetByCodePoints(0, i);
                if (units(content.substring(0, length)) == units) {
                    return start + length;
                }
            }
            return start + content.length();
        }

        private List<String> lines() {
            List<String> lines = new ArrayList<>();
            Matcher end = LINE_END.matcher(text);
            int start = 0;
            while (end.find()) {
                lines.add(text.substring(start, end.start()));
                start = end.end();
            }
            lines.add(text.substring(start));
            return lines;
        }

        private int units(String part) {
            return switch (encoding) {
                case UTF_8 -> part.getBytes(StandardCharsets.UTF_8).length;
                case UTF_16 -> part.length();
                case UTF_32 -> part.codePointCount(0, part.length());
            };
        }

        /** Keeps the plain searches above quick. */
        void shorten() {
            if (text.length() > 20_000) {
                text = "FLAG 😀\r\n";
            }
        }
    }

    @ParameterizedTest
    @MethodSource("manySeeds")
    void the_text_stays_the_clients(PositionEncoding encoding, int seed) {
        Model model = new Model(encoding, new Random(seed), "import x\r\nFLAG = 'é😀'\n");
        SourceText text = new SourceText(model.text);
        for (int version = 1; version <= 20; version++) {
            JsonArray changes = new JsonArray();
            for (int i = model.random.nextInt(3); i >= 0 && model.text.length() < 20_000; i--) {
                changes.add(model.edit());
            }
            JsonObject params = new JsonObject();
            params.add("contentChanges", changes);

            text = Edits.read(Params.of(params), "contentChanges").apply(text, encoding);

            assertThat(text.text()).isEqualTo(model.text);
        }
    }

    @ParameterizedTest
    @MethodSource("fewSeeds")
    void diagnostics_after_any_edits_are_those_of_the_same_text_opened_afresh(PositionEncoding encoding, int seed) {
        Model model = new Model(encoding, new Random(seed), "FLAG\r\n'é😀' + FLAG\n");
        try (TestClient client = TestClient.start()) {
            client.initialize("{\"general\": {\"positionEncodings\": [\"" + encoding.label() + "\"]}}");
            int version = 1;
            client.open(version, model.text);
            for (int burst = 0; burst < 5; burst++) {
                for (int key = 0; key < 20; key++) {
                    JsonArray changes = new JsonArray();
                    changes.add(model.edit());
                    client.change(TestClient.URI, ++version, changes);
                    if (model.text.length() > 20_000) {
                        model.shorten();
                        client.change(++version, model.text);
                    }
                }
                JsonArray incremental = client.awaitDiagnostics(version);
                String fresh = "file:///fresh/" + burst + ".py";
                client.open(fresh, "python", 1, model.text);

                assertThat(incremental)
                        .isEqualTo(client.awaitPublished(fresh, 1).getAsJsonArray("diagnostics"));
            }
            assertThat(client.published(TestClient.URI))
                    .extracting(params -> params.get("version").getAsInt())
                    .isSorted()
                    .doesNotHaveDuplicates();
        }
    }
}
