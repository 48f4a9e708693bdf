package io.github.spawnproof.boundary;

import io.github.spawnproof.finding.Fix;
import io.github.spawnproof.finding.Related;
import io.github.spawnproof.finding.TextEdit;
import io.github.spawnproof.source.TextRange;
import java.util.List;
import java.util.Optional;

/**
 * A place that sets an environment variable after the only time when it is read.
 *
 * @param range the name of the variable
 * @param variable the name itself
 * @param byPutenv whether it is set by {@code os.putenv}, which {@code os.environ} does not see
 * @param choice where the code runs
 * @param reader what has read the variable before, if that is in the file
 * @param edits what makes it come in time; empty if there are none
 * @param value what it is surely set to; empty if that depends on anything
 * @param removal what takes the assignment away, if it is a statement of its own; empty if it is not
 * @param elsewhere fixes that set it where it is read in time, outside of the program
 */
public record EnvironmentAssignment(
        TextRange range,
        String variable,
        boolean byPutenv,
        StartMethodChoice choice,
        List<Related> reader,
        List<TextEdit> edits,
        Optional<String> value,
        List<TextEdit> removal,
        List<Fix> elsewhere) {

    public EnvironmentAssignment {
        reader = List.copyOf(reader);
        edits = List.copyOf(edits);
        removal = List.copyOf(removal);
        elsewhere = List.copyOf(elsewhere);
    }

    /** Returns the same assignment with fixes outside of the program. */
    public EnvironmentAssignment with(List<Fix> fixes) {
        return new EnvironmentAssignment(range, variable, byPutenv, choice, reader, edits, value, removal, fixes);
    }
}
