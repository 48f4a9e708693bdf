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
 *     positive number, {@code >1} for one that is more than one, {@code !=1} for another number than one, {@code None} or {@code True} for these, or no argument;
 *     null if any argument will do
 * @param use what another process does with the argument; null if nothing is known of it
 */
public record BoundaryParameter(
        String name,
        Kind kind,
        @Nullable Role role,
        @Nullable String required,
        @Nullable Use use) {

    /** Requirements that are met if there is no argument. */
    public static final Set<String> DEFAULTS = Set.of("None", "True");

    /** What another process does with an argument; the label is how a {@code .boundaries} file writes it. */
    public enum Use {
        /** Calls it. */
        CALLED("called"),
        /** Calls it unless it is {@code None}. */
        CALLED_IF_GIVEN("called-if-given"),
        /** Passes its items to the function that it calls. */
        SPREAD("spread"),
        /** Passes its items to the function that it calls, by name. */
        SPREAD_NAMED("spread-named");

        private final String label;

        Use(String label) {
            this.label = label;
        }

        static Use parse(String label) {
            for (Use use : values()) {
                if (use.label.equals(label)) {
                    return use;
                }
            }
            throw new IllegalArgumentException("unknown use: " + label);
        }
    }

    public BoundaryParameter(String name, Kind kind, @Nullable Role role, @Nullable String required) {
        this(name, kind, role, required, null);
    }

    /** Tells whether another process calls the argument. */
    public boolean isCalled() {
        return use == Use.CALLED || use == Use.CALLED_IF_GIVEN;
    }

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
