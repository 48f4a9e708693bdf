package io.github.spawnproof.python;

import io.github.spawnproof.finding.TextEdit;
import io.github.spawnproof.python.syntax.Expression;
import io.github.spawnproof.python.syntax.Node;
import io.github.spawnproof.python.syntax.PythonTree;
import io.github.spawnproof.python.syntax.Statement;
import io.github.spawnproof.source.SourceText;
import io.github.spawnproof.source.TextRange;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Writes the edits that choose a start method, or set a variable, in time. */
final class SetupEdits {

    /** A simple statement, with the block that it stands in, and the statement around that. */
    private record Place(
            Statement statement,
            Scope scope,
            List<Statement> block,
            @Nullable Place around) {
        TextRange range() {
            return Site.range(statement, scope);
        }
    }

    private final PythonTree tree;
    private final SourceText source;
    private final Evaluator evaluator;
    private final StartFinder starts;
    private final Layout layout;

    SetupEdits(PythonTree tree, Evaluator evaluator, StartFinder starts) {
        this.tree = tree;
        this.source = tree.source();
        this.evaluator = evaluator;
        this.starts = starts;
        this.layout = new Layout(tree);
    }

    Layout layout() {
        return layout;
    }

    String quoted(String text) {
        return layout.quote() + text + layout.quote();
    }

    /** Returns the part of a string literal between its quotes; empty if it has another form than the usual one. */
    Optional<TextRange> content(TextRange literal) {
        String text = source.slice(literal);
        int quote = 0;
        while (quote < text.length() && Character.isLetter(text.charAt(quote))) {
            quote++;
        }
        boolean plain = text.length() > quote + 1
                && quote <= 1
                && (text.charAt(quote) == '"' || text.charAt(quote) == '\'')
                && text.indexOf(text.charAt(quote), quote + 1) == text.length() - 1
                && text.indexOf('\\') < 0;
        return plain ? Optional.of(new TextRange(literal.start() + quote + 1, literal.end() - 1)) : Optional.empty();
    }

    /** Returns the edits that import a module by its name; empty if the name stands for something else. */
    Optional<List<TextEdit>> importing(String module) {
        List<Binding> bindings = evaluator.scopes().module().bindings(module);
        if (!bindings.isEmpty()) {
            boolean imported = bindings.stream()
                    .allMatch(binding -> binding.kind() == Binding.Kind.IMPORT && module.equals(binding.imported()));
            return imported ? Optional.of(List.of()) : Optional.empty();
        }
        int place = placeOfImport(module);
        return place < 0
                ? Optional.empty()
                : Optional.of(List.of(TextEdit.insert(place, "import " + module + layout.separator())));
    }

    /** Returns where a line that imports a module goes, as formatters sort; -1 if there are no imports. */
    private int placeOfImport(String module) {
        int place = -1;
        for (int i = layout.firstFreeStatement(); i < tree.statements().size(); i++) {
            Statement statement = tree.statements().get(i).statement();
            int offset = tree.statements().get(i).offset();
            boolean isImport = statement instanceof Statement.Import || statement instanceof Statement.ImportFrom;
            if (!isImport || !layout.isFirstOnLine(offset)) {
                break;
            }
            if (statement instanceof Statement.Import imports
                    && !imports.names().isEmpty()
                    && imports.names().get(0).name().compareTo(module) < 0) {
                place = source.nextLineStart(offset + statement.end());
            } else if (place < 0) {
                place = layout.lineStart(offset);
            }
            if (!(statement instanceof Statement.Import)) {
                break;
            }
        }
        return place;
    }

    /** Returns the edit that puts a statement first into the body of the main guard; empty if there is no guard. */
    List<TextEdit> firstInGuard(String statement) {
        int body = guardBody();
        return body < 0
                ? List.of()
                : List.of(TextEdit.insert(
                        source.lineStart(body), source.indentation(body) + statement + layout.separator()));
    }

    /** Returns the edits that move the simple statement at an offset first into the main guard. */
    List<TextEdit> moveIntoGuard(int offset) {
        Place place = placeAt(offset);
        int body = guardBody();
        if (place == null
                || body < 0
                || place.scope().kind() != Scope.Kind.MODULE
                || place.block().size() != 1
                || !isAlone(place.range())
                || source.indentation(place.range().start()).length() > 0
                || body < offset) {
            return List.of();
        }
        List<TextEdit> edits = new ArrayList<>();
        edits.add(TextEdit.delete(lines(place.range(), true)));
        edits.addAll(firstInGuard(source.slice(place.range())));
        return edits;
    }

