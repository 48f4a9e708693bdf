package io.github.spawnproof.boundary;

import io.github.spawnproof.finding.Related;
import io.github.spawnproof.finding.TextEdit;
import io.github.spawnproof.source.TextRange;
import java.util.List;

/**
 * CUDA, initialised in a process that starts others afterwards which use it, too.
 *
 * @param range what says that CUDA is used: in the child if that is in sight, else in its parent
 * @param inWorker whether it is that in the child
 * @param atImport whether the parent's use runs whenever the module is imported
 * @param choice the start methods of a process that is started afterwards
 * @param start where the parent uses CUDA, if that is elsewhere, and where the process is started
 * @param edits what makes the program spawn its processes; empty if there are none
 */
public record CudaUse(
        TextRange range,
        boolean inWorker,
        boolean atImport,
        StartMethodChoice choice,
        List<Related> start,
        List<TextEdit> edits) {

    public CudaUse {
        start = List.copyOf(start);
        edits = List.copyOf(edits);
    }
}
