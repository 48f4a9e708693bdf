package io.github.spawnproof.boundary;

import java.util.Locale;
import java.util.Optional;

/** An operating system that a program may run on. */
public enum OperatingSystem {
    WINDOWS("Windows", "win32", "nt", "Windows"),
    MACOS("macOS", "darwin", "posix", "Darwin"),
    LINUX("Linux", "linux", "posix", "Linux");

    private final String displayName;
    private final String sysPlatform;
    private final String osName;
    private final String platformSystem;

    OperatingSystem(String displayName, String sysPlatform, String osName, String platformSystem) {
        this.displayName = displayName;
        this.sysPlatform = sysPlatform;
        this.osName = osName;
        this.platformSystem = platformSystem;
    }

    public String displayName() {
        return displayName;
    }

    /** Returns the value of {@code sys.platform} there: docs.python.org/3/library/sys.html. */
    public String sysPlatform() {
        return sysPlatform;
    }

    /** Returns the value of {@code os.name} there: docs.python.org/3/library/os.html. */
    public String osName() {
        return osName;
    }

    /** Returns what {@code platform.system()} gives there: docs.python.org/3/library/platform.html. */
    public String platformSystem() {
        return platformSystem;
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
