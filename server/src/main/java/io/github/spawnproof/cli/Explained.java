package io.github.spawnproof.cli;

import io.github.spawnproof.analysis.CodePlace;
import io.github.spawnproof.analysis.ErrorExplanation;
import java.util.List;
import java.util.Optional;

/**
 * An error with what the project's files say of it.
 *
 * @param rules ids, the likeliest first; where findings decide, theirs
 * @param place the line in the user's code, its file as the user would type it if it is there
 * @param causePlace the same for what a symptom comes from
 * @param reports the findings that explain it, file by file
 */
record Explained(
        ErrorExplanation error,
        List<String> rules,
        Optional<CodePlace> place,
        Optional<CodePlace> causePlace,
        List<FileReport> reports) {

    Explained {
        rules = List.copyOf(rules);
        reports = List.copyOf(reports);
    }
}
