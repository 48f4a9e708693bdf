package io.github.spawnproof.source;

import java.util.function.BooleanSupplier;

/** A poll for "this work is no longer wanted", asked per rule and every few hundred nodes in a front end. */
public final class CancelToken {

    /** The token of work that nobody cancels. */
    public static final CancelToken NEVER = new CancelToken(() -> false);

    private final BooleanSupplier cancelled;

    public CancelToken(BooleanSupplier cancelled) {
        this.cancelled = cancelled;
    }

    /**
     * Returns if the work is still wanted.
     *
     * @throws Cancelled if it is not
     */
    public void check() {
        if (cancelled.getAsBoolean()) {
            throw new Cancelled();
        }
    }
}
