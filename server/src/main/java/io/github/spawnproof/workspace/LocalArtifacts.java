package io.github.spawnproof.workspace;

import java.io.IOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Optional;

/**
 * What Maven and Gradle have fetched before, for the user who runs us. Nothing is fetched.
 *
 * @param maven Maven's repository
 * @param gradle the folder of the files that Gradle keeps
 */
record LocalArtifacts(Path maven, Path gradle) {

    /**
     * The name of an artifact.
     *
     * @param classifier empty for the main one
     */
    record Coordinates(String group, String artifact, String version, String classifier) {

        private String fileName(String extension) {
            return artifact + '-' + version + (classifier.isEmpty() ? "" : '-' + classifier) + '.' + extension;
        }

        private boolean isComplete() {
            return !group.isEmpty() && !artifact.isEmpty() && !version.isEmpty();
        }
    }

    /** Returns where they are by default. */
    static LocalArtifacts ofUser() {
        Path home = Path.of(System.getProperty("user.home", ""));
        return new LocalArtifacts(home.resolve(".m2/repository"), home.resolve(".gradle/caches/modules-2/files-2.1"));
    }

    boolean has(Path file) {
        return file.startsWith(maven) || file.startsWith(gradle);
    }

    /** Returns the file of an artifact; empty if it is not there. Never fails. */
    Optional<Path> find(Coordinates name, String extension) {
        if (!name.isComplete()) {
            return Optional.empty();
        }
        try {
            Path file = inMaven(name, extension);
            if (file.startsWith(maven) && Files.isRegularFile(file)) {
                return Optional.of(file);
            }
            Path version = gradle.resolve(name.group)
                    .resolve(name.artifact)
                    .resolve(name.version)
                    .normalize();
            return version.startsWith(gradle) && Files.isDirectory(version)
                    ? inSubfolder(version, name.fileName(extension))
                    : Optional.empty();
        } catch (InvalidPathException e) {
            return Optional.empty(); // A name with such characters has no file.
        }
    }

    /** Returns the file that tells, by being there or not, whether an artifact was fetched; empty for a strange name. */
    Optional<Path> expected(Coordinates name, String extension) {
        try {
            Path file = inMaven(name, extension);
            return name.isComplete() && file.startsWith(maven) ? Optional.of(file) : Optional.empty();
        } catch (InvalidPathException e) {
            return Optional.empty();
        }
    }

    private Path inMaven(Coordinates name, String extension) {
        return maven.resolve(name.group.replace('.', '/'))
                .resolve(name.artifact)
                .resolve(name.version)
                .resolve(name.fileName(extension))
                .normalize();
    }

    /** Gradle keeps each file in a folder that is named by its hash. */
    private static Optional<Path> inSubfolder(Path folder, String fileName) {
        try (DirectoryStream<Path> hashes = Files.newDirectoryStream(folder)) {
            for (Path hash : hashes) {
                Path file = hash.resolve(fileName);
                if (Files.isRegularFile(file)) {
                    return Optional.of(file);
                }
            }
        } catch (IOException | DirectoryIteratorException e) {
            return Optional.empty();
        }
        return Optional.empty();
    }
}
