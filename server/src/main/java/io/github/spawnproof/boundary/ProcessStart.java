package io.github.spawnproof.boundary;

import io.github.spawnproof.finding.Related;
import io.github.spawnproof.finding.TextEdit;
import io.github.spawnproof.source.TextRange;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A place at module level that starts a process, itself or through functions that it calls.
 *
 * @param api the library call that does it, as people say it
 * @param range the name of what is called, or of what is entered
 * @param direct whether the place itself is the library call
 * @param choice the start methods that it can start with
 * @param path from here to the library call, through the functions of the file; empty if direct
 * @param guard the edits that put the start, and what needs it, under a main guard; empty if there are none
 * @param assumed the import that the start rests on; null if the file has it
 */
public record ProcessStart(
        String api,
        TextRange range,
        boolean direct,
        ExecutionTime when,
        StartMethodChoice choice,
        List<Related> path,
        List<TextEdit> guard,
        @Nullable AssumedImport assumed) {

    public ProcessStart {
        path = List.copyOf(path);
        guard = List.copyOf(guard);
    }
}
