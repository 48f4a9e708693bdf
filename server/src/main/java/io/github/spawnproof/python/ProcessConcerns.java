package io.github.spawnproof.python;

import io.github.spawnproof.boundary.BoundaryTable;
import io.github.spawnproof.project.PythonSources;
import io.github.spawnproof.source.DocumentSnapshot;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Which files may have to do with processes through what they import, themselves or through others. */
final class ProcessConcerns {

    /** What a file imports. */
    private record Imports(List<String> names, String folder) {}

    private final PythonSources sources;
    private final BoundaryTable library;
    private final ModulePaths paths;
    /** What is known of modules. */
    private final Map<String, Boolean> concerned = new HashMap<>();
    /** The modules that were looked at, as they were. */
    private final Map<String, DocumentSnapshot> looked = new HashMap<>();
    /** The files that asked and were told that they have nothing to do with processes. */
    private final Map<String, Imports> unconcerned = new HashMap<>();

    ProcessConcerns(PythonSources sources, BoundaryTable library, ModulePaths paths) {
        this.sources = sources;
        this.library = library;
        this.paths = paths;
    }

    /** Tells whether a file with a text may have to do with processes; whoever asks may be told otherwise later. */
    boolean ask(String text, String folder, String asker) {
        Imports imports = new Imports(ImportedNames.of(text), folder);
        boolean concerns = mayConcern(imports);
        if (concerns) {
            unconcerned.remove(asker);
        } else {
            unconcerned.put(asker, imports);
        }
        return concerns;
    }

    /** Forgets what is known, and returns the askers to whom now another answer would be given. */
    Set<String> askAgain() {
        concerned.clear();
        Set<String> now = new HashSet<>();
        unconcerned.forEach((asker, imports) -> {
            if (mayConcern(imports)) {
                now.add(asker);
            }
        });
        unconcerned.keySet().removeAll(now);
        return now;
    }

    /** Tells whether a module that was looked at has changed since. */
    boolean haveChanged() {
        boolean changed = false;
        for (Map.Entry<String, DocumentSnapshot> entry : looked.entrySet()) {
            changed |= sources.module(entry.getKey())
                    .filter(entry.getValue()::equals)
                    .isEmpty();
        }
        if (changed) {
            looked.clear();
        }
        return changed;
    }

    private boolean mayConcern(Imports imports) {
        return imports.names().stream()
                .anyMatch(name -> !library.isOfLibrary(name)
                        && paths.find(name, imports.folder())
                                .filter(this::mayConcern)
                                .isPresent());
    }

    private boolean mayConcern(ModulePaths.Found first) {
        Set<String> visited = new HashSet<>();
        Deque<String> open = new ArrayDeque<>(List.of(first.path()));
        while (!open.isEmpty()) {
            String path = open.remove();
            if (!visited.add(path) || Boolean.FALSE.equals(concerned.get(path)) || !sources.mayConcern(path)) {
                continue;
            }
            Optional<DocumentSnapshot> snapshot = sources.module(path);
            snapshot.ifPresent(found -> looked.put(path, found));
            String text = snapshot.map(found -> found.source().text()).orElse("");
            if (Boolean.TRUE.equals(concerned.get(path)) || library.mayOccurIn(text)) {
                concerned.put(path, true);
                concerned.put(first.path(), true);
                return true;
            }
            if (snapshot.isPresent()) {
                for (String name : ImportedNames.of(text)) {
                    if (!library.isOfLibrary(name)) {
                        paths.find(name, ModulePaths.folderOf(path, snapshot.get()))
                                .ifPresent(found -> open.add(found.path()));
                    }
                }
            }
        }
        visited.forEach(path -> concerned.putIfAbsent(path, false));
        return false;
    }
}
