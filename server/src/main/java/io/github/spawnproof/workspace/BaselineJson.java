package io.github.spawnproof.workspace;

import com.google.gson.GsonBuilder;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParseException;
import com.google.gson.JsonParser;
import com.google.gson.Strictness;
import com.google.gson.stream.JsonReader;
import com.google.gson.stream.JsonToken;
import io.github.spawnproof.finding.KnownFinding;
import io.github.spawnproof.finding.KnownFindings;
import java.io.IOException;
import java.io.StringReader;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The form of a baseline: JSON with one finding a line, sorted, so that git merges and shows it well. */
final class BaselineJson {

    /** The text is no baseline that this program knows; the message is a clause that follows its name. */
    static final class Malformed extends IOException {

        Malformed(String message) {
            super(message);
        }

        @Override
        public String getMessage() {
            return String.valueOf(super.getMessage());
        }
    }

    private static final Pattern PLACE = Pattern.compile("at line \\d+ column \\d+");
    private static final int VERSION = 1;
    private static final String FINDINGS = "findings";

    private BaselineJson() {}

    static String write(SortedMap<String, KnownFindings> files) {
        List<String> parts = new ArrayList<>();
        files.forEach((file, known) -> {
            List<String> lines = new ArrayList<>();
            known.counts()
                    .forEach((finding, count) ->
                            lines.add("      " + entry(finding) + (count == 1 ? "}" : ", \"count\": " + count + "}")));
            parts.add("    %s [\n%s\n    ]".formatted(key(file), String.join(",\n", lines)));
        });
        String all = parts.isEmpty() ? "{}" : "{\n" + String.join(",\n", parts) + "\n  }";
        return "{\n  \"version\": %d,\n  \"%s\": %s\n}\n".formatted(VERSION, FINDINGS, all);
    }

    /** Returns how the list of a file begins. */
    static String key(String file) {
        return json(file) + ":";
    }

    /** Returns a finding as it is written, up to its count. */
    static String entry(KnownFinding finding) {
        return "{\"rule\": %s, \"code\": %s".formatted(json(finding.rule()), json(finding.code()));
    }

    private static String json(String text) {
        return new GsonBuilder().disableHtmlEscaping().create().toJson(text);
    }

    /** Returns the findings by file. */
    static SortedMap<String, KnownFindings> read(String text) throws Malformed {
        if (!(parsed(text) instanceof JsonObject root) || !root.has("version")) {
            throw new Malformed("is no baseline: it has no `version`");
        }
        int version = number(root, "version");
        if (version != VERSION) {
            throw new Malformed("has version %d, and this program knows version %d".formatted(version, VERSION));
        }
        if (!(root.get(FINDINGS) instanceof JsonObject findings)) {
            throw new Malformed("is no baseline: `findings` must be an object with a list for each file");
        }
        SortedMap<String, KnownFindings> files = new TreeMap<>();
        for (Map.Entry<String, JsonElement> file : findings.entrySet()) {
            if (!file.getValue().isJsonArray()) {
                throw new Malformed("is no baseline: `%s` must have a list of findings".formatted(file.getKey()));
            }
            SortedMap<KnownFinding, Integer> counts = new TreeMap<>();
            for (JsonElement element : file.getValue().getAsJsonArray()) {
                if (!(element instanceof JsonObject finding)) {
                    throw new Malformed("is no baseline: a finding of `%s` is no object".formatted(file.getKey()));
                }
                int count = finding.has("count") ? number(finding, "count") : 1;
                // A merge may have left the same finding twice.
                counts.merge(new KnownFinding(string(finding, "rule"), string(finding, "code")), count, Integer::sum);
            }
            files.put(file.getKey(), new KnownFindings(counts));
        }
        return files;
    }

    private static JsonElement parsed(String text) throws Malformed {
        JsonReader reader = new JsonReader(new StringReader(text));
        reader.setStrictness(Strictness.STRICT);
        try {
            JsonElement root = JsonParser.parseReader(reader);
            if (reader.peek() != JsonToken.END_DOCUMENT) {
                throw new Malformed("is no JSON: something follows its end");
            }
            return root;
        } catch (Malformed e) {
            throw e;
        } catch (JsonParseException | IOException e) {
            // The rest of the message is for whoever programs with the library.
            Matcher place = PLACE.matcher(String.valueOf(e.getMessage()));
            throw new Malformed(place.find() ? "is no JSON " + place.group() : "is no JSON");
        }
    }

    private static int number(JsonObject object, String key) throws Malformed {
        JsonElement value = object.get(key);
        try {
            int number = value.isJsonPrimitive() && value.getAsJsonPrimitive().isNumber() ? value.getAsInt() : 0;
            if (number > 0) {
                return number;
            }
        } catch (NumberFormatException e) {
            // Said below.
        }
        throw new Malformed("is no baseline: `%s` is %s, which is no positive number".formatted(key, value));
    }

    private static String string(JsonObject object, String key) throws Malformed {
        JsonElement value = object.get(key);
        if (value == null
                || !value.isJsonPrimitive()
                || !value.getAsJsonPrimitive().isString()) {
            throw new Malformed("is no baseline: `%s` of a finding must be a string".formatted(key));
        }
        return value.getAsString();
    }
}
