package io.github.spawnproof.workspace;

import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** The folder in which we keep, from run to run, what we could find out again. */
public final class CacheFolder {

    /** Names another folder; none, if it is empty. */
    static final String VARIABLE = "SPAWNPROOF_CACHE_DIR";

    private static final String NAME = "spawnproof";

    private CacheFolder() {}

    /** Returns the folder of the user who runs the program; empty if there is none, or the user wants none. */
    public static Optional<Path> of(Map<String, String> environment) {
        return of(environment, System.getProperty("os.name", ""), System.getProperty("user.home", ""));
    }

    static Optional<Path> of(Map<String, String> environment, String system, String home) {
        String named = environment.get(VARIABLE);
        if (named != null) {
            return absolute(named);
        }
        String lower = system.toLowerCase(Locale.ROOT);
        if (lower.startsWith("windows")) {
            return absolute(environment.getOrDefault("LOCALAPPDATA", ""))
                    .map(folder -> folder.resolve(NAME).resolve("cache"));
        }
        if (lower.startsWith("mac")) {
            return absolute(home)
                    .map(folder -> folder.resolve("Library").resolve("Caches").resolve(NAME));
        }
        // XDG Base Directory Specification 0.8: a relative path is invalid, and to be ignored.
        return absolute(environment.getOrDefault("XDG_CACHE_HOME", ""))
                .or(() -> absolute(home).map(folder -> folder.resolve(".cache")))
                .map(folder -> folder.resolve(NAME));
    }

    private static Optional<Path> absolute(String name) {
        try {
            return Optional.of(name)
                    .filter(some -> !some.isBlank())
                    .map(Path::of)
                    .filter(Path::isAbsolute);
        } catch (InvalidPathException e) {
            return Optional.empty(); // No folder has that name here.
        }
    }
}
