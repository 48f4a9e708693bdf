package io.github.spawnproof.lsp;

import io.github.spawnproof.analysis.AnalysisResult;
import io.github.spawnproof.source.CancelToken;
import io.github.spawnproof.source.DocumentSnapshot;
import io.github.spawnproof.source.Language;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;

/** One state of an open document, with the result of its analysis once that is there. */
final class OpenDocument {

    /**
     * What a document holds.
     *
     * @param parts the texts that the client knows it by: the document itself, or the cells of a notebook
     */
    record Content(DocumentUri uri, DocumentSnapshot snapshot, List<TextPart> parts) {

        Content {
            parts = List.copyOf(parts);
        }

        /** Returns a document that is one text. */
        static Content of(DocumentUri uri, DocumentSnapshot snapshot) {
            return new Content(uri, snapshot, List.of(new TextPart(uri, snapshot.version(), snapshot.source(), 0)));
        }
    }

    private final Content content;
    private final long session;
    private final long revision;
    private final AtomicBoolean unwanted = new AtomicBoolean();
    private final CompletableFuture<Optional<AnalysisResult>> result = new CompletableFuture<>();

    /**
     * @param session tells one opening of a document from the next
     * @param revision grows with each state of any document
     */
    OpenDocument(Content content, long session, long revision) {
        this.content = content;
        this.session = session;
        this.revision = revision;
    }

    Content content() {
        return content;
    }

    DocumentUri uri() {
        return content.uri();
    }

    DocumentSnapshot snapshot() {
        return content.snapshot();
    }

    List<TextPart> parts() {
        return content.parts();
    }

    /** Tells whether it is a notebook, whose texts are its cells. */
    boolean isNotebook() {
        return snapshot().language() == Language.NOTEBOOK;
    }

    /** Returns the part that the client calls so; empty if there is none any more. */
    Optional<TextPart> part(DocumentUri uri) {
        return parts().stream()
                .filter(part -> part.uri().key().equals(uri.key()))
                .findFirst();
    }

    /** Returns the part that an offset of the document lies in; only a notebook without code has none. */
    TextPart partAt(int offset) {
        TextPart found = parts().get(0);
        for (TextPart part : parts()) {
            if (part.base() <= offset) {
                found = part;
            }
        }
        return found;
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
