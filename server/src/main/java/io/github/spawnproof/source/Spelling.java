package io.github.spawnproof.source;

import java.util.Collection;
import java.util.Optional;

/** Finds the name that somebody probably meant. */
public final class Spelling {

    private Spelling() {}

    /** Returns the candidate with the smallest edit distance, if it is at most a third of the text's length. */
    public static Optional<String> nearest(String text, Collection<String> candidates) {
        String best = null;
        int bestDistance = text.length() / 3 + 1;
        for (String candidate : candidates) {
            int distance = distance(text, candidate);
            if (distance < bestDistance) {
                best = candidate;
                bestDistance = distance;
            }
        }
        return Optional.ofNullable(best);
    }

    /** Returns the Levenshtein distance. */
    private static int distance(String a, String b) {
        int[] previous = new int[b.length() + 1];
        for (int j = 0; j <= b.length(); j++) {
            previous[j] = j;
        }
        for (int i = 1; i <= a.length(); i++) {
            int[] current = new int[b.length() + 1];
            current[0] = i;
            for (int j = 1; j <= b.length(); j++) {
                int replaced = previous[j - 1] + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
                current[j] = Math.min(replaced, Math.min(previous[j], current[j - 1]) + 1);
            }
            previous = current;
        }
        return previous[b.length()];
    }
}
