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
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Writes the edits that make a lambda a function at module level; what it captures becomes arguments of a partial.
 *
 * <p>One instance serves one analysis: it gives each new function a name of its own.
 */
final class LambdaLift {

    /**
     * The edits for one lambda.
     *
     * @param edits empty if the lambda cannot be lifted so that the program surely parses and means what was meant
     * @param safe whether the program surely means the same
     */
    record Lifted(List<TextEdit> edits, boolean safe) {
        static final Lifted NONE = new Lifted(List.of(), false);
    }

    private static final Set<String> GENERIC_PARAMETERS =
            Set.of("func", "fn", "function", "iterable", "args", "kwargs");

    private final PythonTree tree;
    private final SourceText source;
    private final Evaluator evaluator;
    private final StartFinder starts;
    private final Layout layout;
    private final int firstStart;
    private final Set<String> taken = new HashSet<>();
    private final Set<Integer> anchors = new HashSet<>();
    private final IdentityHashMap<Expression.Lambda, Lifted> lifted = new IdentityHashMap<>();

    /**
     * Makes a lift for a module.
     *
     * @param firstStart index of the first top-level statement that starts a process when it is executed, or the number
     *     of statements: a forked child has only what was there before
     */
    LambdaLift(PythonTree tree, Evaluator evaluator, StartFinder starts, int firstStart) {
        this.tree = tree;
        this.source = tree.source();
        this.evaluator = evaluator;
        this.starts = starts;
        this.layout = new Layout(tree);
        this.firstStart = firstStart;
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
        int index = topLevelAt(range.start());
        TopLevel topLevel = tree.statements().get(index);
        if (topLevel.damaged() || hasCommentInHead(value)) {
            return Lifted.NONE;
        }
        Optional<Captured> captured = captured(value, literal, atOnce);
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
            Optional<Partial> partial = partial();
            if (partial.isEmpty()) {
                return Lifted.NONE;
            }
            replacement = partial.get().name() + "(" + name + ", "
                    + String.join(", ", signature.get().bound()) + ")";
            edits.addAll(partial.get().edits());
        }
        int anchor = tree.statements().get(Math.min(index, firstStart)).offset();
        while (!layout.isFirstOnLine(anchor)) {
            anchor = tree.statements().get(topLevelAt(anchor) - 1).offset();
        }
        int at = layout.startWithComments(anchor);
        String separator = layout.separator();
        // Of several functions at one place, the first brings the blank lines before them all.
        boolean isFirst = anchors.add(at);
        edits.add(TextEdit.insert(
                at,
                (isFirst ? layout.blankLinesBefore(at, 2) : "")
                        + function(name, signature.get(), value)
                        + separator
                        + separator.repeat(2)));
        edits.add(TextEdit.replace(range, replacement));
        return new Lifted(edits, safe);
    }

    private int topLevelAt(int offset) {
        int low = 0;
        int high = tree.statements().size() - 1;
        while (low < high) {
            int middle = (low + high + 1) >>> 1;
            if (tree.statements().get(middle).offset() <= offset) {
                low = middle;
            } else {
                high = middle - 1;
            }
        }
        return low;
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

    // What is captured

    /** Names of the functions around a lambda that its body uses, in the order of their first use. */
    private record Captured(List<String> names, boolean safe) {}

    /** Returns what the lambda captures; empty if it cannot be handed over as an argument. */
    private Optional<Captured> captured(Value.LambdaOf value, boolean literal, boolean atOnce) {
        Scope own = evaluator.scopes().of(value.lambda());
        Map<String, Scope> captured = new LinkedHashMap<>();
        boolean[] possible = {true};
        FreeNames.visit(value.lambda().body(), own, evaluator.scopes(), (name, scope) -> {
            if (name.id().equals("super") || name.id().equals("__class__") || isPrivate(name.id())) {
                possible[0] = false;
            }
            Scope owner = scope.owner(name.id());
            if (isOutside(owner, own) && (owner.kind() != Scope.Kind.MODULE || isOnlyInMain(owner, name.id()))) {
                captured.put(name.id(), owner);
            }
        });
        if (!possible[0] || usesPrivateAttribute(value.lambda().body())) {
            return Optional.empty();
        }
        boolean safe = true;
        for (Map.Entry<String, Scope> entry : captured.entrySet()) {
            List<Binding> bindings = entry.getValue().bindings(entry.getKey());
            if (!literal && bindings.size() != 1) {
                return Optional.empty();
            }
            // A partial holds the value of now; a lambda would see the value of then.
            safe &= atOnce || bindings.size() == 1;
            for (Binding binding : bindings) {
                if (!canCross(binding)) {
                    return Optional.empty();
                }
                safe &= !isReceiver(binding) && (atOnce || binding.kind() != Binding.Kind.ITERATED);
            }
        }
        return Optional.of(new Captured(List.copyOf(captured.keySet()), safe));
    }

    /** Tells whether a scope is around the lambda, not the lambda's or of something in it. */
    private static boolean isOutside(Scope owner, Scope lambda) {
        Scope scope = lambda.parent();
        while (scope != null) {
            if (scope.isSame(owner)) {
                return true;
            }
            scope = scope.parent();
        }
        return false;
    }

    /** Tells whether a module-level name exists only in the program itself: a child does not execute the guard's body. */
    private boolean isOnlyInMain(Scope module, String name) {
        List<Binding> bindings = module.bindings(name);
        return !bindings.isEmpty() && bindings.stream().allMatch(this::isInMainGuard);
    }

    private boolean isInMainGuard(Binding binding) {
        int index = topLevelAt(binding.position() == 0 ? 0 : binding.position() - 1);
        Statement statement = tree.statements().get(index).statement();
        return statement instanceof Statement.If branch
                && starts.isOnlyInMain(branch, evaluator.scopes().topLevel(index))
                && !branch.body().isEmpty()
                && (branch.orElse().isEmpty()
                        || binding.position()
                                < tree.statements().get(index).offset()
                                        + branch.orElse().get(0).start());
    }

    /** Tells whether nothing is known that speaks against sending the bound value. */
    private boolean canCross(Binding binding) {
        if (binding.kind() == Binding.Kind.FUNCTION || binding.kind() == Binding.Kind.CLASS) {
            return false;
        }
        if (binding.kind() == Binding.Kind.IMPORT) {
            // A module does not pickle; what was imported from one does, but inside a function nobody knows which it
            // is.
            return false;
        }
        for (Value value : evaluator.value(binding).alternatives()) {
            if (value instanceof Value.LambdaOf
                    || (value instanceof Value.Instance instance
                            && instance.type() instanceof Value.Named named
                            && !named.name().equals("functools.partial"))) {
                return false;
            }
        }
        return true;
    }

    /** Tells whether the name is the first parameter of a method: the object may hold anything. */
    private static boolean isReceiver(Binding binding) {
        Scope function = binding.scope();
        Scope parent = function.parent();
        return binding.kind() == Binding.Kind.PARAMETER
                && parent != null
                && parent.kind() == Scope.Kind.CLASS
                && function.owner() instanceof Statement.FunctionDef method
                && method.parameters().list().get(0).name().equals(binding.name());
    }

    /** Tells whether a name is mangled inside a class: docs.python.org/3/reference/expressions.html#private-name-mangling. */
    private static boolean isPrivate(String name) {
        return name.startsWith("__") && !name.endsWith("__");
    }

    private static boolean usesPrivateAttribute(Node node) {
        if (node instanceof Expression.Attribute attribute && isPrivate(attribute.name())) {
            return true;
        }
        boolean[] found = {false};
        node.forEachChild(child -> found[0] |= usesPrivateAttribute(child));
        return found[0];
    }

    // The function

    /**
     * The parameters of the new function and what a partial binds of them.
     *
     * @param bound arguments of the partial behind the function
     */
    private record Signature(String parameters, List<String> bound, boolean safe) {}

    private Optional<Signature> signature(Value.LambdaOf value, Captured captured) {
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
        String name = "_" + stem.replaceFirst("^_+", "");
        int number = 2;
        while (taken.contains(name) || occurs(name)) {
            name = "_" + stem.replaceFirst("^_+", "") + "_" + number++;
        }
        taken.add(name);
        return name;
    }

    /** Tells whether the text has the word anywhere, in a comment or string too. */
    private boolean occurs(String name) {
        String text = source.text();
        for (int at = text.indexOf(name); at >= 0; at = text.indexOf(name, at + 1)) {
            int end = at + name.length();
            boolean starts = at == 0 || !Character.isJavaIdentifierPart(text.charAt(at - 1));
            boolean ends = end == text.length() || !Character.isJavaIdentifierPart(text.charAt(end));
            if (starts && ends) {
                return true;
            }
        }
        return false;
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

    // functools.partial

    /** How the file calls partial, and the import that this needs. */
    private record Partial(String name, List<TextEdit> edits) {}

    private Optional<Partial> partial() {
        for (Scopes.Import imported : evaluator.scopes().imports()) {
            int index = topLevelAt(imported.range().start());
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
        if (!evaluator.scopes().module().bindings("functools").isEmpty()) {
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
        TopLevel next = tree.statements().get(Math.min(first, tree.statements().size() - 1));
        boolean definition =
                next.statement() instanceof Statement.FunctionDef || next.statement() instanceof Statement.ClassDef;
        return TextEdit.insert(
                layout.startWithComments(next.offset()),
                line + layout.separator().repeat(definition ? 2 : 1));
    }
}
