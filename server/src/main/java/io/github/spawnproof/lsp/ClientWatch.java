package io.github.spawnproof.lsp;

import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.LongConsumer;

/** Notices the end of the client's process. */
final class ClientWatch {

    /**
     * How often to look, beside being told. For a process that is no child, {@code ProcessHandle.onExit} looks in ever
     * longer intervals, up to 5 s (JDK 17 and 25, {@code ProcessHandleImpl.completion}); we promise 3 s.
     */
    private static final long LOOK_EVERY_MILLIS = 2_000;

    private final ThreadFactory threads;
    private final LongConsumer onGone;

    /** @param onGone takes the id of the process that has ended */
    ClientWatch(ThreadFactory threads, LongConsumer onGone) {
        this.threads = threads;
        this.onGone = onGone;
    }

    /** Watches a process; one that is not there has ended. */
    void start(long processId) {
        Optional<ProcessHandle> process = ProcessHandle.of(processId);
        if (process.isEmpty()) {
            onGone.accept(processId);
            return;
        }
        threads.newThread(() -> {
                    awaitEnd(process.get());
                    onGone.accept(processId);
                })
                .start();
    }

    private static void awaitEnd(ProcessHandle process) {
        CompletableFuture<ProcessHandle> end = process.onExit();
        while (process.isAlive()) {
            try {
                end.get(LOOK_EVERY_MILLIS, TimeUnit.MILLISECONDS);
            } catch (TimeoutException notToldYet) {
                // Looks again.
            } catch (ExecutionException e) {
                return;
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return;
            }
        }
    }
}
