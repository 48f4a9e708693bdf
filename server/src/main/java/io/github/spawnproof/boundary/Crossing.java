package io.github.spawnproof.boundary;

import io.github.spawnproof.finding.Related;
import io.github.spawnproof.finding.TextEdit;
import io.github.spawnproof.source.TextRange;
import java.util.List;

/**
 * A value that goes to another process by pickle.
 *
 * @param api the library call that sends it, as people say it
 * @param range the smallest expression that stands for the value where it is handed over
 * @param kind what the value is, as far as that matters
 * @param atStart whether it is pickled only when a process starts, and so not under fork; else always
 * @param choice the start methods that the process can start with
 * @param related where the value was made and where it is sent, if that is elsewhere
 * @param lift the edits that make it a module-level function; empty if there are none
 * @param liftIsSafe whether after those the program surely means the same
 */
public record Crossing(
        String api,
        TextRange range,
        Kind kind,
        boolean atStart,
        StartMethodChoice choice,
        List<Related> related,
        List<TextEdit> lift,
        boolean liftIsSafe) {

    /** What crosses. */
    public enum Kind {
        LAMBDA,
        OTHER
    }

    public Crossing {
        related = List.copyOf(related);
        lift = List.copyOf(lift);
    }
}
