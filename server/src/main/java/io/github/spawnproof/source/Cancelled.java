package io.github.spawnproof.source;

/** Ends work that is no longer wanted; caught where the work was begun. Has no stack trace. */
public final class Cancelled extends RuntimeException {

    Cancelled() {
        super("no longer wanted", null, false, false);
    }
}
