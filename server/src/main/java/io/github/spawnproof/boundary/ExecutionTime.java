package io.github.spawnproof.boundary;

/** When a statement at module level runs. */
public enum ExecutionTime {
    /** Whenever the module is imported, by a child that imports the main module again too. */
    IMPORT,
    /** Only when the module is run as the program: under a main guard. */
    MAIN
}
