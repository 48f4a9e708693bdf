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

    /** Returns the Levenshtein distance, two letters in the wrong order being one mistake (optimal string alignment). */
    private static int distance(String a, String b) {
        int[][] distances = new int[a.length() + 1][b.length() + 1];
        for (int i = 0; i <= a.length(); i++) {
            for (int j = 0; j <= b.length(); j++) {
                if (i == 0 || j == 0) {
                    distances[i][j] = i + j;
                    continue;
                }
                int replaced = distances[i - 1][j - 1] + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
                distances[i][j] = Math.min(replaced, Math.min(distances[i - 1][j], distances[i][j - 1]) + 1);
                boolean swapped =
                        i > 1 && j > 1 && a.charAt(i - 1) == b.charAt(j - 2) && a.charAt(i - 2) == b.charAt(j - 1);
                if (swapped) {
                    distances[i][j] = Math.min(distances[i][j], distances[i - 2][j - 2] + 1);
                }
            }
        }
        return distances[a.length()][b.length()];
    }
}
