package io.github.spawnproof.python;

import io.github.spawnproof.boundary.BoundaryTable;
import io.github.spawnproof.project.ImportOutline;
import io.github.spawnproof.project.OutlineReader;
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

    /** How many modules of one package are looked at, at most. */
    private static final int MAX_OF_PACKAGE = 400;

    /** What a file imports. */
    private record Imports(List<String> names, ImportPlace from) {}

    /** Reads outlines without parsing. */
    private record Reader(BoundaryTable library) implements OutlineReader {

        @Override
        public String key() {
            return String.join(" ", library.ownNames());
        }

        @Override
        public ImportOutline read(DocumentSnapshot module, String path) {
            String text = module.source().text();
            return new ImportOutline(
                    ModulePaths.folderOf(path, module),
                    ImportedNames.of(text).stream().distinct().toList(),
                    library.mayOccurIn(text));
        }
    }

    private final PythonSources sources;
    private final BoundaryTable library;
    private final ModulePaths paths;
    private final Reader reader;
    /** What is known of modules. */
    private final Map<String, Boolean> concerned = new HashMap<>();
    /** The modules that were looked at, as they were. */
    private final Map<String, Optional<ImportOutline>> looked = new HashMap<>();
    /** The files that asked and were told that they have nothing to do with processes. */
    private final Map<String, Imports> unconcerned = new HashMap<>();

    ProcessConcerns(PythonSources sources, BoundaryTable library, ModulePaths paths) {
        this.sources = sources;
        this.library = library;
        this.paths = paths;
        this.reader = new Reader(library);
    }

    /** Tells whether a file with a text may have to do with processes; whoever asks may be told otherwise later. */
    boolean ask(String text, ImportPlace from, String asker) {
        Imports imports = new Imports(ImportedNames.of(text), from);
        boolean concerns = imports(imports);
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
            if (imports(imports)) {
                now.add(asker);
            }
        });
        unconcerned.keySet().removeAll(now);
        return now;
    }

    /** Tells whether a module that was looked at has changed since. */
    boolean haveChanged() {
        boolean changed = looked.entrySet().stream()
                .anyMatch(entry -> !sources.outline(entry.getKey(), reader).equals(entry.getValue()));
        if (changed) {
            looked.clear();
        }
        return changed;
    }

    private boolean imports(Imports imports) {
        return imports.names().stream()
                .anyMatch(name ->
                        module(name, imports.from()).filter(this::mayConcern).isPresent());
    }

    private Optional<String> module(String name, ImportPlace from) {
        return library.isOfLibrary(name)
                ? Optional.empty()
                : paths.find(name, from).map(ModulePaths.Found::path);
    }

    /** Tells whether a module, or what it imports, names a process API; of packages, what they import of themselves. */
    boolean mayConcern(String first) {
        Boolean known = concerned.get(first);
        if (known != null) {
            return known;
        }
        boolean isOfPackages = PythonSources.isOfPackages(first);
        Set<String> visited = new HashSet<>();
        Deque<String> open = new ArrayDeque<>(List.of(first));
        while (!open.isEmpty() && !(isOfPackages && visited.size() > MAX_OF_PACKAGE)) {
            String path = open.remove();
            Boolean before = concerned.get(path);
            if (Boolean.FALSE.equals(before) || !visited.add(path)) {
                continue;
            }
            boolean concerns = before != null;
            if (!concerns && !isOfPackages && PythonSources.isOfPackages(path)) {
                concerns = mayConcern(path);
            } else if (!concerns) {
                Optional<ImportOutline> outline = looked.computeIfAbsent(path, key -> sources.outline(key, reader));
                concerns = outline.filter(ImportOutline::mayConcern).isPresent();
                outline.ifPresent(imports -> imports.names()
                        .forEach(name -> module(name, ImportPlace.of(imports.folder()))
                                .filter(found -> !isOfPackages || isOfSamePackage(found, first))
                                .ifPresent(open::add)));
            }
            if (concerns) {
                concerned.put(path, true);
                concerned.put(first, true);
                return true;
            }
        }
        visited.forEach(path -> concerned.putIfAbsent(path, false));
        return false;
    }

    private static boolean isOfSamePackage(String path, String other) {
        return topLevel(path).equals(topLevel(other));
    }

    /** Returns the outermost package that a module of a folder of packages is in. */
    private static String topLevel(String path) {
        int folder = path.indexOf('/');
        int inside = path.indexOf('/', folder + 1);
        return inside < 0 ? path : path.substring(0, inside);
    }
}
