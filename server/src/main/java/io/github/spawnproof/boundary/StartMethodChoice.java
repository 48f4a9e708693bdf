package io.github.spawnproof.boundary;

import java.util.EnumSet;
import java.util.Set;

/**
 * The start methods that a piece of code can run with, as far as the code itself decides.
 *
 * @param certain whether one of {@code chosen} is in force; if not, the platform's default is possible too
 * @param chosen the methods that the code chooses among; empty if it chooses none
 * @param forksOnMac whether a library takes fork on macOS when nothing else is chosen (Jina does)
 */
public record StartMethodChoice(boolean certain, Set<StartMethod> chosen, boolean forksOnMac) {

    /** Nobody chooses: the platform's default. */
    public static final StartMethodChoice PLATFORM_DEFAULT = new StartMethodChoice(false, Set.of(), false);
    /** The code chooses, but which method cannot be known. */
    public static final StartMethodChoice UNKNOWN = new StartMethodChoice(true, Set.of(StartMethod.values()), false);

    public StartMethodChoice {
        chosen = Set.copyOf(chosen);
    }

    public static StartMethodChoice exactly(StartMethod method) {
        return new StartMethodChoice(true, Set.of(method), false);
    }

    /**
     * Returns the methods that are possible on a platform; empty if the code cannot run there, since the method that it
     * chooses does not exist.
     *
     * @param platformDefault the method that Python takes there by itself
     * @param available the methods that exist there
     * @param isMac whether the platform is macOS
     */
    public Set<StartMethod> possible(StartMethod platformDefault, Set<StartMethod> available, boolean isMac) {
        Set<StartMethod> possible = EnumSet.noneOf(StartMethod.class);
        possible.addAll(chosen);
        if (!certain) {
            possible.add(forksOnMac && isMac ? StartMethod.FORK : platformDefault);
        }
        possible.retainAll(available);
        return possible;
    }
}
