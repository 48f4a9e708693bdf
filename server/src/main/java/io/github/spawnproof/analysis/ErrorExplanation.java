package io.github.spawnproof.analysis;

import java.util.List;

/**
 * What is known of an error that a text tells of.
 *
 * @param message as it was written, on one line
 * @param rules ids of the rules whose pages explain it, the likeliest first; none if there is no such rule
 * @param symptom whether something else failed before
 * @param text what the error means and what to do
 * @param places in the user's code, the innermost first; none if the text names none
 */
public record ErrorExplanation(
        String message, List<String> rules, boolean symptom, String text, List<CodePlace> places) {

    public ErrorExplanation {
        rules = List.copyOf(rules);
        places = List.copyOf(places);
    }
}
