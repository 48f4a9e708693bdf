package io.github.spawnproof.environment;

import io.github.spawnproof.boundary.VariableSetting;
import io.github.spawnproof.source.SourceText;
import io.github.spawnproof.source.TextRange;
import java.util.List;

/**
 * The facts of a file that sets environment variables.
 *
 * @param settings of the variables we know, in the order of the text
 * @param comments from {@code #} to the end of the line, in order
 * @param firstStatement offset of the first thing that is no comment; the length of the text if there is none
 */
public record EnvironmentFile(
        SourceText source, List<VariableSetting> settings, List<TextRange> comments, int firstStatement) {

    public EnvironmentFile {
        settings = List.copyOf(settings);
        comments = List.copyOf(comments);
    }

    /** Returns a file of which nothing is known. */
    public static EnvironmentFile empty(SourceText source) {
        return new EnvironmentFile(source, List.of(), List.of(), source.length());
    }
}
