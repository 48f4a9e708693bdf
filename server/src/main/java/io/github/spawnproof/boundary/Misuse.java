package io.github.spawnproof.boundary;

import io.github.spawnproof.finding.Fix;
import io.github.spawnproof.finding.Related;
import io.github.spawnproof.source.TextRange;
import java.util.List;
import java.util.Set;

/**
 * A use of processes that cannot work, or does something else than it looks like, whatever is sent.
 *
 * @param range the smallest name or expression that carries the blame
 * @param what what the code calls the thing, or what is wrong with it, in words
 * @param api the library call that it is about, as people say it; empty if none is
 * @param consequence what happens
 * @param under the start methods under which it happens
 * @param choice the start methods that the process can start with
 * @param related other places that play a part
 * @param fixes best first
 */
public record Misuse(
        Kind kind,
        TextRange range,
        String what,
        String api,
        Consequence consequence,
        Set<StartMethod> under,
        StartMethodChoice choice,
        List<Related> related,
        List<Fix> fixes) {

    /** What is wrong; each kind has a rule. */
    public enum Kind {
        /** A function that is called where it was to be handed over. */
        TARGET_CALLED,
        /** Arguments for a function that are a single value, no tuple. */
        ARGUMENTS_NOT_TUPLE,
        /** A function that only makes a coroutine when another process calls it. */
        COROUTINE_TARGET,
        /** A process that is made, and perhaps waited for, but never started. */
        NOT_STARTED,
        /** A class of processes whose constructor leaves out that of the library. */
        MISSING_SUPER_INIT,
        /** A function that another process calls gives back what no pickle carries. */
        UNPICKLABLE_RETURN,
        /** An exception of a function that another process calls cannot be made again here. */
        UNPICKLABLE_EXCEPTION,
        /** A process that is waited for before the queue is read that it puts something into. */
        JOIN_BEFORE_DRAIN,
        /** A start of a process in a daemon, which may have no children. */
        DAEMON_SPAWNS,
        /** A task for workers that were forked before its function was defined. */
        POOL_BEFORE_DEFINITION,
        /** What a manager holds, used when its process has ended. */
        MANAGER_GONE,
        /** A lock or queue of one context, given to a process of another. */
        MIXED_CONTEXTS
    }

    public Misuse {
        under = Set.copyOf(under);
        related = List.copyOf(related);
        fixes = List.copyOf(fixes);
    }
}
