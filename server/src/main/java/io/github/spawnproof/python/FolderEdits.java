package io.github.spawnproof.python;

import io.github.spawnproof.finding.TextEdit;
import io.github.spawnproof.python.syntax.Expression;
import io.github.spawnproof.python.syntax.PythonTree;
import io.github.spawnproof.python.syntax.TopLevel;
import io.github.spawnproof.source.TextRange;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Writes the edits that make a relative path one from the folder of the file that it is written in. */
final class FolderEdits {

    private static final String OS_FOLDER = "os.path.dirname(os.path.abspath(__file__))";

    private final PythonTree tree;
    private final Evaluator evaluator;

    FolderEdits(PythonTree tree, Evaluator evaluator) {
        this.tree = tree;
        this.evaluator = evaluator;
    }

    /** Returns the edits; none if the code there cannot have them. */
    List<TextEdit> of(Site site) {
        boolean damaged = tree.statements().stream()
                .filter(topLevel -> topLevel.offset() == site.scope().base())
                .anyMatch(TopLevel::damaged);
        if (damaged || !evaluator.scopes().bindingsAnywhere("__file__").isEmpty()) {
            return List.of();
        }
        Expression expression = site.expression();
        Optional<String> pathlib = pathlib(site.scope());
        Expression object = object(site);
        if (object != null) {
            return pathlib.map(folder -> List.of(TextEdit.insert(site.scope().base() + object.start(), folder + " / ")))
                    .orElse(List.of());
        }
        TextRange range = site.range();
        boolean os = isModule("os", site.scope());
        if (os && expression instanceof Expression.Call call && isCallOf(call, "os.path.join", site.scope())) {
            return List.of(TextEdit.insert(
                    site.scope().base() + call.arguments().get(0).start(), OS_FOLDER + ", "));
        }
        if (!os && pathlib.isPresent()) {
            boolean atom = !(expression instanceof Expression.BinOp
                    || expression instanceof Expression.BoolOp
                    || expression instanceof Expression.IfExp);
            return List.of(
                    TextEdit.insert(range.start(), "str(" + pathlib.get() + " / " + (atom ? "" : "(")),
                    TextEdit.insert(range.end(), atom ? ")" : "))"));
        }
        List<TextEdit> edits = new ArrayList<>();
        if (!os) {
            List<TextEdit> added = evaluator.scopes().bindingsAnywhere("os").isEmpty()
                    ? new ImportEdits(tree).of("import os")
                    : List.of();
            if (added.isEmpty()) {
                return List.of();
            }
            edits.addAll(added);
        }
        edits.add(TextEdit.insert(range.start(), "os.path.join(" + OS_FOLDER + ", "));
        edits.add(TextEdit.insert(range.end(), ")"));
        return edits;
    }

    /** Returns the path object that the expression is, or makes a string of; null if there is none to be seen. */
    private @Nullable Expression object(Site site) {
        Expression expression = site.expression();
        if (expression instanceof Expression.Call call
                && call.arguments().size() == 1
                && call.function() instanceof Expression.Name name
                && name.id().equals("str")) {
            expression = call.arguments().get(0);
        }
        List<PathText> texts = new PathReader(evaluator).read(new Site(expression, site.scope()));
        boolean written = expression instanceof Expression.Call
                || (expression instanceof Expression.BinOp operation
                        && operation.operator().equals("/"));
        return written && texts.stream().allMatch(PathText::isObject) ? expression : null;
    }

    private boolean isCallOf(Expression.Call call, String name, Scope scope) {
        return !call.arguments().isEmpty()
                && evaluator.evaluate(call.function(), scope) instanceof Value.Named named
                && named.name().equals(name);
    }

    /** Tells whether a name stands for the module of that name, whatever reaches the place. */
    private boolean isModule(String name, Scope scope) {
        return isImport(name, name, scope);
    }

    /** Tells whether a module-level import, and nothing else, gives a name its meaning in a scope. */
    private static boolean isImport(String name, String imported, Scope scope) {
        Scope owner = scope.owner(name);
        List<Binding> bindings = owner.bindings(name);
        return owner.kind() == Scope.Kind.MODULE
                && !bindings.isEmpty()
                && bindings.stream()
                        .allMatch(binding ->
                                binding.kind() == Binding.Kind.IMPORT && imported.equals(binding.imported()));
    }

    /** Returns how the file writes its folder as a path object, if it imports what that needs. */
    private static Optional<String> pathlib(Scope scope) {
        if (isImport("Path", "pathlib.Path", scope)) {
            return Optional.of("Path(__file__).resolve().parent");
        }
        return isImport("pathlib", "pathlib", scope)
                ? Optional.of("pathlib.Path(__file__).resolve().parent")
                : Optional.empty();
    }
}
