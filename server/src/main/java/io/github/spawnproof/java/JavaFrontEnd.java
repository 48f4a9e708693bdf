package io.github.spawnproof.java;

import io.github.spawnproof.project.Surroundings;
import io.github.spawnproof.source.CancelToken;
import io.github.spawnproof.source.DocumentSnapshot;

/** Reads Java files. Safe for any number of threads. */
public final class JavaFrontEnd {

    /**
     * Returns the facts of a file; never fails, whatever its text.
     *
     * @throws io.github.spawnproof.source.Cancelled if the token says that the work is no longer wanted
     */
    public JavaUnit read(DocumentSnapshot snapshot, Surroundings surroundings, CancelToken cancel) {
        cancel.check();
        return JavaUnit.empty(snapshot.source());
    }
}
