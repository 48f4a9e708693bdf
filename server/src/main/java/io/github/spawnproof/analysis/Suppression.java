package io.github.spawnproof.analysis;

import io.github.spawnproof.source.TextRange;
import java.util.List;

/**
 * A comment that silences rules: {@code # spawnproof: ignore[rule-id] reason}.
 *
 * @param comment all of it
 * @param range the directive, from {@code spawnproof:} to the closing bracket, or to the end of the word if there is none
 * @param ids the rule ids it names, as written
 * @param idRanges the place of each id
 * @param wholeFile whether it is an {@code ignore-file}
 * @param line the line that it silences, from 0; of no meaning for a whole file
 * @param placed whether it stands where it has an effect: {@code ignore-file} must come before the first statement
 */
public record Suppression(
        TextRange comment,
        TextRange range,
        List<String> ids,
        List<TextRange> idRanges,
        boolean wholeFile,
        int line,
        boolean placed) {

    public Suppression {
        ids = List.copyOf(ids);
        idRanges = List.copyOf(idRanges);
    }
}
