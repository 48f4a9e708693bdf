package io.github.spawnproof.python;

import io.github.spawnproof.finding.TextEdit;
import io.github.spawnproof.python.syntax.Expression;
import io.github.spawnproof.python.syntax.Node;
import io.github.spawnproof.python.syntax.Statement;
import io.github.spawnproof.source.SourceText;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Writes the edits that hand a function what it captured: leading parameters, and arguments wherever it is used. */
final class ArgumentEdits {

    private final SourceText source;
    private final Evaluator evaluator;
    private final FunctoolsImport partials;

    ArgumentEdits(SourceText source, Evaluator evaluator, FunctoolsImport partials) {
        this.source = source;
        this.evaluator = evaluator;
        this.partials = partials;
    }

    /** Returns the edits for a definition that captures nothing and has another name than before, or the same. */
    DefinitionLift.HandOver renamed(List<NameWalk.Use> uses, String newName) {
        List<TextEdit> edits = new ArrayList<>();
        for (NameWalk.Use use : uses) {
            if (!use.id().equals(newName)) {
                edits.add(TextEdit.replace(Site.range(use.name(), use.scope()), newName));
            }
        }
        return new DefinitionLift.HandOver(List.of(), List.of(), edits, true);
    }

    /** Returns the edits for a function; empty if one of its uses cannot hand over anything. */
    Optional<DefinitionLift.HandOver> ofFunction(
            Statement.FunctionDef function, Scope own, List<String> captured, List<NameWalk.Use> uses, String newName) {
        // A decorator wraps the old parameters; **kwargs may be given the new ones once more.
        boolean takesAny = function.parameters().list().stream()
                .anyMatch(parameter -> parameter.kind() == Node.ParameterKind.VAR_KEYWORD);
        int name = own.base() + function.nameStart() + function.name().length();
        int open = openingBracket(name);
        if (!function.decorators().isEmpty() || takesAny || open < 0) {
            return Optional.empty();
        }
        String values = String.join(", ", captured);
        List<TextEdit> inside =
                List.of(inserted(open, values, !function.parameters().list().isEmpty()));
        List<TextEdit> imports = new ArrayList<>();
        List<TextEdit> outside = new ArrayList<>();
        boolean safe = true;
        for (NameWalk.Use use : uses) {
            Expression.Call call = use.calledBy();
            if (call != null) {
                Optional<TextEdit> edit = leading(call, use, values);
                if (edit.isEmpty()) {
                    return Optional.empty();
                }
                outside.add(edit.get());
                if (!use.id().equals(newName)) {
                    outside.add(TextEdit.replace(Site.range(use.name(), use.scope()), newName));
                }
            } else {
                Optional<LibraryNames.Name> partial = partials.partial();
                if (!use.isValue()
                        || partial.isEmpty()
                        || isHidden(partial.get().name(), use.scope())) {
                    return Optional.empty();
                }
                imports.addAll(partial.get().edits());
                String text = partial.get().name() + "(" + newName + ", " + values + ")";
                outside.add(TextEdit.replace(Site.range(use.name(), use.scope()), text));
                // Whoever is not known may ask the function for its name.
                safe &= isSentByLibrary(use);
            }
        }
        return Optional.of(new DefinitionLift.HandOver(imports, inside, outside, safe));
    }

    private static boolean isHidden(String partial, Scope scope) {
        return scope.owner(ScopeBuilder.firstPart(partial)).kind() != Scope.Kind.MODULE;
    }

    private boolean isSentByLibrary(NameWalk.Use use) {
        Expression.Call call = use.argumentOf();
        return call != null
                && evaluator.evaluate(call.function(), use.scope()).alternatives().stream()
                        .allMatch(callee ->
                                callee.isNone() || evaluator.boundary(callee).isPresent());
    }

    /** Returns the edit that puts arguments before those of a call of the name; empty if it cannot be done. */
    Optional<TextEdit> leading(Expression.Call call, NameWalk.Use use, String values) {
        int open = openingBracket(Site.range(use.name(), use.scope()).end());
        boolean bareGenerator = call.arguments().size() == 1
                && call.arguments().get(0) instanceof Expression.Comprehended generator
                && generator.kind() == Expression.ComprehensionKind.GENERATOR
                && use.scope().base() + generator.start() == open;
        if (open < 0 || bareGenerator) {
            return Optional.empty();
        }
        boolean more = !call.arguments().isEmpty() || !call.keywords().isEmpty();
        return Optional.of(inserted(open, values, more));
    }

    /** Returns the offset of the bracket behind a name; -1 if something else is there. */
    private int openingBracket(int nameEnd) {
        int at = nameEnd;
        while (at < source.length() && " \t".indexOf(source.text().charAt(at)) >= 0) {
            at++;
        }
        return at < source.length() && source.text().charAt(at) == '(' ? at : -1;
    }

    private TextEdit inserted(int open, String values, boolean more) {
        boolean endsLine =
                source.text().substring(open + 1, source.lineEnd(open)).isBlank();
        return TextEdit.insert(open + 1, values + (more ? endsLine ? "," : ", " : ""));
    }
}
