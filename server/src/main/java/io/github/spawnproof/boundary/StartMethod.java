package io.github.spawnproof.boundary;

import java.util.Locale;
import java.util.Optional;

/** How Python makes a child process: docs.python.org/3/library/multiprocessing.html#contexts-and-start-methods. */
public enum StartMethod {
    FORK,
    SPAWN,
    FORKSERVER;

    /** Returns the name as Python and the settings spell it: lower case. */
    public String label() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** Returns the method of that name, exactly as {@code multiprocessing.set_start_method} takes it. */
    public static Optional<StartMethod> parse(String label) {
        for (StartMethod method : values()) {
            if (method.label().equals(label)) {
                return Optional.of(method);
            }
        }
        return Optional.empty();
    }
}
