package io.github.spawnproof.boundary;

import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A parameter of a library call.
 *
 * @param name as the library spells it
 * @param kind how arguments reach it
 * @param role what becomes of the argument; null if it does not matter
 * @param required the string that the argument must be for the call to mean what its row says, {@code >0} for a
 *     positive number, {@code !=1} for another number than one, {@code None} or {@code True} for these, or no argument;
 *     null if any argument will do
 */
public record BoundaryParameter(
        String name,
        Kind kind,
        @Nullable Role role,
        @Nullable String required) {

    /** Requirements that are met if there is no argument. */
    public static final Set<String> DEFAULTS = Set.of("None", "True");

    /** How arguments reach a parameter. */
    public enum Kind {
        /** The object that a method is called on. */
        RECEIVER,
        POSITIONAL,
        KEYWORD_ONLY,
        VAR_POSITIONAL,
        VAR_KEYWORD
    }
}
