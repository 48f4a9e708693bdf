package io.github.spawnproof.boundary;

/** What a library call does with an argument; the label is how a {@code .boundaries} file writes it. */
public enum Role {
    /** Pickled when the process starts, under spawn and forkserver; inherited under fork. */
    AT_START("start"),
    /** Pickled always. */
    PICKLED("pickle"),
    /** Pickled always, called in the other process, and what it returns or raises is pickled on its way back. */
    TASK("task"),
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
    RUN("run"),
    /** Pickled later, in a thread of its own: whoever hands it over hears nothing of an error. */
    QUEUED("queue"),
    /** What a child runs: a class, its name, a YAML file or text, an image; a file is looked for by the child. */
    EXECUTOR("executor"),
    /** Python files or modules that the child imports. */
    MODULES("modules"),
    /** Folders that the child looks for files in. */
    SEARCH_PATHS("search-paths"),
    /** A file that is looked for in the working directory, among other places. */
    PATH("path"),
    /** {@code host:container}; the host's folder is looked for in the working directory. */
    VOLUMES("volumes"),
    /** The name of a logging configuration, or a file in the working directory. */
    LOG_CONFIG("log-config"),
    /** Sent as JSON. */
    JSON("json"),
    /** Sent as JSON; the certificates in it are files in the working directory. */
    SERVER_OPTIONS("server-options"),
    /** A process that the call waits for; it has to be started. */
    JOINED("join"),
    /** A queue that the call takes something out of, or lets a process end that has filled it. */
    DRAINED("drain"),
    /** Whether a process is a daemon. */
    DAEMON("daemon"),
    /** Accepted, but without any effect. */
    IGNORED("ignored");

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
        return this == AT_START || this == PICKLED || this == TASK || this == ITEMS_PICKLED;
    }

    /** Tells whether a value in this role is pickled for another process, at once or later. */
    public boolean isPickled() {
        return crossesByPickle() || this == QUEUED;
    }

    /** Tells whether a value in this role is sent as JSON. */
    public boolean isJson() {
        return this == JSON || this == SERVER_OPTIONS;
    }

    /** Tells whether a value in this role is, or names, a file or folder. */
    public boolean namesFiles() {
        return switch (this) {
            case EXECUTOR, MODULES, SEARCH_PATHS, PATH, VOLUMES, LOG_CONFIG, SERVER_OPTIONS -> true;
            default -> false;
        };
    }
}
