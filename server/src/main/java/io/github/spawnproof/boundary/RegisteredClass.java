package io.github.spawnproof.boundary;

import io.github.spawnproof.finding.Related;
import io.github.spawnproof.finding.TextEdit;
import io.github.spawnproof.source.TextRange;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A class that its library keeps in a register and pickles by reference whenever it starts a process, used or not, but
 * that no child can find.
 *
 * @param name as the program says it
 * @param range its name where it is defined, or what makes it
 * @param choice the start methods that processes can start with
 * @param related what else plays a part
 * @param fix the edits after which a child finds it; empty if there are none
 * @param fixIsSafe whether after those the program surely means the same
 * @param assumed the names that nothing in the file binds and that this rests on; null if there are none
 */
public record RegisteredClass(
        String name,
        TextRange range,
        Flaw flaw,
        StartMethodChoice choice,
        List<Related> related,
        List<TextEdit> fix,
        boolean fixIsSafe,
        @Nullable AssumedImport assumed) {

    /** Why it is not found. */
    public enum Flaw {
        /** It is part of no module, but of a call of a function. */
        LOCAL,
        /** Only the program itself defines it: in a main guard, or by a call that no child makes. */
        ONLY_IN_MAIN,
        /** It says that it is of another module. */
        OF_OTHER_MODULE,
        /** A decorator puts another class in its place. */
        REPLACED
    }

    public RegisteredClass {
        related = List.copyOf(related);
        fix = List.copyOf(fix);
    }
}
