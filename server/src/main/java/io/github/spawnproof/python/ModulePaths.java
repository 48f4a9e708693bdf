package io.github.spawnproof.python;

import io.github.spawnproof.project.PythonSources;
import io.github.spawnproof.source.DocumentSnapshot;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Finds the modules of a program by the names under which its files import them. */
final class ModulePaths {

    /**
     * A module that a dotted name leads to.
     *
     * @param path where it is, as in {@link PythonSources}
     * @param base the folder that the name starts in, with a slash at its end unless it is empty
     * @param isRelative whether that folder is the one of the importing file, or above it
     * @param inside the parts of the name that lead from there to the module
     * @param rest the parts that are left, for something in the module
     */
    record Found(String path, String base, boolean isRelative, List<String> inside, List<String> rest) {}

    private final PythonSources sources;

    ModulePaths(PythonSources sources) {
        this.sources = sources;
    }

    /**
     * Returns the module that a name leads to, the longest way; empty if it is none of the program's.
     *
     * @param name with its dots, if it is relative
     * @param from where the importing file searches
     */
    Optional<Found> find(String name, ImportPlace from) {
        int dots = 0;
        while (dots < name.length() && name.charAt(dots) == '.') {
            dots++;
        }
        List<String> bases = dots == 0 ? bases(from) : List.of(above(from.folder(), dots - 1));
        List<String> parts = dots == name.length()
                ? List.of()
                : Arrays.asList(name.substring(dots).split("\\.", -1));
        for (String base : bases) {
            for (int inside = parts.size(); inside >= (dots > 0 ? 0 : 1); inside--) {
                String path = base + String.join("/", parts.subList(0, inside));
                String clean = path.endsWith("/") ? path.substring(0, path.length() - 1) : path;
                if (!clean.isEmpty() && sources.exists(clean)) {
                    return Optional.of(new Found(
                            clean,
                            base,
                            dots > 0,
                            parts.subList(0, inside),
                            List.copyOf(parts.subList(inside, parts.size()))));
                }
            }
        }
        return Optional.empty();
    }

    private List<String> bases(ImportPlace from) {
        List<String> folders = sources.importFolders(from.folder());
        return from.added().isEmpty()
                ? folders
                : Stream.concat(from.added().stream(), folders.stream()).toList();
    }

    private static String above(String folder, int levels) {
        String current = folder;
        for (int i = 0; i < levels && !current.isEmpty(); i++) {
            current = current.substring(0, current.lastIndexOf('/', current.length() - 2) + 1);
        }
        return current;
    }

    /** Returns the folder from which a module's relative imports start. */
    static String folderOf(String path, DocumentSnapshot snapshot) {
        return isPackage(snapshot) ? path + "/" : path.substring(0, path.lastIndexOf('/') + 1);
    }

    private static boolean isPackage(DocumentSnapshot snapshot) {
        return snapshot.uri().endsWith("/__init__.py");
    }
}
