package io.github.spawnproof.lsp;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * The open documents, and which of them wait for analysis: the one structure that threads share.
 *
 * <p>The reader thread puts states in, the worker takes them out; each waits at most once, in its newest state. A newer
 * state stops the running analysis of an older one, unless the document has been in work for {@link
 * #FINISH_AFTER_MILLIS}: then the older is finished and published, so that who types without a pause still sees
 * diagnostics.
 */
final class DocumentStore {

    static final long FINISH_AFTER_MILLIS = 400;

    private final LongSupplier nanoClock;
    private final Map<String, OpenDocument> open = new HashMap<>();
    /** Which notebook each cell is in, by keys. */
    private final Map<String, String> notebookOf = new HashMap<>();
    /** Open documents in languages that are not ours. */
    private final Set<String> foreign = new HashSet<>();
    /** Changed documents come before those that only wait for new settings: somebody is looking at them. */
    private final Set<String> changed = new LinkedHashSet<>();

    private final Set<String> outdated = new LinkedHashSet<>();
    /** When work began on the documents that have had no result since; stopped analyses count. */
    private final Map<String, Long> inWorkSinceNanos = new HashMap<>();

    private @Nullable OpenDocument running;
    private long lastRevision;
    private boolean shutDown;

    DocumentStore(LongSupplier nanoClock) {
        this.nanoClock = nanoClock;
    }

    /** Notes a document that is not ours, so that its changes are no surprise. */
    synchronized void openForeign(DocumentUri uri) {
        foreign.add(uri.key());
    }

    /** Opens a document; one that is open already is replaced. */
    synchronized void open(OpenDocument.Content content) {
        foreign.remove(content.uri().key());
        long revision = ++lastRevision;
        put(new OpenDocument(content, revision, revision), true, true);
    }

    /** What became of a change. */
    enum Change {
        APPLIED,
        FOREIGN,
        NOT_OPEN
    }

    /** Replaces what a document holds. Called by the reader thread alone, so nothing comes between. */
    Change change(DocumentUri uri, UnaryOperator<OpenDocument.Content> edit) {
        Optional<OpenDocument> before = find(uri);
        if (before.isEmpty()) {
            synchronized (this) {
                return foreign.contains(uri.key()) ? Change.FOREIGN : Change.NOT_OPEN;
            }
        }
        OpenDocument.Content content = edit.apply(before.get().content());
        synchronized (this) {
            put(new OpenDocument(content, before.get().session(), ++lastRevision), true, false);
        }
        return Change.APPLIED;
    }

    /** Closes a document; returns whether it was open. {@code onClosed} runs before anything else is published. */
    synchronized boolean close(DocumentUri uri, Consumer<OpenDocument> onClosed) {
        OpenDocument document = open.remove(uri.key());
        if (document == null) {
            return foreign.remove(uri.key());
        }
        document.parts().forEach(part -> notebookOf.remove(part.uri().key()));
        changed.remove(uri.key());
        outdated.remove(uri.key());
        inWorkSinceNanos.remove(uri.key());
        abandon(document, true);
        onClosed.accept(document);
        return true;
    }

    /** Queues all documents again, since what they are judged by has changed. */
    synchronized void renewAll() {
        new ArrayList<>(open.values()).forEach(this::renew);
    }

    /** Queues a document again, if it is open. */
    synchronized void renew(DocumentUri uri) {
        find(uri).ifPresent(this::renew);
    }

    private void renew(OpenDocument document) {
        put(new OpenDocument(document.content(), document.session(), ++lastRevision), false, true);
    }

    private void put(OpenDocument document, boolean isChange, boolean force) {
        if (shutDown) {
            return;
        }
        String key = document.uri().key();
        OpenDocument before = open.put(key, document);
        if (before != null) {
            before.parts().forEach(part -> notebookOf.remove(part.uri().key()));
            abandon(before, force);
        }
        if (document.isNotebook()) {
            document.parts().forEach(part -> notebookOf.put(part.uri().key(), key));
        }
        if (isChange) {
            outdated.remove(key);
            changed.add(key);
        } else if (!changed.contains(key)) {
            outdated.add(key);
        }
        notifyAll();
    }

    /** Ends the work on a state that is not the newest any more. */
    private void abandon(OpenDocument document, boolean force) {
        String key = document.uri().key();
        if (running == null || !running.uri().key().equals(key)) {
            document.result().cancel(false);
            return;
        }
        if (running != document) {
            // The running analysis is of a still older state, and was let live before.
            document.result().cancel(false);
        }
        long since = inWorkSinceNanos.getOrDefault(key, nanoClock.getAsLong());
        if (force || nanoClock.getAsLong() - since < FINISH_AFTER_MILLIS * 1_000_000) {
            running.cancelAnalysis();
            running.result().cancel(false);
        }
    }

    /** Returns the open document of a URI: its own, or that of a cell. */
    synchronized Optional<OpenDocument> find(DocumentUri uri) {
        return Optional.ofNullable(open.get(notebookOf.getOrDefault(uri.key(), uri.key())));
    }

    /**
     * Returns the next document to analyse; blocks until there is one. Empty after {@link #shutDown()}.
     *
     * @throws InterruptedException if the thread is interrupted
     */
    synchronized Optional<OpenDocument> take() throws InterruptedException {
        while (!shutDown && changed.isEmpty() && outdated.isEmpty()) {
            wait();
        }
        if (shutDown) {
            return Optional.empty();
        }
        Set<String> queue = changed.isEmpty() ? outdated : changed;
        String key = queue.iterator().next();
        queue.remove(key);
        running = open.get(key);
        inWorkSinceNanos.putIfAbsent(key, nanoClock.getAsLong());
        return Optional.ofNullable(running);
    }

    /** Ends the work on what was taken; {@code publish} runs unless the result came too late to be wanted. */
    synchronized void finished(OpenDocument document, Runnable publish) {
        running = null;
        if (!document.isUnwanted()) {
            inWorkSinceNanos.remove(document.uri().key());
            publish.run();
        }
    }

    /** Ends the work on what was taken and then was not wanted any more. */
    synchronized void stopped() {
        running = null;
    }

    /** Stops all work, for good. */
    synchronized void shutDown() {
        shutDown = true;
        for (OpenDocument document : open.values()) {
            document.cancelAnalysis();
            document.result().cancel(false);
        }
        if (running != null) {
            running.cancelAnalysis();
            running.result().cancel(false);
        }
        notifyAll();
    }
}
