package io.github.spawnproof.lsp;

import io.github.spawnproof.analysis.AnalysisResult;
import io.github.spawnproof.source.CancelToken;
import io.github.spawnproof.source.DocumentSnapshot;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;

/** One state of an open document, with the result of its analysis once that is there. */
final class OpenDocument {

    private final DocumentUri uri;
    private final DocumentSnapshot snapshot;
    private final long session;
    private final long revision;
    private final AtomicBoolean unwanted = new AtomicBoolean();
    private final CompletableFuture<Optional<AnalysisResult>> result = new CompletableFuture<>();

    /**
     * @param session tells one opening of a document from the next
     * @param revision grows with each state of any document
     */
    OpenDocument(DocumentUri uri, DocumentSnapshot snapshot, long session, long revision) {
        this.uri = uri;
        this.snapshot = snapshot;
        this.session = session;
        this.revision = revision;
    }

    DocumentUri uri() {
        return uri;
    }

    DocumentSnapshot snapshot() {
        return snapshot;
    }

    long session() {
        return session;
    }

    long revision() {
        return revision;
    }

    /** Returns the token of this state's analysis. */
    CancelToken token() {
        return new CancelToken(unwanted::get);
    }

    /** Tells whether the analysis of this state was to stop. */
    boolean isUnwanted() {
        return unwanted.get();
    }

    /** Makes a running analysis of this state stop at its next poll. */
    void cancelAnalysis() {
        unwanted.set(true);
    }

    /**
     * Returns what the analysis finds; empty if the document cannot be analysed. Completes with a
     * {@code CancellationException} if a newer state took its place before.
     */
    CompletableFuture<Optional<AnalysisResult>> result() {
        return result;
    }
}
