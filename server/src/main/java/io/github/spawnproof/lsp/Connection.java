package io.github.spawnproof.lsp;

import com.google.gson.JsonElement;
import com.google.gson.JsonNull;
import com.google.gson.JsonObject;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import org.eclipse.lsp4j.TraceValue;
import org.eclipse.lsp4j.jsonrpc.MessageConsumer;
import org.eclipse.lsp4j.jsonrpc.ResponseErrorException;
import org.eclipse.lsp4j.jsonrpc.messages.Either;
import org.eclipse.lsp4j.jsonrpc.messages.Message;
import org.eclipse.lsp4j.jsonrpc.messages.NotificationMessage;
import org.eclipse.lsp4j.jsonrpc.messages.RequestMessage;
import org.eclipse.lsp4j.jsonrpc.messages.ResponseError;
import org.eclipse.lsp4j.jsonrpc.messages.ResponseErrorCode;
import org.eclipse.lsp4j.jsonrpc.messages.ResponseMessage;
import org.jspecify.annotations.Nullable;

/**
 * Hands incoming messages to whoever handles their method, and matches answers with requests, in both directions.
 *
 * <p>A cancelled request is answered with -32800 at once; whoever works on it finds its future cancelled.
 */
final class Connection implements MessageConsumer {

    static final String CANCEL = "$/cancelRequest";

    /** Answers a request; called on the reader thread, so it must not take long itself. */
    @FunctionalInterface
    interface RequestHandler {
        CompletableFuture<?> answer(@Nullable JsonElement params);
    }

    /** Takes a notification; called on the reader thread, in the order of the messages. */
    @FunctionalInterface
    interface NotificationHandler {
        void receive(@Nullable JsonElement params);
    }

    private final MessageConsumer out;
    private final ServerLog log;
    private final Map<String, RequestHandler> requests = new HashMap<>();
    private final Map<String, NotificationHandler> notifications = new HashMap<>();
    private final Map<Either<String, Number>, CompletableFuture<?>> received = new ConcurrentHashMap<>();
    private final Map<Either<String, Number>, Consumer<Optional<JsonElement>>> sent = new ConcurrentHashMap<>();
    private final AtomicInteger lastSentId = new AtomicInteger();
    private volatile String trace = TraceValue.Off;

    Connection(MessageConsumer out, ServerLog log) {
        this.out = out;
        this.log = log;
        onNotification(CANCEL, this::cancel);
    }

    void onRequest(String method, RequestHandler handler) {
        requests.put(method, handler);
    }

    void onNotification(String method, NotificationHandler handler) {
        notifications.put(method, handler);
    }

    /** Sets what {@code $/logTrace} tells: off, messages or verbose. */
    void trace(String level) {
        trace = level;
    }

    boolean isTracing() {
        return !trace.equals(TraceValue.Off);
    }

    /** Tells the client what the server is doing, if it wants to know. */
    void logTrace(String message, String verbose) {
        if (isTracing()) {
            JsonObject params = new JsonObject();
            params.addProperty("message", message);
            if (trace.equals(TraceValue.Verbose) && !verbose.isEmpty()) {
                params.addProperty("verbose", verbose);
            }
            notify("$/logTrace", params);
        }
    }

    void notify(String method, Object params) {
        NotificationMessage notification = new NotificationMessage();
        notification.setMethod(method);
        notification.setParams(params);
        out.consume(notification);
    }

    /** @param onAnswer takes the client's answer, on the reader thread; empty if it answered with an error */
    void request(String method, @Nullable Object params, Consumer<Optional<JsonElement>> onAnswer) {
        RequestMessage request = new RequestMessage();
        Either<String, Number> id = Either.forRight((long) lastSentId.incrementAndGet());
        request.setRawId(id);
        request.setMethod(method);
        request.setParams(params);
        sent.put(id, onAnswer);
        out.consume(request);
    }

    @Override
    public void consume(Message message) {
        if (message instanceof RequestMessage request) {
            consumeRequest(request);
        } else if (message instanceof NotificationMessage notification) {
            consumeNotification(notification);
        } else if (message instanceof ResponseMessage response) {
            consumeResponse(response);
        }
    }

