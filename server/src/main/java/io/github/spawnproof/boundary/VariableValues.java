package io.github.spawnproof.boundary;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/** The values that the environment variables we know can have. */
public final class VariableValues {

    /** Compared with nothing else by the runtime: {@code environ_init} in objc-runtime.mm of Apple's objc4. */
    public static final String YES = "YES";

    private static final Set<String> MEANT_YES = Set.of("yes", "y", "1", "true", "on");

    private VariableValues() {}

    /** Returns the values that a variable is read for, the one that most people want first; empty for a variable that nobody reads. */
    public static List<String> of(String variable) {
        return switch (variable) {
            case BoundaryTable.JINA_VARIABLE ->
                List.of(StartMethod.SPAWN.label(), StartMethod.FORKSERVER.label(), StartMethod.FORK.label());
            case BoundaryTable.OBJC_VARIABLE -> List.of(YES);
            default -> List.of();
        };
    }

    /** Returns the value that has the effect which a text is meant to have; empty if it is not meant to have any. */
    public static Optional<String> meant(String variable, String text) {
        String bare = text.strip().toLowerCase(Locale.ROOT);
        return of(variable).stream()
                .filter(value ->
                        value.toLowerCase(Locale.ROOT).equals(bare) || (value.equals(YES) && MEANT_YES.contains(bare)))
                .findFirst();
    }
}
