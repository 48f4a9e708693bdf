package io.github.spawnproof.boundary;

import io.github.spawnproof.finding.Related;
import io.github.spawnproof.finding.TextEdit;
import io.github.spawnproof.source.TextRange;
import java.util.List;

/**
 * A place that sets an environment variable after the only time when it is read.
 *
 * @param range the name of the variable
 * @param variable the name itself
 * @param byPutenv whether it is set by {@code os.putenv}, which {@code os.environ} does not see
 * @param choice where the code runs
 * @param reader what has read the variable before, if that is in the file
 * @param edits what makes it come in time; empty if there are none
 */
public record EnvironmentAssignment(
        TextRange range,
        String variable,
        boolean byPutenv,
        StartMethodChoice choice,
        List<Related> reader,
        List<TextEdit> edits) {

    public EnvironmentAssignment {
        reader = List.copyOf(reader);
        edits = List.copyOf(edits);
    }
}
