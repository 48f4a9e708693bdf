package io.github.spawnproof.boundary;

import java.util.List;
import java.util.Optional;

/**
 * What the names of a program's own modules mean, and of packages that it imports, in the words of the table.
 *
 * <p>A module is known by where it is, as {@code /src/app/jobs}, and what is in it by {@code /src/app/jobs.Runner.run}: no
 * name of a library has a slash.
 */
public interface ProgramNames {

    /** What marks a name of the program. */
    String MARK = "/";

    /** A file that knows of no others. */
    ProgramNames NONE = new ProgramNames() {
        @Override
        public String canonical(String name) {
            return name;
        }

        @Override
        public Optional<Boundary> callable(String name) {
            return Optional.empty();
        }

        @Override
        public boolean isClass(String name) {
            return false;
        }

        @Override
        public boolean isMember(String name) {
            return false;
        }

        @Override
        public List<String> bases(String name) {
            return List.of();
        }

        @Override
        public Optional<Opaque> opaque(String name) {
            return Optional.empty();
        }

        @Override
        public Optional<ProgramValue> value(String name) {
            return Optional.empty();
        }
    };

    /** Tells whether a name is one of the program's. */
    static boolean isOfProgram(String name) {
        return name.startsWith(MARK);
    }

    /** Returns what an imported name stands for: something of a module, or of a library; the name itself if nobody knows. */
    String canonical(String name);

    /** Returns the row of a function, method or class of the program, called with whatever arguments. */
    Optional<Boundary> callable(String name);

    /** Tells whether a name of the program stands for a class. */
    boolean isClass(String name);

    /** Tells whether a class of the program has a member itself, whatever that is: {@code /app/jobs.Runner.start}. */
    boolean isMember(String name);

    /** Returns the bases of a class of the program, by canonical name, those left out of which nothing is known. */
    List<String> bases(String name);

    /** Returns why no pickle carries instances of a class of the program; empty if one might. */
    Optional<Opaque> opaque(String name);

    /** Returns what a variable of a module, or an attribute of a class's instances, holds. */
    Optional<ProgramValue> value(String name);
}
