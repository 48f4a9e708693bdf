package io.github.spawnproof.project;

import io.github.spawnproof.source.DocumentSnapshot;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;

/**
 * The Python files of a project and of the packages that it uses, as modules. Safe for any number of threads.
 *
 * <p>A module is known by the path of its file from the root without the ending, and a package by that of its folder, with
 * slashes: {@code src/app/jobs}. What lies in a folder of packages, such as {@code site-packages}, has {@code @} before it.
 */
public interface PythonSources {

    /** Returns a number that changes whenever files may have changed. */
    long revision();

    /** Returns a number that changes whenever there are other files than before. */
    long listings();

    /** Returns the text of a module, or of a package's {@code __init__.py}; empty if there is none, or nobody can read it. */
    Optional<DocumentSnapshot> module(String path);

    /**
     * Returns where the absolute imports of files in a folder start, in the order in which they are searched: folders from
     * the root, each with a slash at its end unless it is empty.
     */
    List<String> importFolders(String folder);

    /** Returns where absolute imports start if nothing says so, in folders of which only the files are known. */
    static List<String> importFolders(String folder, Predicate<String> isFile) {
        Set<String> found = new LinkedHashSet<>();
        Set<String> packages = new LinkedHashSet<>();
        for (String current = folder;
                ;
                current = current.substring(0, current.lastIndexOf('/', current.length() - 2) + 1)) {
            // Programs in a package's folder find their neighbours only if they are started there.
            boolean isPackage = !current.isEmpty() && isFile.test(current + "__init__.py");
            for (String inner : List.of("", "src/", "lib/")) {
                (isPackage ? packages : found).add(current + inner);
            }
            if (current.isEmpty()) {
                break;
            }
        }
        found.addAll(packages);
        return List.copyOf(found);
    }

    /** Tells whether a file of a package may have to do with processes, by its path; cheap. Modules of the project always may. */
    boolean mayConcern(String path);
}
