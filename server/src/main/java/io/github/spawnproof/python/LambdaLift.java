package io.github.spawnproof.python;

import io.github.spawnproof.finding.TextEdit;
import io.github.spawnproof.python.syntax.Expression;
import io.github.spawnproof.python.syntax.Node;
import io.github.spawnproof.python.syntax.PythonTree;
import io.github.spawnproof.python.syntax.Statement;
import io.github.spawnproof.python.syntax.TopLevel;
import io.github.spawnproof.source.SourceText;
import io.github.spawnproof.source.TextRange;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Writes the edits that make a lambda a function at module level; what it captures becomes arguments of a partial.
 *
 * <p>One instance serves one analysis: it gives each new function a name of its own.
 */
final class LambdaLift {

    private static final Set<String> GENERIC_PARAMETERS =
            Set.of("func", "fn", "function", "iterable", "args", "kwargs", "obj", "item");

    private final PythonTree tree;
    private final SourceText source;
    private final Evaluator evaluator;
    private final Layout layout;
    private final NewDefinitions definitions;
    private final FunctoolsImport partials;
    private final Captures captures;
    private final IdentityHashMap<Expression.Lambda, Lifted> lifted = new IdentityHashMap<>();

    LambdaLift(
            PythonTree tree,
            Evaluator evaluator,
            NewDefinitions definitions,
            FunctoolsImport partials,
            Captures captures) {
        this.tree = tree;
        this.source = tree.source();
        this.evaluator = evaluator;
        this.layout = definitions.layout();
        this.definitions = definitions;
        this.partials = partials;
        this.captures = captures;
    }

    SourceText source() {
        return source;
    }

    /**
     * Returns the edits for a lambda.
     *
     * @param hint the parameter that it is handed to, for the name of the function
     * @param literal whether it is written where it crosses, so that nothing can change what it captures in between
     * @param atOnce whether it crosses right there, not when some process is started later
     */
    Lifted lift(Value.LambdaOf value, String hint, boolean literal, boolean atOnce) {
        return lifted.computeIfAbsent(value.lambda(), lambda -> compute(value, hint, literal, atOnce));
    }

    private Lifted compute(Value.LambdaOf value, String hint, boolean literal, boolean atOnce) {
        TextRange range = value.site().range();
        int index = tree.topLevelAt(range.start());
        TopLevel topLevel = tree.statements().get(index);
        if (topLevel.damaged() || hasCommentInHead(value)) {
            return Lifted.NONE;
        }
        Optional<Captures.Captured> captured = captures.ofLambda(value, literal, atOnce);
        if (captured.isEmpty()) {
            return Lifted.NONE;
        }
        Optional<Signature> signature = signature(value, captured.get());
        if (signature.isEmpty()) {
            return Lifted.NONE;
        }
        boolean safe = captured.get().safe() && signature.get().safe();
        if (signature.get().bound().isEmpty() && isNamedAlone(topLevel, value.lambda())) {
            return new Lifted(inPlace(topLevel, value, signature.get()), safe);
        }
        String name = newName(topLevel, value, hint);
        List<TextEdit> edits = new ArrayList<>();
        String replacement = name;
        if (!signature.get().bound().isEmpty()) {
            Optional<LibraryNames.Name> partial = partials.partial();
            if (partial.isEmpty()) {
                return Lifted.NONE;
            }
            replacement = partial.get().name() + "(" + name + ", "
                    + String.join(", ", signature.get().bound()) + ")";
            edits.addAll(partial.get().edits());
        }
        edits.add(definitions.insert(definitions.placeFor(index), function(name, signature.get(), value)));
        edits.add(TextEdit.replace(range, replacement));
        return new Lifted(edits, safe);
    }

    private boolean hasCommentInHead(Value.LambdaOf value) {
        TextRange head =
                new TextRange(value.site().range().start(), value.site().scope().base() + bodyStart(value));
        return tree.comments().stream().anyMatch(head::contains);
    }

    /** Returns the relative position behind the colon. */
    private static int bodyStart(Value.LambdaOf value) {
        return value.lambda().colon() + 1;
    }

    // The function

    /**
     * The parameters of the new function and what a partial binds of them.
     *
     * @param bound arguments of the partial behind the function
     */
    private record Signature(String parameters, List<String> bound, boolean safe) {}

