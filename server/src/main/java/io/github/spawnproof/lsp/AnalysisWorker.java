package io.github.spawnproof.lsp;

import io.github.spawnproof.analysis.AnalysisResult;
import io.github.spawnproof.analysis.Analyzer;
import io.github.spawnproof.project.Project;
import io.github.spawnproof.source.Cancelled;
import io.github.spawnproof.source.Language;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.function.Supplier;
import org.eclipse.lsp4j.MessageType;

/** Analyses one waiting document after the other, on a thread of its own, until the store is shut down. */
final class AnalysisWorker implements Runnable {

    /** Longer texts are not analysed; nobody writes them by hand. */
    static final int MAX_TEXT_LENGTH = 2 * 1024 * 1024;

    private final DocumentStore store;
    private final Supplier<Analyzer> analyzer;
    private final Function<OpenDocument, Project> projects;
    private final BiFunction<OpenDocument, Optional<AnalysisResult>, Runnable> publisher;
    private final Client client;
    /** The openings of documents that were said to be too long. */
    private final Set<Long> toldTooLong = new HashSet<>();

    /**
     * @param publisher makes of a result, empty for a document that cannot be analysed, what publishes it; that runs
     *     under the store's lock and must not take long
     */
    AnalysisWorker(
            DocumentStore store,
            Supplier<Analyzer> analyzer,
            Function<OpenDocument, Project> projects,
            BiFunction<OpenDocument, Optional<AnalysisResult>, Runnable> publisher,
            Client client) {
        this.store = store;
        this.analyzer = analyzer;
        this.projects = projects;
        this.publisher = publisher;
        this.client = client;
    }

    @Override
    public void run() {
        try {
            for (Optional<OpenDocument> next = store.take(); next.isPresent(); next = store.take()) {
                work(next.get());
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void work(OpenDocument document) {
        long startNanos = System.nanoTime();
        Optional<AnalysisResult> result;
        Runnable publication;
        try {
            result = analyse(document);
            publication = publisher.apply(document, result);
        } catch (Cancelled e) {
            store.stopped();
            client.trace("Stopped the analysis of " + name(document), "");
            return;
        } catch (RuntimeException | StackOverflowError e) {
            // A mistake of ours, and of the front end: a rule that throws is a failure within the result.
            client.mistake("the analysis of " + name(document) + " failed", e);
            result = Optional.empty();
            publication = publisher.apply(document, result);
        }
        store.finished(document, publication);
        document.result().complete(result);
        client.trace(
                "Analysed " + name(document) + " in " + (System.nanoTime() - startNanos) / 1_000_000 + " ms",
                result.map(r -> r.findings().size() + " findings").orElse("no result"));
    }

    private Optional<AnalysisResult> analyse(OpenDocument document) {
        if (document.snapshot().language() == Language.TEXT) {
            // However long, since only a hover reads it; and no setting counts.
            return Optional.of(analyzer.get().analyze(document.snapshot(), Project.DEFAULT, document.token()));
        } else if (document.snapshot().source().length() > MAX_TEXT_LENGTH) {
            if (toldTooLong.add(document.session())) {
                client.log(MessageType.Warning, name(document) + " is longer than 2 MB and is not analysed");
            }
            return Optional.empty();
        }
        return Optional.of(analyzer.get().analyze(document.snapshot(), projects.apply(document), document.token()));
    }

    private static String name(OpenDocument document) {
        return document.uri().spelling() + " version " + document.snapshot().version();
    }
}
