package io.github.spawnproof.analysis;

import java.util.List;

/**
 * What a symptom comes from.
 *
 * @param message as it was written, on one line
 * @param places in the user's code, the innermost first; none if the text names none
 * @param isCertain whether the text says so, or the error is known; otherwise it is only the nearest one
 */
public record ErrorCause(String message, List<CodePlace> places, boolean isCertain) {

    public ErrorCause {
        places = List.copyOf(places);
    }
}
