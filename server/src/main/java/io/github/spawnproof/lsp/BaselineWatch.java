package io.github.spawnproof.lsp;

import io.github.spawnproof.workspace.BaselineFile;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.eclipse.lsp4j.MessageType;

/** Has the client watch the baselines that settings name, and says which of them cannot be used. For any number of threads. */
final class BaselineWatch {

    private final Client client;
    private final boolean watches;
    private final Set<Path> watched = ConcurrentHashMap.newKeySet();
    private final Map<Path, String> problems = new ConcurrentHashMap<>();

    /** @param watches whether the client can be asked to watch files */
    BaselineWatch(Client client, boolean watches) {
        this.client = client;
        this.watches = watches;
    }

    /** Takes notice of a baseline in force. */
    void use(BaselineFile baseline) {
        Path path = baseline.path();
        if (watches && watched.add(path)) {
            client.watchFiles("spawnproof-baseline-" + path, List.of("**/" + path.getFileName()));
        }
        String problem = baseline.problem().orElse("");
        String before = problems.put(path, problem);
        if (!problem.isEmpty() && !problem.equals(before)) {
            client.log(MessageType.Warning, "the baseline %s %s; all findings are shown".formatted(path, problem));
        }
    }
}
