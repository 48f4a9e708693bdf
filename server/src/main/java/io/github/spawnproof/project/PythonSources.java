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
 * slashes: {@code src/app/jobs}. What lies in a folder of packages, such as {@code site-packages}, has {@code @} and the
 * number of that folder before it: {@code @0/tqdm/std}.
 */
public interface PythonSources {

    /** What the paths of modules begin with that lie in a folder of packages. */
    String PACKAGES = "@";

    /** Files that say that their folder is a project's. */
    List<String> MARKS = List.of("pyproject.toml", "setup.py", "setup.cfg");

    /** Folders of a project whose own names are no part of what is imported from them. */
    List<String> INNER = List.of("", "src/", "lib/");

    /** Returns a number that changes whenever files may have changed. */
    long revision();

    /** Returns a number that changes whenever there are other files than before. */
    long listings();

    /** Tells whether there is a module or package; cheap. */
    boolean exists(String path);

    /**
     * Returns what a module imports, without keeping its text; empty if there is none, or nobody can read it.
     *
     * @param reader makes the outline, if there is none yet from one with the same key
     */
    Optional<ImportOutline> outline(String path, OutlineReader reader);

    /** Returns the text of a module, or of a package's {@code __init__.py}; empty if there is none, or nobody can read it. */
    Optional<DocumentSnapshot> module(String path);

    /**
     * Returns where the absolute imports of files in a folder start, in the order in which they are searched: folders from
     * the root, each with a slash at its end unless it is empty.
     */
    List<String> importFolders(String folder);

    /**
     * Returns where absolute imports start if nothing says so: the folder of the file, that of its outermost package, and
     * those of the projects around it.
     *
     * @param isFile tells whether there is a Python file, or one of {@link #MARKS}, from the root
     */
    static List<String> importFolders(String folder, Predicate<String> isFile) {
        Set<String> found = new LinkedHashSet<>();
        boolean isPackage = isPackage(folder, isFile);
        if (!isPackage) {
            found.add(folder);
        }
        String top = folder;
        while (isPackage(top, isFile)) {
            top = parent(top);
        }
        found.add(top);
        for (String current = folder; ; current = parent(current)) {
            String project = current;
            if (current.isEmpty() || MARKS.stream().anyMatch(mark -> isFile.test(project + mark))) {
                INNER.forEach(inner -> found.add(project + inner));
            }
            if (current.isEmpty()) {
                break;
            }
        }
        if (isPackage) {
            // A program there finds its neighbours if it is started by its path.
            found.add(folder);
        }
        return List.copyOf(found);
    }

    private static boolean isPackage(String folder, Predicate<String> isFile) {
        return !folder.isEmpty() && isFile.test(folder + "__init__.py");
    }

    private static String parent(String folder) {
        return folder.substring(0, folder.lastIndexOf('/', folder.length() - 2) + 1);
    }

    /** Tells whether a module, by its path, is one of a package that the project uses, not of the project itself. */
    static boolean isOfPackages(String path) {
        return path.startsWith(PACKAGES);
    }
}