    /** Hands a request to its handler; returns whether that took it, rather than finding it wrong. */
    boolean consumeRequest(RequestMessage request) {
        long startNanos = System.nanoTime();
        String name = request.getMethod() + " (" + request.getId() + ")";
        logTrace("Received request " + name, "");
        RequestHandler handler = requests.get(request.getMethod());
        if (handler == null) {
            reject(request, ResponseErrorCode.MethodNotFound, "no such method: " + request.getMethod());
            return false;
        }
        CompletableFuture<?> answer;
        try {
            answer = handler.answer((JsonElement) request.getParams());
        } catch (RuntimeException e) {
            reject(request, error(request.getMethod(), e));
            return false;
        }
        received.put(request.getRawId(), answer);
        var unused = answer.whenComplete((result, failure) -> {
            received.remove(request.getRawId(), answer);
            if (failure == null) {
                out.consume(response(request, result));
            } else {
                reject(request, error(request.getMethod(), failure));
            }
            logTrace("Answered request " + name + " after " + (System.nanoTime() - startNanos) / 1_000_000 + " ms", "");
        });
        return true;
    }

    private ResponseError error(String method, Throwable failure) {
        Throwable cause = failure instanceof CompletionException wrapped && wrapped.getCause() != null
                ? wrapped.getCause()
                : failure;
        if (cause instanceof ResponseErrorException known) {
            return known.getResponseError();
        }
        if (cause instanceof CancellationException) {
            return new ResponseError(ResponseErrorCode.RequestCancelled, "cancelled", null);
        }
        log.failure("the request " + method + " failed", cause);
        return new ResponseError(ResponseErrorCode.InternalError, "internal error; see the server's log", null);
    }

    private static ResponseMessage response(RequestMessage request, @Nullable Object result) {
        ResponseMessage response = new ResponseMessage();
        response.setRawId(request.getRawId());
        // Null, not JsonNull: LSP4J writes the one and leaves out the other.
        response.setResult(result instanceof Optional<?> optional ? optional.orElse(null) : result);
        return response;
    }

    void reject(RequestMessage request, ResponseErrorCode code, String message) {
        reject(request, new ResponseError(code, message, null));
    }

    private void reject(RequestMessage request, ResponseError error) {
        ResponseMessage response = new ResponseMessage();
        response.setRawId(request.getRawId());
        response.setError(error);
        out.consume(response);
    }

    /** Answers what was no message, and so has no id. */
    void reject(ResponseError error) {
        log.line("not a message: " + error.getMessage());
        ResponseMessage response = new ResponseMessage();
        response.setError(error);
        out.consume(response);
    }

    private void consumeNotification(NotificationMessage notification) {
        String method = notification.getMethod();
        logTrace("Received notification " + method, "");
        NotificationHandler handler = notifications.get(method);
        if (handler == null) {
            if (!method.startsWith("$/")) {
                log.line("no such notification: " + method);
            }
            return;
        }
        try {
            handler.receive((JsonElement) notification.getParams());
        } catch (ResponseErrorException e) {
            log.line("ignored " + method + ": " + e.getResponseError().getMessage());
        } catch (RuntimeException e) {
            log.failure("the notification " + method + " failed", e);
        }
    }

    private void consumeResponse(ResponseMessage response) {
        Consumer<Optional<JsonElement>> onAnswer =
                response.getRawId() == null ? null : sent.remove(response.getRawId());
        if (onAnswer == null) {
            log.line("an answer to no request");
        } else if (response.getError() != null) {
            onAnswer.accept(Optional.empty());
        } else {
            onAnswer.accept(
                    Optional.of(response.getResult() instanceof JsonElement result ? result : JsonNull.INSTANCE));
        }
    }

    private void cancel(@Nullable JsonElement params) {
        MessageReader.id(Json.at(params, "id")).map(received::get).ifPresent(answer -> answer.cancel(false));
    }
}
