package io.github.spawnproof.python;

import io.github.spawnproof.finding.TextEdit;
import io.github.spawnproof.python.syntax.PythonTree;
import io.github.spawnproof.python.syntax.Statement;
import io.github.spawnproof.python.syntax.TopLevel;
import java.util.List;

/** Writes edits that add an import to a file. */
final class ImportEdits {

    private final PythonTree tree;
    private final Layout layout;

    ImportEdits(PythonTree tree) {
        this.tree = tree;
        this.layout = new Layout(tree);
    }

    /** Returns the edits that add the statement: before the first import, else before the first statement; none if there is no place. */
    List<TextEdit> of(String statement) {
        String line = statement + layout.separator();
        int first = layout.firstFreeStatement();
        for (int i = first; i < tree.statements().size(); i++) {
            Statement candidate = tree.statements().get(i).statement();
            int offset = tree.statements().get(i).offset();
            if ((candidate instanceof Statement.Import || candidate instanceof Statement.ImportFrom)
                    && layout.isFirstOnLine(offset)) {
                return List.of(TextEdit.insert(layout.lineStart(offset), line));
            }
        }
        int free = first;
        while (free < tree.statements().size()
                && !layout.isFirstOnLine(tree.statements().get(free).offset())) {
            free++;
        }
        if (free == tree.statements().size()) {
            return List.of();
        }
        TopLevel next = tree.statements().get(free);
        boolean definition =
                next.statement() instanceof Statement.FunctionDef || next.statement() instanceof Statement.ClassDef;
        return List.of(TextEdit.insert(
                layout.startWithComments(next.offset()),
                line + layout.separator().repeat(definition ? 2 : 1)));
    }
}
