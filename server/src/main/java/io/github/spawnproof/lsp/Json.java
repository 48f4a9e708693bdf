package io.github.spawnproof.lsp;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonNull;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Looks into JSON of which nothing is certain: what is missing or has another type is taken as absent. */
final class Json {

    private Json() {}

    /** Returns the value at the path of keys; {@link JsonNull} if there is none. */
    static JsonElement at(@Nullable JsonElement json, String... path) {
        JsonElement at = json;
        for (String key : path) {
            at = at != null && at.isJsonObject() ? at.getAsJsonObject().get(key) : null;
        }
        return at == null ? JsonNull.INSTANCE : at;
    }

    static boolean isTrue(@Nullable JsonElement json, String... path) {
        JsonElement value = at(json, path);
        return value.isJsonPrimitive() && value.getAsJsonPrimitive().isBoolean() && value.getAsBoolean();
    }

    static boolean isFalse(@Nullable JsonElement json, String... path) {
        JsonElement value = at(json, path);
        return value.isJsonPrimitive() && value.getAsJsonPrimitive().isBoolean() && !value.getAsBoolean();
    }

    static boolean isString(JsonElement json) {
        return json.isJsonPrimitive() && json.getAsJsonPrimitive().isString();
    }

    static boolean isNumber(JsonElement json) {
        return json.isJsonPrimitive() && json.getAsJsonPrimitive().isNumber();
    }

    /** Returns the string at the path; empty if there is none. */
    static String string(@Nullable JsonElement json, String... path) {
        JsonElement value = at(json, path);
        return isString(value) ? value.getAsString() : "";
    }

    /** Returns the strings of the array at the path. */
    static List<String> strings(@Nullable JsonElement json, String... path) {
        List<String> strings = new ArrayList<>();
        if (at(json, path) instanceof JsonArray array) {
            for (JsonElement element : array) {
                if (isString(element)) {
                    strings.add(element.getAsString());
                }
            }
        }
        return strings;
    }
}
