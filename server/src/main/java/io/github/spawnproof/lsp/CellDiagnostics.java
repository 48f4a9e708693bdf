package io.github.spawnproof.lsp;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.eclipse.lsp4j.Diagnostic;

/** Publishes the diagnostics of the cells of notebooks: only what is new, since most keys change one cell of many. */
final class CellDiagnostics {

    /** What was published for a cell. */
    private record Published(int version, List<Diagnostic> diagnostics) {}

    private final Client client;
    private final DocumentStore store;
    private final boolean withVersions;
    private final Map<String, Published> published = new ConcurrentHashMap<>();

    CellDiagnostics(Client client, DocumentStore store, boolean withVersions) {
        this.client = client;
        this.store = store;
        this.withVersions = withVersions;
    }

    /** Publishes the diagnostics of a cell, unless that has gone meanwhile or shows the same already. */
    void publish(TextPart cell, List<Diagnostic> shown) {
        Published fresh = new Published(cell.version(), shown);
        if (store.find(cell.uri()).isPresent()
                && !fresh.equals(published.put(cell.uri().key(), fresh))) {
            client.publish(cell.uri(), withVersions ? Optional.of(cell.version()) : Optional.empty(), shown);
        }
    }

    /** Ends what is published for a cell that is not there any more. */
    void end(TextPart cell) {
        if (published.remove(cell.uri().key()) != null) {
            client.publish(cell.uri(), Optional.empty(), List.of());
        }
    }
}
