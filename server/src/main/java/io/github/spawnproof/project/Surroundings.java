package io.github.spawnproof.project;

import io.github.spawnproof.source.DocumentSnapshot;
import java.util.List;
import java.util.Optional;

/**
 * What lies around a file, as far as the analysis of the file may ask. Safe for any number of threads; answers may change
 * from one analysis to the next, as files do.
 */
public interface Surroundings {

    /** A file of whose surroundings nothing is known. */
    Surroundings UNKNOWN = new Surroundings() {
        @Override
        public Optional<List<String>> files() {
            return Optional.empty();
        }

        @Override
        public String folder() {
            return "";
        }

        @Override
        public Optional<DocumentSnapshot> configuration(String path) {
            return Optional.empty();
        }

        @Override
        public Optional<String> uriOf(String path) {
            return Optional.empty();
        }

        @Override
        public List<DocumentSnapshot> programsWith(String text) {
            return List.of();
        }

        @Override
        public Optional<PythonSources> python() {
            return Optional.empty();
        }

        @Override
        public Optional<DocumentSnapshot> nearest(String path) {
            return Optional.empty();
        }

        @Override
        public Optional<DocumentSnapshot> javaSource(String path) {
            return Optional.empty();
        }

        @Override
        public boolean hasJavaSource(String path) {
            return false;
        }

        @Override
        public Optional<ClassOutline> compiledClass(String name) {
            return Optional.empty();
        }
    };

    /**
     * Returns the paths of all files of the project, from its root and with slashes, in order; empty if they are not known
     * or too many to say that one is missing.
     */
    Optional<List<String>> files();

    /** Returns the folder of the file, from the root and with slashes, with one at its end; empty for the root itself. */
    String folder();

    /**
     * Returns a YAML file of the project by its path from the file's folder, or else from the root; empty if there is
     * none, or it cannot be read.
     */
    Optional<DocumentSnapshot> configuration(String path);

    /** Returns where a file is, by its path from the file's folder, or else from the root; empty if there is none. */
    Optional<String> uriOf(String path);

    /** Returns Python files of the project that have a text in them; none if they are too many to read, and not more than a few. */
    List<DocumentSnapshot> programsWith(String text);

    /** Returns the modules of the project, the same object for all files of it; empty if they are not known. */
    Optional<PythonSources> python();

    /**
     * Returns the file that has a path from the nearest folder, from the file's upward to the root; empty if there is none,
     * or it is no plain text in UTF-8.
     */
    Optional<DocumentSnapshot> nearest(String path);

    /**
     * Returns the Java file of the project whose path ends with a path such as {@code com/acme/Order.java}, the nearest one
     * if there are several; empty if there is none, or it cannot be read.
     */
    Optional<DocumentSnapshot> javaSource(String path);

    /** Tells whether there is such a file, without reading it. */
    boolean hasJavaSource(String path);

    /** Returns a class of the project's class path by its canonical name; empty if it is not there. */
    Optional<ClassOutline> compiledClass(String name);
}