    /** Returns the edits that move the statement at an offset above another one of the same block. */
    List<TextEdit> moveAbove(int offset, int other) {
        Place place = placeAt(offset);
        Place above = placeAt(other);
        if (place == null
                || above == null
                || !isAlone(place.range())
                || !isAlone(above.range())
                || place.block().stream().noneMatch(statement -> Site.isSame(statement, above.statement()))) {
            return List.of();
        }
        int line = source.lineStart(above.range().start());
        String text = source.text()
                .substring(
                        source.lineStart(offset), source.lineEnd(place.range().end()));
        return List.of(TextEdit.insert(line, text + layout.separator()), TextEdit.delete(lines(place.range(), false)));
    }

    /**
     * Returns the edits that move the statement at an offset above the line of a top-level statement.
     *
     * @param module the module that the statement needs
     */
    List<TextEdit> moveAboveImport(int offset, int importOffset, String module) {
        Place place = placeAt(offset);
        if (place == null || !isAlone(place.range()) || !isTopLevel(importOffset)) {
            return List.of();
        }
        List<TextEdit> edits = new ArrayList<>(aboveImport(source.slice(place.range()), importOffset, module));
        if (edits.isEmpty()) {
            return List.of();
        }
        boolean only = place.block().size() == 1 && source.indentation(offset).length() > 0;
        edits.add(
                only
                        ? TextEdit.replace(place.range(), "pass")
                        : TextEdit.delete(
                                lines(place.range(), source.indentation(offset).isEmpty())));
        return edits;
    }

    /**
     * Returns the edits that take the simple statement at an offset away, and with it the tests of the platform that are
     * there for nothing else; empty if it shares its lines with others.
     */
    List<TextEdit> removal(int offset) {
        Place place = placeAt(offset);
        boolean simple = place != null
                && (place.statement() instanceof Statement.Assign
                        || (place.statement() instanceof Statement.ExpressionStatement expression
                                && expression.value() instanceof Expression.Call));
        if (place == null || !simple || !isAlone(place.range())) {
            return List.of();
        }
        while (place.block().size() == 1 && place.around() != null && isTestAlone(place.around())) {
            place = place.around();
        }
        boolean only = place.block().size() == 1 && place.around() != null;
        boolean topLevel = source.indentation(place.range().start()).isEmpty();
        return List.of(
                only ? TextEdit.replace(place.range(), "pass") : TextEdit.delete(lines(place.range(), topLevel)));
    }

    /** Tells whether a statement is an {@code if} with one arm and no comment, on lines of its own. */
    private boolean isTestAlone(Place place) {
        return place.statement() instanceof Statement.If test
                && test.orElse().isEmpty()
                && source.slice(place.range()).startsWith("if")
                && source.slice(place.range()).indexOf('#') < 0
                && layout.isFirstOnLine(place.range().start())
                && source.text()
                        .substring(
                                place.range().end(),
                                source.lineEnd(place.range().end()))
                        .isBlank()
                && !evaluator
                        .limits()
                        .absentAt(Site.range(test.body().get(0), place.scope()).start())
                        .isEmpty();
    }

    /** Returns the edits that put a statement above the line of a top-level import, with the module that it needs. */
    List<TextEdit> aboveImport(String statement, int importOffset, String module) {
        if (!isTopLevel(importOffset)) {
            return List.of();
        }
        List<Binding> bindings = evaluator.scopes().module().bindings(module);
        boolean other = bindings.stream()
                .anyMatch(binding -> binding.kind() != Binding.Kind.IMPORT || !module.equals(binding.imported()));
        if (other) {
            return List.of();
        }
        String separator = layout.separator();
        boolean imported = bindings.stream().anyMatch(binding -> binding.position() <= importOffset);
        int line = layout.lineStart(importOffset);
        // Set off from the imports around it, as formatters do.
        String text = imported
                ? layout.blankLinesBefore(line, 1) + statement + separator + separator
                : "import " + module + separator + separator + statement + separator + separator;
        List<TextEdit> edits = new ArrayList<>();
        edits.add(TextEdit.insert(line, text));
        if (!imported) {
            bindings.stream()
                    .map(binding -> placeAt(binding.position() - 1))
                    .filter(place -> place != null && isOnlyImportOf(place, module))
                    .forEach(place -> edits.add(TextEdit.delete(lines(place.range(), false))));
        }
        return edits;
    }

