package io.github.spawnproof.python;

import io.github.spawnproof.boundary.Target;
import org.jspecify.annotations.Nullable;

/**
 * A process that executes the module.
 *
 * @param moduleName the value of {@code __name__} there
 * @param target where it runs; null for anywhere
 */
record World(String moduleName, @Nullable Target target) {

    /** The program itself. */
    static final World MAIN = new World("__main__", null);
    /** A spawned child that imports the main module again: docs.python.org/3/library/multiprocessing.html. */
    static final World CHILD = new World("__mp_main__", null);

    /** Returns this process on a target. */
    World on(Target where) {
        return new World(moduleName, where);
    }

    boolean isChild() {
        return moduleName.equals(CHILD.moduleName);
    }
}
