package io.github.spawnproof.python;

import io.github.spawnproof.boundary.Boundary;
import io.github.spawnproof.boundary.Opaque;
import io.github.spawnproof.boundary.ProgramNames;
import io.github.spawnproof.boundary.ProgramValue;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A program as one of its files sees it: relative names start there. */
final class ProgramView implements ProgramNames {

    private final Program program;
    private final String folder;
    private final @Nullable String module;

    /**
     * Makes a view.
     *
     * @param folder the file's folder from the root, with a slash at its end unless it is empty
     * @param module the file, if it is one that others import; what it sees is then remembered as its dependence
     */
    ProgramView(Program program, String folder, @Nullable String module) {
        this.program = program;
        this.folder = folder;
        this.module = module;
    }

    @Override
    public String canonical(String name) {
        return ProgramNames.isOfProgram(name) ? program.within(name, module) : program.imported(name, folder, module);
    }

    @Override
    public Optional<Boundary> callable(String name) {
        return callable(name, Given.UNKNOWN);
    }

    /** Returns the row of a function of the program for a call with some arguments. */
    Optional<Boundary> callable(String name, Given given) {
        return program.callable(name, given, module);
    }

    @Override
    public boolean isClass(String name) {
        return program.code(name, module)
                .filter(code -> code.isClass(Program.member(name)))
                .isPresent();
    }

    @Override
    public List<String> bases(String name) {
        return program.code(name, module)
                .map(code -> code.bases(Program.member(name)))
                .orElse(List.of());
    }

    @Override
    public Optional<Opaque> opaque(String name) {
        return program.code(name, module).flatMap(code -> code.opaque(Program.member(name)));
    }

    @Override
    public Optional<ProgramValue> value(String name) {
        return program.code(name, module).flatMap(code -> code.value(Program.member(name)));
    }

    /** Tells whether what was found out last rests on something that is still being found out. */
    boolean isProvisional() {
        return program.isProvisional();
    }
}
