package io.github.spawnproof.workspace;

import io.github.spawnproof.project.PythonSources;
import io.github.spawnproof.source.DocumentSnapshot;
import io.github.spawnproof.source.Language;
import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;

/** The files of a project, listed when somebody asks, and kept for a moment: each keystroke in a file may ask. */
final class FileListing {

    /** In a project with more files, one that is missing proves little. */
    private static final int MAX_FILES = 20_000;

    /** Of a project with more files, the first ones are listed: it would take too long. */
    private static final int MAX_LISTED = 200_000;

    /** Of a project with more Python files, none is searched. */
    private static final int MAX_PROGRAMS = 2_000;

    private static final int MAX_FOUND = 10;

    private static final long KEPT_NANOS = 2_000_000_000L;

    /** A listing is kept so many times as long as it has taken: no more than a few percent of the time goes into listing. */
    private static final int KEPT_TIMES = 30;

    /** Folders that nobody keeps the files of a program in. */
    private static final Set<String> LEFT_OUT = Set.of(".git", ".hg", ".svn", "__pycache__", "node_modules");

    /**
     * What was found.
     *
     * @param files the paths from the root, with slashes, in order
     * @param complete whether there are no others for sure
     */
    private record Listed(List<String> files, boolean complete) {}

    private final Path root;
    private final ProgramFiles python;
    private Listed known = new Listed(List.of(), false);
    private final Map<String, List<DocumentSnapshot>> programs = new HashMap<>();
    private final Map<String, List<String>> javaByName = new HashMap<>();
    private Set<String> pythonFiles = Set.of();
    private long changes;
    private boolean isKnown;
    private long knownUntilNanos;

    /**
     * Makes a listing that has read nothing.
     *
     * @param open returns the text of a file that somebody has open
     * @param environment the virtual environment that is active, if any
     * @param cache the folder to keep in, from run to run, what was found out
     */
    FileListing(
            Path root,
            Function<Path, Optional<DocumentSnapshot>> open,
            Optional<Path> environment,
            Optional<Path> cache) {
        this.root = root;
        this.python = new ProgramFiles(this, open, environment, cache);
    }

    /** Returns the Python files as modules. */
    ProgramFiles python() {
        return python;
    }

    Path root() {
        return root;
    }

    /** Returns the paths from the root, with slashes, in order; empty if not all of them can be known. */
    synchronized Optional<List<String>> files() {
        renew();
        return known.complete() ? Optional.of(known.files()) : Optional.empty();
    }

    private void renew() {
        long now = System.nanoTime();
        if (!isKnown || now - knownUntilNanos >= 0) {
            Listed before = known;
            known = list();
            if (!known.equals(before)) {
                pythonFiles = known.files().stream()
                        .filter(path -> path.endsWith(".py")
                                || PythonSources.MARKS.contains(path.substring(path.lastIndexOf('/') + 1)))
                        .collect(Collectors.toUnmodifiableSet());
                changes++;
            }
            programs.clear();
            javaByName.clear();
            isKnown = true;
            long end = System.nanoTime();
            knownUntilNanos = end + Math.max(KEPT_NANOS, (end - now) * KEPT_TIMES);
        }
    }

    /** Lists anew for whoever asks next, for files have come or gone. */
    void forget() {
        synchronized (this) {
            isKnown = false;
        }
        // Without the lock: the modules ask for the listing while they hold their own.
        python.forget();
    }

    /** Returns the paths of the Python files, and of those that mark projects. */
    synchronized Set<String> pythonFiles() {
        renew();
        return pythonFiles;
    }

    /** Returns a number that changes whenever there are other files than before. */
    synchronized long changes() {
        renew();
        return changes;
    }

    /** Returns the paths of the Java files whose path ends with another, such as {@code com/acme/Order.java}. */
    synchronized List<String> javaFiles(String ending) {
        List<String> all = files().orElse(List.of());
        if (javaByName.isEmpty()) {
            all.stream()
                    .filter(path -> path.endsWith(".java"))
                    .forEach(path -> javaByName
                            .computeIfAbsent(path.substring(path.lastIndexOf('/') + 1), name -> new ArrayList<>())
                            .add(path));
        }
        String inFolder = "/" + ending;
        return javaByName.getOrDefault(ending.substring(ending.lastIndexOf('/') + 1), List.of()).stream()
                .filter(path -> path.equals(ending) || path.endsWith(inFolder))
                .toList();
    }

    /** Returns the first few Python files that have a text in them; none if the project has many files. */
    synchronized List<DocumentSnapshot> programsWith(String text) {
        List<String> python = files().orElse(List.of()).stream()
                .filter(path -> path.endsWith(".py"))
                .toList();
        return python.size() > MAX_PROGRAMS ? List.of() : programs.computeIfAbsent(text, key -> search(python, key));
    }

    private List<DocumentSnapshot> search(List<String> paths, String text) {
        List<DocumentSnapshot> found = new ArrayList<>();
        for (String path : paths) {
            Path file = root.resolve(path);
            if (found.size() < MAX_FOUND
                    && SourceReader.read(file) instanceof FileContent.Text content
                    && content.text().contains(text)) {
                found.add(DocumentSnapshot.of(file.toUri().toString(), Language.PYTHON, content.text()));
            }
        }
        return found;
    }

    private Listed list() {
        List<String> files = new ArrayList<>();
        boolean[] complete = {true};
        try {
            Files.walkFileTree(root, new SimpleFileVisitor<>() {
                @Override
                public FileVisitResult preVisitDirectory(Path folder, BasicFileAttributes attributes) {
                    boolean leftOut = !folder.equals(root)
                            && (LEFT_OUT.contains(folder.getFileName().toString())
                                    || Files.exists(folder.resolve(PackageFolders.CONFIGURATION)));
                    return leftOut ? FileVisitResult.SKIP_SUBTREE : FileVisitResult.CONTINUE;
                }

                @Override
                public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
                    // What a link leads to may have any files.
                    complete[0] &= !attributes.isSymbolicLink() || !Files.isDirectory(file);
                    files.add(FileDiscovery.relative(root, file));
                    return files.size() < MAX_LISTED ? FileVisitResult.CONTINUE : FileVisitResult.TERMINATE;
                }

                @Override
                public FileVisitResult visitFileFailed(Path file, IOException failure) {
                    complete[0] = false;
                    return FileVisitResult.CONTINUE;
                }
            });
        } catch (IOException e) {
            complete[0] = false;
        }
        Collections.sort(files);
        return new Listed(List.copyOf(files), complete[0] && files.size() <= MAX_FILES);
    }
}
