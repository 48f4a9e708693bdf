package io.github.spawnproof.boundary;

import io.github.spawnproof.finding.Fix;
import io.github.spawnproof.finding.Related;
import io.github.spawnproof.source.TextRange;
import java.util.List;

/**
 * A name of the module that code reads in a child process, although only the program itself gives it a value.
 *
 * @param name the name
 * @param range where it is read
 * @param choice the start methods that the child can start with
 * @param related where it gets its value, and what makes a child run the code
 * @param fixes best first
 */
public record ChildRead(
        String name, TextRange range, StartMethodChoice choice, List<Related> related, List<Fix> fixes) {

    public ChildRead {
        related = List.copyOf(related);
        fixes = List.copyOf(fixes);
    }
}
