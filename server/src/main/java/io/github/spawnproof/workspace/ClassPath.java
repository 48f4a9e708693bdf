package io.github.spawnproof.workspace;

import io.github.spawnproof.project.ClassOutline;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The classes that the Java files of a folder can use: those of folders first, then those of jars, each in order. Safe for
 * any number of threads. What folders have is asked again after a moment, since builds change it; jars stay as they were.
 */
final class ClassPath {

    private static final int MAX_KNOWN = 4_000;
    private static final long KEPT_NANOS = 2_000_000_000L;

    private record OfFolders(Optional<ClassOutline> outline, long sinceNanos) {}

    private final List<Path> folders;
    private final List<JarClasses> jars;
    private final Map<String, OfFolders> ofFolders = Collections.synchronizedMap(new Remembered<>(MAX_KNOWN));
    private final Map<String, Optional<ClassOutline>> ofJars = Collections.synchronizedMap(new Remembered<>(MAX_KNOWN));

    ClassPath(List<Path> folders, List<JarClasses> jars) {
        this.folders = List.copyOf(folders);
        this.jars = List.copyOf(jars);
    }

    /** Returns a class by its canonical name; empty if it is nowhere, or cannot be read. Never fails. */
    Optional<ClassOutline> find(String name) {
        return inFolders(name).or(() -> inJars(name));
    }

    private Optional<ClassOutline> inFolders(String name) {
        if (folders.isEmpty()) {
            return Optional.empty();
        }
        OfFolders before = ofFolders.get(name);
        if (before != null && System.nanoTime() - before.sinceNanos < KEPT_NANOS) {
            return before.outline;
        }
        Optional<ClassOutline> found = readFromFolders(name);
        ofFolders.put(name, new OfFolders(found, System.nanoTime()));
        return found;
    }

    private Optional<ClassOutline> readFromFolders(String name) {
        try {
            for (Path folder : folders.stream().filter(Files::isDirectory).toList()) {
                for (String file : JarClasses.fileNames(name)) {
                    Path path = folder.resolve(file).normalize();
                    if (path.startsWith(folder) && Files.isRegularFile(path)) {
                        Optional<ClassOutline> found = named(name, Files.readAllBytes(path));
                        if (found.isPresent()) {
                            return found;
                        }
                    }
                }
            }
        } catch (IOException | InvalidPathException e) {
            return Optional.empty(); // A build may be writing it; in a moment it is there.
        }
        return Optional.empty();
    }

    private Optional<ClassOutline> inJars(String name) {
        Optional<ClassOutline> before = ofJars.get(name);
        if (before != null) {
            return before;
        }
        Optional<ClassOutline> found = Optional.empty();
        for (int i = 0; i < jars.size() && found.isEmpty(); i++) {
            found = jars.get(i).bytes(name).flatMap(bytes -> named(name, bytes));
        }
        ofJars.put(name, found);
        return found;
    }

    private static Optional<ClassOutline> named(String name, byte[] classFile) {
        return ClassFiles.read(classFile).filter(outline -> outline.name().equals(name));
    }
}
