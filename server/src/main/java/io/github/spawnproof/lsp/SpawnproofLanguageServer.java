package io.github.spawnproof.lsp;

import com.google.gson.JsonElement;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.eclipse.lsp4j.TraceValue;
import org.jspecify.annotations.Nullable;

/** The server as its client sees it: the beginning and the end; what lies between is a {@link Session}. */
final class SpawnproofLanguageServer {

    private final ServerContext context;
    private final ClientWatch watch;
    /** Set by the reader; whoever ends the server reads it. */
    private volatile Optional<Session> session = Optional.empty();

    SpawnproofLanguageServer(ServerContext context, ClientWatch watch) {
        this.context = context;
        this.watch = watch;
        Connection connection = context.connection();
        connection.onRequest("initialize", this::initialize);
        connection.onRequest("shutdown", params -> shutDown());
        connection.onNotification("$/setTrace", params -> setTrace(Json.string(params, "value")));
    }

    private CompletableFuture<?> initialize(@Nullable JsonElement json) {
        Params params = Params.of(json);
        setTrace(Json.string(json, "trace"));
        ClientFeatures features = ClientFeatures.of(json);
        JsonElement processId = Json.at(json, "processId");
        if (Json.isNumber(processId)) {
            watch.start(params.integer("processId"));
        }
        Session started =
                new Session(context, features, WorkspaceFolders.of(json), Json.at(json, "initializationOptions"));
        started.start();
        session = Optional.of(started);
        return CompletableFuture.completedFuture(Capabilities.initializeResult(features, version()));
    }

    private static String version() {
        String version = SpawnproofLanguageServer.class.getPackage().getImplementationVersion();
        return version == null ? "development" : version;
    }

    private void setTrace(String level) {
        if (level.equals(TraceValue.Off) || level.equals(TraceValue.Messages) || level.equals(TraceValue.Verbose)) {
            context.connection().trace(level);
        }
    }

    private CompletableFuture<?> shutDown() {
        stop();
        return CompletableFuture.completedFuture(Optional.empty());
    }

    /** Stops all work. Called on the reader thread, or after it has ended. */
    void stop() {
        session.ifPresent(Session::shutDown);
    }
}
