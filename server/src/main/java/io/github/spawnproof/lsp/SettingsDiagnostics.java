package io.github.spawnproof.lsp;

import io.github.spawnproof.project.Settings;
import io.github.spawnproof.source.DocumentSnapshot;
import io.github.spawnproof.source.Language;
import io.github.spawnproof.workspace.SettingsFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.eclipse.lsp4j.Diagnostic;

/**
 * Publishes what is wrong with the settings files in force, whether anybody has them open or not. Safe for any number of
 * threads.
 */
final class SettingsDiagnostics {

    private final Client client;
    private final Diagnostics diagnostics;
    private final Map<Path, List<Diagnostic>> published = new HashMap<>();

    SettingsDiagnostics(Client client, Diagnostics diagnostics) {
        this.client = client;
        this.diagnostics = diagnostics;
    }

    /**
     * Takes notice of a settings file in force; cheap if nothing is wrong with it.
     *
     * @param settings those in force, which say what is shown of the findings
     */
    synchronized void use(SettingsFile file, Settings settings) {
        DocumentUri uri = uri(file.path());
        OpenDocument document = new OpenDocument(
                OpenDocument.Content.of(uri, DocumentSnapshot.of(uri.spelling(), Language.TEXT, 0, file.source())),
                0,
                0);
        List<Diagnostic> shown = settings.shown(file.problems()).stream()
                .map(finding -> diagnostics.of(document, finding))
                .toList();
        if (shown.isEmpty()) {
            end(file.path());
        } else if (!shown.equals(published.put(file.path(), shown))) {
            client.publish(uri, Optional.empty(), shown);
        }
    }

    private static DocumentUri uri(Path file) {
        return DocumentUri.of(file.toUri().toString());
    }

    /** Ends what was published for files that are not there any more; for the moment after files have come or gone. */
    synchronized void filesChanged() {
        List.copyOf(published.keySet()).stream()
                .filter(path -> !Files.isRegularFile(path))
                .forEach(this::end);
    }

    private void end(Path path) {
        if (published.remove(path) != null) {
            client.publish(uri(path), Optional.empty(), List.of());
        }
    }
}