    private boolean isOnlyImportOf(Place place, String module) {
        return place.statement() instanceof Statement.Import imports
                && imports.names().size() == 1
                && imports.names().get(0).name().equals(module)
                && place.scope().kind() == Scope.Kind.MODULE
                && source.indentation(place.range().start()).isEmpty()
                && isAlone(place.range());
    }

    private boolean isTopLevel(int offset) {
        for (int i = 0; i < tree.statements().size(); i++) {
            int start = tree.statements().get(i).offset();
            Statement statement = tree.statements().get(i).statement();
            if (start <= offset && offset < start + statement.end()) {
                return layout.isFirstOnLine(start)
                        && (statement instanceof Statement.Import || statement instanceof Statement.ImportFrom);
            }
        }
        return false;
    }

    /** Returns the offset of the first statement under the main guard; -1 if there is none on a line of its own. */
    private int guardBody() {
        for (int i = tree.statements().size() - 1; i >= 0; i--) {
            Statement statement = tree.statements().get(i).statement();
            if (statement instanceof Statement.If guard
                    && starts.isMainGuard(guard, evaluator.scopes().topLevel(i))) {
                int body =
                        tree.statements().get(i).offset() + guard.body().get(0).start();
                return layout.isFirstOnLine(body) && !tree.statements().get(i).damaged() ? body : -1;
            }
        }
        return -1;
    }

    /** Tells whether a statement is on one line that it shares with none but a comment. */
    private boolean isAlone(TextRange statement) {
        int end = source.lineEnd(statement.start());
        String rest = statement.end() <= end
                ? source.text().substring(statement.end(), end).strip()
                : "x";
        return layout.isFirstOnLine(statement.start()) && (rest.isEmpty() || rest.startsWith("#"));
    }

    /** Returns the line of a statement, if wanted with the blank ones before it where others follow. */
    private TextRange lines(TextRange statement, boolean withBlank) {
        int start = source.lineStart(statement.start());
        int end = source.nextLineStart(statement.end());
        if (end == source.lineEnd(statement.end()) && start > 0) {
            // The last line has no end of its own: that of the line above goes instead.
            return new TextRange(source.lineEnd(source.lineStart(start - 1)), end);
        }
        boolean blankFollows = end < source.length()
                && source.text().substring(end, source.lineEnd(end)).isBlank();
        while (withBlank && blankFollows && start > 0) {
            int above = source.lineStart(start - 1);
            if (!source.text().substring(above, start).isBlank()) {
                break;
            }
            start = above;
        }
        // The last line of a file that does not end with a line end leaves none behind either.
        boolean endsFile = end == source.length() && source.lineEnd(statement.end()) == end && start > 0;
        return new TextRange(endsFile ? source.lineEnd(source.lineStart(start - 1)) : start, end);
    }

    private @Nullable Place placeAt(int offset) {
        for (int i = 0; i < tree.statements().size(); i++) {
            Statement statement = tree.statements().get(i).statement();
            Scope scope = evaluator.scopes().topLevel(i);
            int base = tree.statements().get(i).offset();
            if (base <= offset
                    && offset < base + statement.end()
                    && !tree.statements().get(i).damaged()) {
                Place[] found = {null};
                find(statement, scope, List.of(statement), offset, found);
                return found[0];
            }
        }
        return null;
    }

    private void find(Statement statement, Scope scope, List<Statement> block, int offset, @Nullable Place[] found) {
        found[0] = new Place(statement, scope, block, found[0]);
        evaluator
                .scopes()
                .forEachChild(
                        statement, scope, (child, childScope) -> inner(child, childScope, statement, offset, found));
    }

    private void inner(Node child, Scope scope, Node parent, int offset, @Nullable Place[] found) {
        boolean around = Site.range(child, scope).contains(offset);
        if (child instanceof Statement statement && around) {
            find(statement, scope, StatementBlocks.around(statement, parent), offset, found);
        } else if (around && child instanceof Node.ExceptHandler handler) {
            handler.forEachChild(inside -> inner(inside, scope, handler, offset, found));
        } else if (around && child instanceof Node.MatchCase matchCase) {
            matchCase.forEachChild(inside -> inner(inside, scope, matchCase, offset, found));
        }
    }
}
