package io.github.spawnproof.cli;

/** A way to show findings. Called by one thread. */
interface Format {

    /** Shows the next file, in path order. */
    void report(FileReport report);

    /** Shows what is left to say when all files were reported. */
    void end(Summary summary);
}
