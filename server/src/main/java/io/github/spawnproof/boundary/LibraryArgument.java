package io.github.spawnproof.boundary;

import io.github.spawnproof.finding.Related;
import io.github.spawnproof.finding.TextEdit;
import io.github.spawnproof.source.TextRange;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * An argument of a library call that cannot do what it is there for.
 *
 * @param api the library call, as people say it
 * @param parameter the parameter that it is given for
 * @param range the smallest expression that has to change
 * @param problem what is the matter with it
 * @param words what it is, if the problem needs that said: a function, a file name
 * @param choice the start methods that the child can start with
 * @param related where the value was made or handed over, if that is elsewhere
 * @param edits mend it; empty if there are none
 * @param editsAreSafe whether after those the program surely means what it meant
 * @param assumed the import that it rests on; null if the file has it
 */
public record LibraryArgument(
        String api,
        String parameter,
        TextRange range,
        Problem problem,
        String words,
        StartMethodChoice choice,
        List<Related> related,
        List<TextEdit> edits,
        boolean editsAreSafe,
        @Nullable AssumedImport assumed) {

    /** What can be the matter with an argument. */
    public enum Problem {
        /** A relative path that a child finds under fork, else only from the working directory. */
        RELATIVE_IN_CHILD,
        /** A relative path that is found from some working directories only. */
        RELATIVE,
        /** A path of a file that the project has not. */
        MISSING,
        /** A module that is loaded in the parent from its file, and that no spawned child can import by its name. */
        UNIMPORTABLE,
        /** A Python file where a class or its configuration belongs. */
        PYTHON_FILE,
        /** An object where its class belongs. */
        INSTANCE,
        /** No plain data, where JSON is made of it. */
        NOT_JSON,
        /** Accepted, but without any effect. */
        IGNORED
    }

    public LibraryArgument {
        related = List.copyOf(related);
        edits = List.copyOf(edits);
    }

    /** Returns the same argument with further related places. */
    public LibraryArgument and(List<Related> more) {
        List<Related> all = new ArrayList<>(related);
        all.addAll(more);
        return new LibraryArgument(api, parameter, range, problem, words, choice, all, edits, editsAreSafe, assumed);
    }
}
