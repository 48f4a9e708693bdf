package io.github.spawnproof.analysis;

import java.util.List;
import java.util.Optional;

/**
 * What is known of an error that a text tells of.
 *
 * @param message as it was written, on one line
 * @param rules ids of the rules whose pages explain it, the likeliest first; none if there is no such rule
 * @param symptom whether something else failed before
 * @param cause what it is a symptom of; empty if it is none, or the text does not tell
 * @param text what the error means and what to do
 * @param places in the user's code, the innermost first; none if the text names none
 */
public record ErrorExplanation(
        String message,
        List<String> rules,
        boolean symptom,
        Optional<ErrorCause> cause,
        String text,
        List<CodePlace> places) {

    public ErrorExplanation {
        rules = List.copyOf(rules);
        places = List.copyOf(places);
    }

    /** Tells whether another error of the same text comes from this one. */
    public boolean isCauseOf(ErrorExplanation other) {
        return other.cause.filter(from -> from.message().equals(message)).isPresent();
    }
}
