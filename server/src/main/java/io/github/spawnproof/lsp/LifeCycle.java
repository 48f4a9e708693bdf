package io.github.spawnproof.lsp;

import java.util.function.IntConsumer;
import org.eclipse.lsp4j.jsonrpc.MessageConsumer;
import org.eclipse.lsp4j.jsonrpc.messages.Message;
import org.eclipse.lsp4j.jsonrpc.messages.NotificationMessage;
import org.eclipse.lsp4j.jsonrpc.messages.RequestMessage;
import org.eclipse.lsp4j.jsonrpc.messages.ResponseErrorCode;

/**
 * Lets through what the specification allows at the time: nothing but {@code initialize} before it, no second one, no
 * requests after {@code shutdown}; LSP 3.17, section Lifecycle Messages. Used by the reader thread alone.
 */
final class LifeCycle implements MessageConsumer {

    private enum Phase {
        BEFORE_INITIALIZE,
        RUNNING,
        SHUT_DOWN
    }

    private final Connection connection;
    private final IntConsumer exit;
    private Phase phase = Phase.BEFORE_INITIALIZE;

    /** @param exit takes the exit status when the client says {@code exit} */
    LifeCycle(Connection connection, IntConsumer exit) {
        this.connection = connection;
        this.exit = exit;
    }

    @Override
    public void consume(Message message) {
        if (message instanceof RequestMessage request) {
            request(request);
        } else if (message instanceof NotificationMessage notification) {
            notification(notification);
        } else if (phase != Phase.BEFORE_INITIALIZE) {
            connection.consume(message);
        }
    }

    private void request(RequestMessage request) {
        boolean initialize = request.getMethod().equals("initialize");
        switch (phase) {
            case BEFORE_INITIALIZE -> {
                if (!initialize) {
                    connection.reject(
                            request, ResponseErrorCode.ServerNotInitialized, "the server is not initialized yet");
                } else if (connection.consumeRequest(request)) {
                    phase = Phase.RUNNING;
                }
            }
            case RUNNING -> {
                if (initialize) {
                    connection.reject(request, ResponseErrorCode.InvalidRequest, "the server is initialized already");
                } else {
                    if (request.getMethod().equals("shutdown")) {
                        phase = Phase.SHUT_DOWN;
                    }
                    connection.consumeRequest(request);
                }
            }
            case SHUT_DOWN ->
                connection.reject(request, ResponseErrorCode.InvalidRequest, "the server is shutting down");
        }
    }

    private void notification(NotificationMessage notification) {
        if (notification.getMethod().equals("exit")) {
            exit.accept(phase == Phase.SHUT_DOWN ? 0 : 1);
        } else if (phase == Phase.RUNNING || notification.getMethod().equals(Connection.CANCEL)) {
            connection.consume(notification);
        }
    }
}
