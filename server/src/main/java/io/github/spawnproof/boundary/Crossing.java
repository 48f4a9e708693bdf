package io.github.spawnproof.boundary;

import io.github.spawnproof.finding.Fix;
import io.github.spawnproof.finding.Related;
import io.github.spawnproof.source.TextRange;
import java.util.List;

/**
 * A value that goes to another process by pickle.
 *
 * @param api the library call that sends it, as people say it
 * @param range the smallest expression that stands for the value where it is handed over
 * @param kind what stops it, if anything does
 * @param what what stops it, in words ({@code an open file}), or its name where that is the fault
 * @param attribute the attribute that holds what stops it; empty if it is the value itself
 * @param onlyWithoutFork whether it fails only where a process starts in another way than by fork; else always
 * @param choice the start methods that the process can start with
 * @param related where the value was made and where it is sent, if that is elsewhere
 * @param fixes best first
 */
public record Crossing(
        String api,
        TextRange range,
        Kind kind,
        String what,
        String attribute,
        boolean onlyWithoutFork,
        StartMethodChoice choice,
        List<Related> related,
        List<Fix> fixes) {

    /** What stops a value. */
    public enum Kind {
        LAMBDA,
        NESTED_FUNCTION,
        /** A class that is made in a function, or an instance of one. */
        LOCAL_CLASS,
        /** A function or class that pickle knows by a name which means something else, or nothing. */
        SHADOWED,
        /** A method whose name is mangled. */
        NAME_MANGLED,
        /** An object that no pickle carries. */
        UNPICKLABLE,
        /** A method whose object no pickle carries. */
        UNPICKLABLE_SELF,
        /** Something between threads that is given to a process when it starts. */
        THREAD_PRIMITIVE,
        /** Something between processes that is sent, though it is shared only with a process that starts. */
        SHARED_PRIMITIVE,
        /** Anything that cannot be pickled, put into a queue, whose thread finds out too late to tell anybody. */
        QUEUED,
        /** A process object of a class of the file that holds something which no pickle carries. */
        PROCESS_STATE,
        /** A definition that only the program itself executes. */
        MAIN_ONLY,
        /** A definition of a package's {@code __main__.py}, which no child imports. */
        PACKAGE_MAIN,
        /** A definition of a notebook's cell, which is in no file that a child could import. */
        NOTEBOOK,
        /** Nothing is known to stop it. */
        NONE
    }

    public Crossing {
        related = List.copyOf(related);
        fixes = List.copyOf(fixes);
    }

    /** Returns the same crossing with other fixes. */
    public Crossing with(List<Fix> others) {
        return new Crossing(api, range, kind, what, attribute, onlyWithoutFork, choice, related, others);
    }
}
