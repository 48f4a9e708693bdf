package io.github.spawnproof.boundary;

/** What a fault does. */
public enum Consequence {
    /** Raises, dies or hangs. */
    FAILS,
    /** Goes on, but wrongly or without effect. */
    MISBEHAVES,
    /** Depends on data, timing or place, or is only worth knowing. */
    REMARK
}
