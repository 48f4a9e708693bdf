package io.github.spawnproof.project;

import java.util.Locale;
import java.util.Optional;

/** An operating system that a program may run on. */
public enum OperatingSystem {
    WINDOWS("Windows"),
    MACOS("macOS"),
    LINUX("Linux");

    private final String displayName;

    OperatingSystem(String displayName) {
        this.displayName = displayName;
    }

    public String displayName() {
        return displayName;
    }

    /** Returns the name as settings and output spell it: lower case. */
    public String label() {
        return name().toLowerCase(Locale.ROOT);
    }

    public static Optional<OperatingSystem> parse(String label) {
        for (OperatingSystem system : values()) {
            if (system.label().equals(label)) {
                return Optional.of(system);
            }
        }
        return Optional.empty();
    }
}
