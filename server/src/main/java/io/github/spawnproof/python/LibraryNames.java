package io.github.spawnproof.python;

import io.github.spawnproof.finding.TextEdit;
import io.github.spawnproof.python.syntax.Node;
import io.github.spawnproof.python.syntax.PythonTree;
import io.github.spawnproof.python.syntax.Statement;
import java.util.List;
import java.util.Optional;

/** Says how a module calls a function of a library, and writes the import that this needs. */
final class LibraryNames {

    /** What the file calls a function, and the import that this needs. */
    record Name(String name, List<TextEdit> edits) {}

    private final PythonTree tree;
    private final Scopes scopes;

    LibraryNames(PythonTree tree, Scopes scopes) {
        this.tree = tree;
        this.scopes = scopes;
    }

    /** Returns how to call a function; empty if the module means something else by the name, or has no place for the import. */
    Optional<Name> of(String library, String function) {
        for (Scopes.Import imported : scopes.imports()) {
            int index = tree.topLevelAt(imported.range().start());
            Statement statement = tree.statements().get(index).statement();
            if (statement instanceof Statement.Import imports) {
                for (Node.Alias alias : imports.names()) {
                    String asName = alias.asName();
                    if (alias.name().equals(library)) {
                        return Optional.of(new Name((asName == null ? library : asName) + "." + function, List.of()));
                    }
                }
            } else if (statement instanceof Statement.ImportFrom from && library.equals(from.module())) {
                for (Node.Alias alias : from.names()) {
                    String asName = alias.asName();
                    if (alias.name().equals(function)) {
                        return Optional.of(new Name(asName == null ? function : asName, List.of()));
                    }
                }
            }
        }
        if (!scopes.module().bindings(library).isEmpty()) {
            return Optional.empty();
        }
        List<TextEdit> edits = new ImportEdits(tree).of("import " + library);
        return edits.isEmpty() ? Optional.empty() : Optional.of(new Name(library + "." + function, edits));
    }
}
