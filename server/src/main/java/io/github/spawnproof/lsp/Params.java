package io.github.spawnproof.lsp;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import org.eclipse.lsp4j.Position;
import org.eclipse.lsp4j.Range;
import org.eclipse.lsp4j.jsonrpc.ResponseErrorException;
import org.jspecify.annotations.Nullable;

/**
 * Reads the parameters of a method. Read by hand, not by reflection: it is quick at the start, and says what is wrong.
 *
 * <p>Every method throws a {@link ResponseErrorException} with -32602 where something needed is missing or has a wrong
 * type.
 */
record Params(JsonObject json, String path) {

    static Params of(@Nullable JsonElement params) {
        return of(params, "params");
    }

    static Params of(@Nullable JsonElement json, String path) {
        if (json == null || !json.isJsonObject()) {
            throw ProtocolErrors.invalidParams(path + " must be an object");
        }
        return new Params(json.getAsJsonObject(), path);
    }

    Params object(String key) {
        return of(json.get(key), path + "." + key);
    }

    boolean has(String key) {
        return !Json.at(json, key).isJsonNull();
    }

    String string(String key) {
        JsonElement value = Json.at(json, key);
        if (!Json.isString(value)) {
            throw ProtocolErrors.invalidParams(path + "." + key + " must be a string");
        }
        return value.getAsString();
    }

    JsonArray array(String key) {
        if (Json.at(json, key) instanceof JsonArray array) {
            return array;
        }
        throw ProtocolErrors.invalidParams(path + "." + key + " must be an array");
    }

    /** Returns a whole number; one that no {@code int} holds becomes the nearest that one does. */
    int integer(String key) {
        JsonElement value = Json.at(json, key);
        if (Json.isNumber(value)) {
            double number = value.getAsDouble();
            if (number == Math.rint(number)) {
                return (int) number;
            }
        }
        throw ProtocolErrors.invalidParams(path + "." + key + " must be a whole number");
    }

    DocumentUri documentUri() {
        return DocumentUri.of(object("textDocument").string("uri"));
    }

    Position position(String key) {
        Params position = object(key);
        return new Position(position.integer("line"), position.integer("character"));
    }

    Range range(String key) {
        Params range = object(key);
        return new Range(range.position("start"), range.position("end"));
    }
}
