package io.github.spawnproof.python;

import io.github.spawnproof.finding.TextEdit;
import io.github.spawnproof.python.syntax.Node;
import io.github.spawnproof.python.syntax.PythonTree;
import io.github.spawnproof.python.syntax.Statement;
import io.github.spawnproof.python.syntax.TopLevel;
import java.util.List;
import java.util.Optional;

/** Says how a module calls {@code functools.partial}, and writes the import that this needs. */
final class PartialImport {

    /** How the file calls partial, and the import that this needs. */
    record Partial(String name, List<TextEdit> edits) {}

    private final PythonTree tree;
    private final Scopes scopes;
    private final NewDefinitions definitions;
    private final Layout layout;

    PartialImport(PythonTree tree, Scopes scopes, NewDefinitions definitions) {
        this.tree = tree;
        this.scopes = scopes;
        this.definitions = definitions;
        this.layout = definitions.layout();
    }

    /** Returns how to call it; empty if the module means something else by the name. */
    Optional<Partial> partial() {
        for (Scopes.Import imported : scopes.imports()) {
            int index = definitions.topLevelAt(imported.range().start());
            Statement statement = tree.statements().get(index).statement();
            if (statement instanceof Statement.Import imports) {
                for (Node.Alias alias : imports.names()) {
                    String asName = alias.asName();
                    if (alias.name().equals("functools")) {
                        return Optional.of(
                                new Partial((asName == null ? "functools" : asName) + ".partial", List.of()));
                    }
                }
            } else if (statement instanceof Statement.ImportFrom from && "functools".equals(from.module())) {
                for (Node.Alias alias : from.names()) {
                    String asName = alias.asName();
                    if (alias.name().equals("partial")) {
                        return Optional.of(new Partial(asName == null ? "partial" : asName, List.of()));
                    }
                }
            }
        }
        if (!scopes.module().bindings("functools").isEmpty()) {
            return Optional.empty();
        }
        return Optional.of(new Partial("functools.partial", List.of(importOfFunctools())));
    }

    private TextEdit importOfFunctools() {
        String line = "import functools" + layout.separator();
        int first = layout.firstFreeStatement();
        // Before the first import; where there is none, before the first statement.
        for (int i = first; i < tree.statements().size(); i++) {
            Statement statement = tree.statements().get(i).statement();
            int offset = tree.statements().get(i).offset();
            if ((statement instanceof Statement.Import || statement instanceof Statement.ImportFrom)
                    && layout.isFirstOnLine(offset)) {
                return TextEdit.insert(layout.lineStart(offset), line);
            }
        }
        int free = first;
        while (free < tree.statements().size() - 1
                && !layout.isFirstOnLine(tree.statements().get(free).offset())) {
            free++;
        }
        TopLevel next = tree.statements().get(Math.min(free, tree.statements().size() - 1));
        boolean definition =
                next.statement() instanceof Statement.FunctionDef || next.statement() instanceof Statement.ClassDef;
        return TextEdit.insert(
                layout.startWithComments(next.offset()),
                line + layout.separator().repeat(definition ? 2 : 1));
    }
}
