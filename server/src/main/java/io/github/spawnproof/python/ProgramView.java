package io.github.spawnproof.python;

import io.github.spawnproof.boundary.Boundary;
import io.github.spawnproof.boundary.Opaque;
import io.github.spawnproof.boundary.ProgramNames;
import io.github.spawnproof.boundary.ProgramValue;
import java.util.List;
import java.util.Optional;

/** A program as one of its files sees it: relative names start there. */
final class ProgramView implements ProgramNames {

    /** What marks a file that was analysed, among those that see something of a program. */
    static final String ANALYSED = "analysed:";

    private final Program program;
    private final ImportPlace from;
    private final String asker;

    /**
     * Makes a view.
     *
     * @param from where the file's imports start
     * @param asker the module, or the URI of a file that was analysed with {@link #ANALYSED} before it, under which is
     *     remembered what it has seen
     */
    ProgramView(Program program, ImportPlace from, String asker) {
        this.program = program;
        this.from = from;
        this.asker = asker;
    }

    @Override
    public String canonical(String name) {
        return ProgramNames.isOfProgram(name) ? program.within(name, asker) : program.imported(name, from, asker);
    }

    @Override
    public Optional<Boundary> callable(String name) {
        return callable(name, Given.UNKNOWN);
    }

    /** Returns the row of a function of the program for a call with some arguments. */
    Optional<Boundary> callable(String name, Given given) {
        return program.callable(name, given, asker);
    }

    @Override
    public boolean isClass(String name) {
        return program.code(name, asker)
                .filter(code -> code.isClass(Program.member(name)))
                .isPresent();
    }

    @Override
    public boolean isMember(String name) {
        return program.code(name, asker)
                .filter(code -> code.isMember(Program.member(name)))
                .isPresent();
    }

    @Override
    public List<String> bases(String name) {
        return program.code(name, asker)
                .map(code -> code.bases(Program.member(name)))
                .orElse(List.of());
    }

    @Override
    public Optional<Opaque> opaque(String name) {
        return program.code(name, asker).flatMap(code -> code.opaque(Program.member(name)));
    }

    @Override
    public Optional<ProgramValue> value(String name) {
        return program.code(name, asker).flatMap(code -> code.value(Program.member(name)));
    }

    /** Tells whether what was found out last rests on something that is still being found out. */
    boolean isProvisional() {
        return program.isProvisional();
    }
}
