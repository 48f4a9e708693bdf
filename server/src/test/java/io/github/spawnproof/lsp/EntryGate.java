package io.github.spawnproof.lsp;

import io.github.spawnproof.python.PythonModule;
import io.github.spawnproof.rule.Fault;
import io.github.spawnproof.rule.PythonRule;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/**
 * A rule for tests: finds nothing, but holds the analysis of a text with {@code WAIT} until the test lets it go on, and
 * throws at {@code CRASH}. Its id makes it the first rule, so that the analysis polls for cancellation after it.
 */
public final class EntryGate implements PythonRule {

    private static final long PATIENCE_SECONDS = 30;

    private final BlockingQueue<String> entered = new LinkedBlockingQueue<>();
    private final Semaphore permits = new Semaphore(0);
    private final List<String> texts = new CopyOnWriteArrayList<>();

    @Override
    public void check(PythonModule module, Consumer<Fault> faults) {
        String text = module.source().text();
        texts.add(text);
        if (text.contains("CRASH")) {
            throw new IllegalStateException("secret text of the document");
        }
        if (text.contains("WAIT")) {
            entered.add(text);
            try {
                if (!permits.tryAcquire(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
                    throw new IllegalStateException("nobody opened the gate");
                }
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
    }

    /** Waits until the analysis of a text is at the gate, and returns the text. */
    String awaitEntered() throws InterruptedException {
        String text = entered.poll(PATIENCE_SECONDS, TimeUnit.SECONDS);
        if (text == null) {
            throw new AssertionError("no analysis came to the gate");
        }
        return text;
    }

    void letOneGo() {
        permits.release();
    }

    /** Returns the texts whose analysis was begun, in order. */
    List<String> texts() {
        return texts;
    }
}
