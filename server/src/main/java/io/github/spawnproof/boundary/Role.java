package io.github.spawnproof.boundary;

/** What a library call does with an argument; the label is how a {@code .boundaries} file writes it. */
public enum Role {
    /** Pickled when the process starts, under spawn and forkserver; inherited under fork. */
    AT_START("start"),
    /** Pickled always. */
    PICKLED("pickle"),
    /** An iterable that stays; each of its items is pickled always. */
    ITEMS_PICKLED("items"),
    /** Sent by dill or cloudpickle, which carry functions of every kind. */
    BY_VALUE("by-value"),
    /** Part of the result: what becomes of the result becomes of it. */
    HELD("hold"),
    /** The name that the call gives the class that it makes. */
    CLASS_NAME("class-name"),
    /** A context, or the name of a start method, that decides how the result starts processes. */
    CONTEXT("context"),
    /** An executor; the call crosses only if it is one of processes. */
    CARRIER("carrier"),
    /** A context manager that the call enters. */
    ENTERED("enter"),
    /** A coroutine or function that the call runs before it returns, in this process. */
    RUN("run");

    private final String label;

    Role(String label) {
        this.label = label;
    }

    static Role parse(String label) {
        for (Role role : values()) {
            if (role.label.equals(label)) {
                return role;
            }
        }
        throw new IllegalArgumentException("unknown role: " + label);
    }

    /** Tells whether a value in this role goes to another process by pickle, at some time. */
    public boolean crossesByPickle() {
        return this == AT_START || this == PICKLED || this == ITEMS_PICKLED;
    }
}
