package io.github.spawnproof.python;

import io.github.spawnproof.python.syntax.PythonTree;
import java.util.Optional;

/** Says how a module calls a function of {@code functools}, and writes the import that this needs. */
final class FunctoolsImport {

    private final LibraryNames names;

    FunctoolsImport(PythonTree tree, Scopes scopes) {
        this.names = new LibraryNames(tree, scopes);
    }

    /** Returns how to call {@code partial}; empty if the module means something else by the name, or has no place for the import. */
    Optional<LibraryNames.Name> partial() {
        return of("partial");
    }

    /** Returns how to call a function; empty if the module means something else by the name, or has no place for the import. */
    Optional<LibraryNames.Name> of(String function) {
        return names.of("functools", function);
    }
}
