package io.github.spawnproof.cli;

import java.nio.file.Path;
import java.util.Collection;

/** Names of files as the user would type them from the working directory, with {@code /}. */
final class PathNames {

    private final Path workingDirectory;
    private final boolean upward;

    /**
     * Makes names.
     *
     * @param typed the paths of the command line; whoever types {@code ../lib} gets names of that form
     */
    PathNames(Path workingDirectory, Collection<String> typed) {
        this.workingDirectory = workingDirectory;
        this.upward = typed.stream().anyMatch(path -> path.startsWith(".."));
    }

    String display(Path path) {
        if (path.startsWith(workingDirectory)) {
            String relative = name(workingDirectory.relativize(path));
            return relative.isEmpty() ? "." : relative;
        }
        Path parent = path.getParent();
        boolean above = parent != null && workingDirectory.startsWith(parent);
        boolean sameRoot = path.getRoot() != null && path.getRoot().equals(workingDirectory.getRoot());
        return name((above || upward) && sameRoot ? workingDirectory.relativize(path) : path);
    }

    private static String name(Path path) {
        String separator = path.getFileSystem().getSeparator();
        return separator.equals("/") ? path.toString() : path.toString().replace(separator, "/");
    }
}
