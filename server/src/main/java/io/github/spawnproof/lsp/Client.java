package io.github.spawnproof.lsp;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonNull;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.eclipse.lsp4j.ConfigurationItem;
import org.eclipse.lsp4j.ConfigurationParams;
import org.eclipse.lsp4j.Diagnostic;
import org.eclipse.lsp4j.DidChangeWatchedFilesRegistrationOptions;
import org.eclipse.lsp4j.FileSystemWatcher;
import org.eclipse.lsp4j.MessageParams;
import org.eclipse.lsp4j.MessageType;
import org.eclipse.lsp4j.PublishDiagnosticsParams;
import org.eclipse.lsp4j.Registration;
import org.eclipse.lsp4j.RegistrationParams;
import org.eclipse.lsp4j.jsonrpc.messages.Either;

/** What the server says to the client of itself. Never blocks; safe for any number of threads. */
final class Client {

    private final Connection connection;
    private final ServerLog log;

    Client(Connection connection, ServerLog log) {
        this.connection = connection;
        this.log = log;
    }

    void publish(DocumentUri uri, Optional<Integer> version, List<Diagnostic> diagnostics) {
        PublishDiagnosticsParams params = new PublishDiagnosticsParams(uri.spelling(), diagnostics);
        version.ifPresent(params::setVersion);
        connection.notify("textDocument/publishDiagnostics", params);
    }

    /** Logs here and at the client. */
    void log(MessageType type, String message) {
        log.line(message);
        connection.notify("window/logMessage", new MessageParams(type, message));
    }

    /** Logs a mistake of ours, without any text of a document. */
    void mistake(String what, Throwable failure) {
        log(MessageType.Error, what + ": " + ServerLog.describe(failure));
    }

    void trace(String message, String verbose) {
        connection.logTrace(message, verbose);
    }

    /** Asks for the editor's settings; hands on {@code null} as JSON if it has none. */
    void configuration(String section, Consumer<JsonElement> onAnswer) {
        ConfigurationItem item = new ConfigurationItem();
        item.setSection(section);
        connection.request("workspace/configuration", new ConfigurationParams(List.of(item)), answer -> {
            if (answer.isPresent()) {
                boolean one = answer.get() instanceof JsonArray array && !array.isEmpty();
                onAnswer.accept(one ? answer.get().getAsJsonArray().get(0) : JsonNull.INSTANCE);
            } else {
                log.line("the client did not tell its settings");
            }
        });
    }

    /** Asks the client to send certain notifications; one that refuses is no reason to stop. */
    void register(Registration registration) {
        connection.request("client/registerCapability", new RegistrationParams(List.of(registration)), answer -> {
            if (answer.isEmpty()) {
                log.line("the client refused to register " + registration.getMethod());
            }
        });
    }

    /** Asks the client to tell when files change that a glob pattern matches. */
    void watchFiles(String id, List<String> patterns) {
        List<FileSystemWatcher> watchers = patterns.stream()
                .map(pattern -> new FileSystemWatcher(Either.forLeft(pattern)))
                .toList();
        register(new Registration(
                id, "workspace/didChangeWatchedFiles", new DidChangeWatchedFilesRegistrationOptions(watchers)));
    }

    /** Asks the client to pull diagnostics again. */
    void refreshDiagnostics() {
        connection.request("workspace/diagnostic/refresh", null, answer -> {});
    }
}
