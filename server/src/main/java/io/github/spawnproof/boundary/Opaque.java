package io.github.spawnproof.boundary;

/**
 * A class whose instances no pickle carries.
 *
 * @param what an instance in words: {@code an open file}
 * @param kind which advice there is for it
 */
public record Opaque(String what, Kind kind) {

    /** What sets an opaque object apart from others. */
    public enum Kind {
        /** Never gets to another process. */
        ANY,
        /** Something between threads, of which there is a twin between processes. */
        THREAD,
        /** Goes along when a process starts, but not with a task. */
        PICKLED,
        /** Shared with a process when that starts, but not sent with a task. */
        SHARED
    }

    /**
     * Tells whether it stops a pickle.
     *
     * @param atStart whether that is made only when a process starts
     */
    public boolean stops(boolean atStart) {
        return !atStart || (kind != Kind.PICKLED && kind != Kind.SHARED);
    }
}
