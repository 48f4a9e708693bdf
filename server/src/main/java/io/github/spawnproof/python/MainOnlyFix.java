package io.github.spawnproof.python;

import io.github.spawnproof.finding.Applicability;
import io.github.spawnproof.finding.Fix;
import io.github.spawnproof.finding.TextEdit;
import io.github.spawnproof.python.syntax.Expression;
import io.github.spawnproof.python.syntax.Node;
import io.github.spawnproof.python.syntax.PythonTree;
import io.github.spawnproof.python.syntax.Statement;
import io.github.spawnproof.python.syntax.TopLevel;
import io.github.spawnproof.source.SourceText;
import io.github.spawnproof.source.TextRange;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Writes the edits that move a definition out of the main guard's body to the place above the guard. */
final class MainOnlyFix {

    private final PythonTree tree;
    private final SourceText source;
    private final Evaluator evaluator;
    private final MainOnly mainOnly;
    private final Layout layout;
    private final Map<String, List<Fix>> known = new HashMap<>();

    MainOnlyFix(PythonTree tree, Evaluator evaluator, MainOnly mainOnly) {
        this.tree = tree;
        this.source = tree.source();
        this.evaluator = evaluator;
        this.mainOnly = mainOnly;
        this.layout = new Layout(tree);
    }

    /** Returns where a name of the guard's body gets its value: the definition's name, or the statement's first line. */
    TextRange place(Binding binding) {
        if (binding.definition() instanceof Statement.FunctionDef function) {
            int start = binding.scope().base() + function.nameStart();
            return new TextRange(start, start + function.name().length());
        } else if (binding.definition() instanceof Statement.ClassDef type) {
            int start = binding.scope().base() + type.nameStart();
            return new TextRange(start, start + type.name().length());
        }
        int end = Math.max(0, binding.position());
        int line = source.lineStart(Math.max(0, end - 1));
        return new TextRange(line + source.indentation(line).length(), Math.min(end, source.lineEnd(line)));
    }

    /** Returns the fix that moves what binds a name above the guard; none if that is not enough, or cannot be. */
    List<Fix> above(String name) {
        return known.computeIfAbsent(name, this::compute);
    }

    private List<Fix> compute(String name) {
        List<Binding> bindings = evaluator.scopes().module().bindings(name);
        if (bindings.size() != 1) {
            return List.of();
        }
        TopLevel topLevel =
                tree.statements().get(tree.topLevelAt(bindings.get(0).scope().base()));
        if (topLevel.damaged() || !(topLevel.statement() instanceof Statement.If guard)) {
            return List.of();
        }
        Optional<Statement> binder = guard.body().stream()
                .filter(statement -> binds(statement, name))
                .findFirst();
        Scope scope = bindings.get(0).scope();
        if (binder.isEmpty()
                || guard.body().size() < 2
                || !isDefinition(binder.get())
                || needsMain(binder.get(), scope, name)) {
            return List.of();
        }
        return edits(topLevel, binder.get())
                .map(edits -> List.of(new Fix("Move it above the main guard", Applicability.SAFE, edits)))
                .orElse(List.of());
    }

    private static boolean binds(Statement statement, String name) {
        return Definitions.defines(statement, name)
                || (statement instanceof Statement.Import imports
                        && imports.names().size() == 1
                        && bound(imports.names().get(0)).equals(name))
                || (statement instanceof Statement.ImportFrom from
                        && from.names().size() == 1
                        && bound(from.names().get(0)).equals(name));
    }

    private static String bound(Node.Alias alias) {
        return alias.asName() != null ? alias.asName() : ScopeBuilder.firstPart(alias.name());
    }

    /** Tells whether a statement binds its name to the same value wherever it stands. */
    static boolean isDefinition(Statement statement) {
        return !(statement instanceof Statement.Assign assign) || GuardEdits.isWrittenOut(assign.value());
    }

    /** Tells whether a definition uses something else that only the program has. */
    private boolean needsMain(Statement statement, Scope scope, String name) {
        boolean[] needs = {false};
        FreeNames.visit(
                statement,
                scope,
                evaluator.scopes(),
                (used, inner) -> needs[0] |= !used.id().equals(name)
                        && inner.owner(used.id()).kind() == Scope.Kind.MODULE
                        && mainOnly.isOnlyInMain(used.id()));
        return needs[0];
    }

    private Optional<List<TextEdit>> edits(TopLevel topLevel, Statement binder) {
        int start = topLevel.offset() + start(binder);
        int end = source.lineEnd(topLevel.offset() + binder.end());
        int from = withComments(source.lineStart(start));
        String rest =
                source.text().substring(topLevel.offset() + binder.end(), end).strip();
        boolean shares = !layout.isFirstOnLine(start) || !(rest.isEmpty() || rest.startsWith("#"));
        boolean holdsString =
                tree.multilineStrings().stream().anyMatch(string -> string.start() < end && from < string.end());
        if (shares || holdsString || !layout.isFirstOnLine(topLevel.offset())) {
            return Optional.empty();
        }
        String indentation = source.indentation(start);
        StringBuilder text = new StringBuilder();
        for (int line = from; line < end; line = source.nextLineStart(line)) {
            String content = source.text().substring(line, Math.min(end, source.lineEnd(line)));
            text.append(content.startsWith(indentation) ? content.substring(indentation.length()) : content.strip())
                    .append(layout.separator());
        }
        int at = layout.startWithComments(topLevel.offset());
        boolean definition = binder instanceof Statement.FunctionDef || binder instanceof Statement.ClassDef;
        List<TextEdit> edits = new ArrayList<>();
        edits.add(TextEdit.insert(
                at,
                layout.blankLinesBefore(at, definition ? 2 : 1)
                        + text
                        + layout.separator().repeat(2)));
        edits.add(TextEdit.delete(new TextRange(from, behind(end))));
        return Optional.of(edits);
    }

    private static int start(Statement statement) {
        List<Expression> decorators = statement instanceof Statement.FunctionDef function
                ? function.decorators()
                : statement instanceof Statement.ClassDef type ? type.decorators() : List.of();
        // The at sign stands before the decorator's expression.
        return decorators.isEmpty() ? statement.start() : decorators.get(0).start() - 1;
    }

    private int withComments(int line) {
        int first = line;
        while (first > 0) {
            int above = source.lineStart(first - 1);
            String text = source.text().substring(above, source.lineEnd(above)).strip();
            if (!text.startsWith("#") || layout.isInString(above)) {
                break;
            }
            first = above;
        }
        return first;
    }

    /** Returns the start of the next line that is not blank. */
    private int behind(int end) {
        int next = source.nextLineStart(end);
        while (next < source.length()
                && next > end
                && source.text().substring(next, source.lineEnd(next)).isBlank()) {
            next = source.nextLineStart(next);
        }
        return next;
    }
}
