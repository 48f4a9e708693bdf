package io.github.spawnproof.lsp;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParseException;
import com.google.gson.JsonParser;
import com.google.gson.JsonPrimitive;
import com.google.gson.Strictness;
import com.google.gson.stream.JsonReader;
import com.google.gson.stream.JsonToken;
import java.io.IOException;
import java.io.StringReader;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.eclipse.lsp4j.jsonrpc.messages.Either;
import org.eclipse.lsp4j.jsonrpc.messages.Message;
import org.eclipse.lsp4j.jsonrpc.messages.NotificationMessage;
import org.eclipse.lsp4j.jsonrpc.messages.RequestMessage;
import org.eclipse.lsp4j.jsonrpc.messages.ResponseError;
import org.eclipse.lsp4j.jsonrpc.messages.ResponseErrorCode;
import org.eclipse.lsp4j.jsonrpc.messages.ResponseMessage;
import org.jspecify.annotations.Nullable;

/**
 * Reads message bodies. Parameters and results stay JSON trees; whoever handles a method knows what it needs of them.
 */
final class MessageReader {

    /** A body that is no message, with what the sender is told (under the id {@code null}). */
    static final class NotAMessage extends Exception {
        private static final long serialVersionUID = 1;
        private final transient ResponseError error;

        NotAMessage(ResponseErrorCode code, String message) {
            super(message);
            this.error = new ResponseError(code, message, null);
        }

        ResponseError error() {
            return error;
        }
    }

    private MessageReader() {}

    /**
     * Returns the message of a body.
     *
     * @throws NotAMessage if it is none
     */
    static Message read(byte[] body) throws NotAMessage {
        JsonElement json = parse(decode(body));
        if (json.isJsonArray()) {
            throw new NotAMessage(ResponseErrorCode.InvalidRequest, "LSP has no batches");
        }
        if (!json.isJsonObject()) {
            throw new NotAMessage(ResponseErrorCode.InvalidRequest, "a message is a JSON object");
        }
        return message(json.getAsJsonObject());
    }

    private static String decode(byte[] body) throws NotAMessage {
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .onMalformedInput(CodingErrorAction.REPORT)
                    .onUnmappableCharacter(CodingErrorAction.REPORT)
                    .decode(ByteBuffer.wrap(body))
                    .toString();
        } catch (CharacterCodingException e) {
            throw new NotAMessage(ResponseErrorCode.ParseError, "the message is not UTF-8");
        }
    }

    private static JsonElement parse(String text) throws NotAMessage {
        try {
            JsonReader reader = new JsonReader(new StringReader(text));
            reader.setStrictness(Strictness.STRICT);
            JsonElement json = JsonParser.parseReader(reader);
            // Of no text at all the parser makes a null.
            if (reader.peek() == JsonToken.END_DOCUMENT && !text.isBlank()) {
                return json;
            }
        } catch (JsonParseException | IOException e) {
            throw new NotAMessage(ResponseErrorCode.ParseError, "the message is not JSON");
        }
        throw new NotAMessage(ResponseErrorCode.ParseError, "the message is not one JSON value");
    }

    private static Message message(JsonObject json) throws NotAMessage {
        JsonElement method = json.get("method");
        JsonElement id = json.get("id");
        if (method == null) {
            if (id == null || !(json.has("result") || json.has("error"))) {
                throw new NotAMessage(ResponseErrorCode.InvalidRequest, "a message has no method");
            }
            return response(json, id);
        }
        if (!Json.isString(method)) {
            throw new NotAMessage(ResponseErrorCode.InvalidRequest, "the method is not a string");
        }
        if (id == null) {
            NotificationMessage notification = new NotificationMessage();
            notification.setMethod(method.getAsString());
            notification.setParams(params(json));
            return notification;
        }
        RequestMessage request = new RequestMessage();
        request.setRawId(id(id).orElseThrow(() ->
                new NotAMessage(ResponseErrorCode.InvalidRequest, "the id is neither string nor number")));
        request.setMethod(method.getAsString());
        request.setParams(params(json));
        return request;
    }

    private static ResponseMessage response(JsonObject json, JsonElement id) {
        ResponseMessage response = new ResponseMessage();
        id(id).ifPresent(response::setRawId);
        JsonElement error = json.get("error");
        if (error != null && !error.isJsonNull()) {
            // What a client's error says in detail plays no part here.
            response.setError(new ResponseError(ResponseErrorCode.RequestFailed, Json.string(error, "message"), null));
        } else {
            response.setResult(json.get("result"));
        }
        return response;
    }

    private static @Nullable JsonElement params(JsonObject json) {
        JsonElement params = json.get("params");
        return params == null || params.isJsonNull() ? null : params;
    }

    /** Returns an id in a form that can be compared: whole numbers as {@code Long}. */
    static Optional<Either<String, Number>> id(@Nullable JsonElement id) {
        if (!(id instanceof JsonPrimitive primitive) || primitive.isBoolean()) {
            return Optional.empty();
        }
        if (primitive.isString()) {
            return Optional.of(Either.forLeft(primitive.getAsString()));
        }
        try {
            return Optional.of(Either.forRight(Long.parseLong(primitive.getAsString())));
        } catch (NumberFormatException e) {
            double number = primitive.getAsDouble();
            return Double.isInfinite(number) ? Optional.empty() : Optional.of(Either.forRight(number));
        }
    }
}
