package io.github.spawnproof.lsp;

import java.io.OutputStream;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadFactory;
import org.eclipse.lsp4j.jsonrpc.JsonRpcException;
import org.eclipse.lsp4j.jsonrpc.MessageConsumer;
import org.eclipse.lsp4j.jsonrpc.json.MessageJsonHandler;
import org.eclipse.lsp4j.jsonrpc.json.StreamMessageConsumer;
import org.eclipse.lsp4j.jsonrpc.messages.Message;

/**
 * The one writer of the protocol, on a thread of its own: a client that is slow to read holds up nobody else.
 *
 * <p>Messages must not be changed once they are handed in; they are put into JSON later.
 */
final class MessageWriter implements MessageConsumer {

    private final BlockingQueue<Optional<Message>> queue = new LinkedBlockingQueue<>();
    private final OutputStream out;
    private final ServerLog log;
    private final Runnable onBrokenPipe;
    private final Thread thread;

    /** @param onBrokenPipe called once if the client does not take messages any more */
    MessageWriter(OutputStream out, ThreadFactory threads, ServerLog log, Runnable onBrokenPipe) {
        this.out = out;
        this.log = log;
        this.onBrokenPipe = onBrokenPipe;
        this.thread = threads.newThread(this::write);
    }

    void start() {
        thread.start();
    }

    @Override
    public void consume(Message message) {
        queue.add(Optional.of(message));
    }

    /** Waits until all messages are written, but no longer than the given time. */
    void finish(long maxMillis) {
        queue.add(Optional.empty());
        try {
            thread.join(maxMillis);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void write() {
        // Made here, while the first request is still being read: it takes a good part of the time to the first answer.
        StreamMessageConsumer stream = new StreamMessageConsumer(out, new MessageJsonHandler(Map.of()));
        try {
            for (Optional<Message> next = queue.take(); next.isPresent(); next = queue.take()) {
                stream.consume(next.get());
            }
        } catch (JsonRpcException e) {
            log.line("the client takes no messages any more");
            onBrokenPipe.run();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
