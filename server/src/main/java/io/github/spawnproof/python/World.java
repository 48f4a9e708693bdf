package io.github.spawnproof.python;

/** A process that executes the module. */
enum World {
    /** The program itself. */
    MAIN("__main__"),
    /** A spawned child that imports the main module again: docs.python.org/3/library/multiprocessing.html. */
    CHILD("__mp_main__");

    private final String moduleName;

    World(String moduleName) {
        this.moduleName = moduleName;
    }

    /** Returns the value of {@code __name__} there. */
    String moduleName() {
        return moduleName;
    }
}
