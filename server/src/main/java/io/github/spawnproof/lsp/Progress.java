package io.github.spawnproof.lsp;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonPrimitive;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;

/** The work-done progress of one long task: what the client shows of it, if it shows any. */
final class Progress {

    private static final AtomicInteger LAST_TOKEN = new AtomicInteger();

    private final Connection connection;
    private final Optional<JsonElement> token;
    private int lastPercentage;

    private Progress(Connection connection, Optional<JsonElement> token) {
        this.connection = connection;
        this.token = token;
    }

    /**
     * Begins to show a task that can be cancelled.
     *
     * @param asked the token that came with the request, or JSON's null
     * @param onReady takes the progress when the client is ready to show it; at once, or on the reader thread
     */
    static void begin(
            Connection connection,
            ClientFeatures features,
            JsonElement asked,
            String title,
            Consumer<Progress> onReady) {
        if (Json.isString(asked) || Json.isNumber(asked)) {
            onReady.accept(new Progress(connection, Optional.of(asked)).begun(title));
        } else if (features.workDoneProgress()) {
            JsonElement token = new JsonPrimitive("spawnproof-" + LAST_TOKEN.incrementAndGet());
            JsonObject params = new JsonObject();
            params.add("token", token);
            connection.request(
                    "window/workDoneProgress/create",
                    params,
                    answer -> onReady.accept(new Progress(connection, answer.map(created -> token)).begun(title)));
        } else {
            onReady.accept(new Progress(connection, Optional.empty()));
        }
    }

    boolean hasToken(JsonElement other) {
        return token.equals(Optional.of(other));
    }

    private Progress begun(String title) {
        JsonObject value = new JsonObject();
        value.addProperty("title", title);
        value.addProperty("cancellable", true);
        value.addProperty("percentage", 0);
        send("begin", value);
        return this;
    }

    /** Shows how much is done, if that can be seen. */
    void report(int done, int total) {
        int percentage = 100 * done / total;
        if (percentage > lastPercentage) {
            lastPercentage = percentage;
            JsonObject value = new JsonObject();
            value.addProperty("message", done + " of " + total);
            value.addProperty("percentage", percentage);
            send("report", value);
        }
    }

    void end() {
        send("end", new JsonObject());
    }

    private void send(String kind, JsonObject value) {
        token.ifPresent(known -> {
            value.addProperty("kind", kind);
            JsonObject params = new JsonObject();
            params.add("token", known);
            params.add("value", value);
            connection.notify("$/progress", params);
        });
    }
}
