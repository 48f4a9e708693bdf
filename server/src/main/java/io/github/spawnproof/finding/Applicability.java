package io.github.spawnproof.finding;

/** Whether a fix may be applied without a look at it. */
public enum Applicability {
    /** The program means the same, plus it works. */
    SAFE,
    /** The program may mean something else; a person decides. */
    UNSAFE;

    /** Returns {@link #SAFE} if a fix is known to be, else {@link #UNSAFE}. */
    public static Applicability of(boolean safe) {
        return safe ? SAFE : UNSAFE;
    }

    /** Returns the name as settings and output spell it: lower case. */
    public String label() {
        return this == SAFE ? "safe" : "unsafe";
    }
}
