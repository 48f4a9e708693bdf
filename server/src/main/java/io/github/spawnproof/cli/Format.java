package io.github.spawnproof.cli;

/** A way to show findings. Called by one thread. */
interface Format {

    /** Shows the next file, in path order. */
    void report(FileReport report);

    /** Tells whether it shows the notices too; else they go to standard error. */
    default boolean showsNotices() {
        return false;
    }

    /** Shows what is left to say when all files were reported. */
    void end(Summary summary);
}
