package io.github.spawnproof.lsp;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The folders that the client has open, in its order: those that may be read, besides the folders of open documents.
 * The reader thread changes them; any thread may ask.
 */
final class WorkspaceFolders {

    private volatile List<Path> paths;

    private WorkspaceFolders(List<Path> paths) {
        this.paths = paths;
    }

    /** Returns the folders of {@code initialize}; where a client knows none, the root. */
    static WorkspaceFolders of(@Nullable JsonElement initializeParams) {
        List<Path> folders = read(Json.at(initializeParams, "workspaceFolders"));
        return new WorkspaceFolders(
                folders.isEmpty()
                        ? DocumentUri.of(Json.string(initializeParams, "rootUri")).path().stream()
                                .toList()
                        : folders);
    }

    /** Takes over what {@code workspace/didChangeWorkspaceFolders} says. */
    void change(@Nullable JsonElement params) {
        List<Path> changed = new ArrayList<>(paths);
        changed.removeAll(read(Json.at(params, "event", "removed")));
        for (Path added : read(Json.at(params, "event", "added"))) {
            if (!changed.contains(added)) {
                changed.add(added);
            }
        }
        paths = List.copyOf(changed);
    }

    /** Returns those that are folders of this machine. */
    private static List<Path> read(JsonElement folders) {
        List<Path> paths = new ArrayList<>();
        if (folders instanceof JsonArray array) {
            for (JsonElement folder : array) {
                DocumentUri.of(Json.string(folder, "uri")).path().ifPresent(paths::add);
            }
        }
        return List.copyOf(paths);
    }

    List<Path> paths() {
        return paths;
    }

    /** Returns the innermost one that a file lies in, else the file's own folder. */
    Path around(Path file) {
        return paths.stream()
                .filter(file::startsWith)
                .max(Comparator.comparingInt(Path::getNameCount))
                .or(() -> Optional.ofNullable(file.getParent()))
                .orElse(file);
    }

    /** Returns the first one; empty if the client opens single files. */
    Optional<Path> first() {
        return paths.stream().findFirst();
    }
}