    private Optional<Signature> signature(Value.LambdaOf value, Captures.Captured captured) {
        List<String> before = new ArrayList<>(captured.names());
        List<String> bound = new ArrayList<>(captured.names());
        List<Node.Parameter> list = value.lambda().parameters().list();
        boolean computedDefault = false;
        for (Node.Parameter parameter : list) {
            Expression defaultValue = parameter.defaultValue();
            computedDefault |= defaultValue != null && !(defaultValue instanceof Expression.Constant);
        }
        int base = value.site().scope().base();
        if (!computedDefault) {
            int keyword = value.site().range().start() + "lambda".length();
            String text = source.text()
                    .substring(keyword, base + value.lambda().colon())
                    .strip();
            if (!text.isEmpty()) {
                before.add(text);
            }
            return Optional.of(new Signature(String.join(", ", before), bound, true));
        }
        // lambda x, i=i: … binds i when it is made; so does a partial. Only plain parameters can be told apart safely.
        List<String> keywordOnly = new ArrayList<>();
        for (Node.Parameter parameter : list) {
            Expression defaultValue = parameter.defaultValue();
            if (parameter.kind() != Node.ParameterKind.POSITIONAL_OR_KEYWORD) {
                return Optional.empty();
            } else if (defaultValue == null) {
                before.add(parameter.name());
            } else {
                String text = source.slice(Site.range(defaultValue, value.site().scope()));
                keywordOnly.add(parameter.name());
                bound.add(parameter.name() + "=" + text);
            }
        }
        String parameters =
                String.join(", ", before) + (before.isEmpty() ? "*, " : ", *, ") + String.join(", ", keywordOnly);
        // Whoever passes such a parameter by position would now fail.
        return Optional.of(new Signature(parameters, bound, list.get(0).defaultValue() == null));
    }

    private String function(String name, Signature signature, Value.LambdaOf value) {
        return "def " + name + "(" + signature.parameters() + "):" + layout.separator() + layout.indentation()
                + "return " + body(value);
    }

    private String body(Value.LambdaOf value) {
        int base = value.site().scope().base();
        String text = source.text()
                .substring(base + bodyStart(value), base + value.lambda().end())
                .strip();
        return hasBareLineEnd(text) ? "(" + text + ")" : text;
    }

    /** Tells whether a line ends outside of all brackets of the text itself. */
    private static boolean hasBareLineEnd(String text) {
        int depth = 0;
        char quote = 0;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (quote != 0) {
                if (c == '\\') {
                    i++;
                } else if (c == quote) {
                    quote = 0;
                }
            } else if (c == '\'' || c == '"') {
                quote = c;
            } else if (c == '#') {
                // A bracket or quote in a comment counts for nothing.
                while (i + 1 < text.length() && text.charAt(i + 1) != '\n' && text.charAt(i + 1) != '\r') {
                    i++;
                }
            } else if ("([{".indexOf(c) >= 0) {
                depth++;
            } else if (")]}".indexOf(c) >= 0) {
                depth--;
            } else if ((c == '\n' || c == '\r') && depth == 0) {
                return true;
            }
        }
        return false;
    }

    /** Tells whether a top-level statement is {@code name = lambda …} and nothing else, and the name is bound only there. */
    private boolean isNamedAlone(TopLevel topLevel, Expression.Lambda lambda) {
        return topLevel.statement() instanceof Statement.Assign assign
                && Site.isSame(assign.value(), lambda)
                && assign.targets().size() == 1
                && assign.targets().get(0) instanceof Expression.Name name
                && evaluator.scopes().module().bindings(name.id()).size() == 1
                && layout.isFirstOnLine(topLevel.offset())
                && !source.text()
                        .substring(topLevel.offset() + lambda.end(), source.lineEnd(topLevel.offset() + lambda.end()))
                        .contains(";");
    }

    private List<TextEdit> inPlace(TopLevel topLevel, Value.LambdaOf value, Signature signature) {
        Statement.Assign assign = (Statement.Assign) topLevel.statement();
        String name = ((Expression.Name) assign.targets().get(0)).id();
        int start = topLevel.offset();
        int end = start + assign.end();
        List<TextEdit> edits = new ArrayList<>();
        int before = layout.startWithComments(start);
        String blankBefore = layout.blankLinesBefore(before, 2);
        if (!blankBefore.isEmpty()) {
            edits.add(TextEdit.insert(before, blankBefore));
        }
        edits.add(TextEdit.replace(new TextRange(start, end), function(name, signature, value)));
        String blankAfter = layout.blankLinesAfter(source.lineEnd(end), 2);
        if (!blankAfter.isEmpty()) {
            edits.add(TextEdit.insert(source.lineEnd(end), blankAfter));
        }
        return edits;
    }

    private String newName(TopLevel topLevel, Value.LambdaOf value, String hint) {
        String stem = assignedName(topLevel, value.lambda());
        if (stem == null) {
            stem = GENERIC_PARAMETERS.contains(hint) ? "task" : hint;
        }
        return definitions.freshName(stem);
    }

    /** Returns the name that the lambda is assigned to somewhere in the statement. */
    private static @Nullable String assignedName(TopLevel topLevel, Expression.Lambda lambda) {
        return assignedName(topLevel.statement(), lambda);
    }

    private static @Nullable String assignedName(Node node, Expression.Lambda lambda) {
        if (node instanceof Statement.Assign assign
                && Site.isSame(assign.value(), lambda)
                && assign.targets().get(0) instanceof Expression.Name name) {
            return name.id();
        }
        List<String> found = new ArrayList<>();
        node.forEachChild(child -> {
            String name = found.isEmpty() ? assignedName(child, lambda) : null;
            if (name != null) {
                found.add(name);
            }
        });
        return found.isEmpty() ? null : found.get(0);
    }
}
