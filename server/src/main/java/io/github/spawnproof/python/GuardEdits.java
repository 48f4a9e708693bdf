package io.github.spawnproof.python;

import io.github.spawnproof.finding.TextEdit;
import io.github.spawnproof.python.syntax.Expression;
import io.github.spawnproof.python.syntax.Node;
import io.github.spawnproof.python.syntax.Pattern;
import io.github.spawnproof.python.syntax.PythonTree;
import io.github.spawnproof.python.syntax.Statement;
import io.github.spawnproof.python.syntax.TopLevel;
import io.github.spawnproof.source.SourceText;
import io.github.spawnproof.source.TextRange;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * Writes the edits that put module-level code which starts processes under a main guard.
 *
 * <p>What starts processes, what made it and all that follows move into a function {@code main}, which the guard calls.
 * Where functions of the module need the names that would move, the guard goes round the code in place instead. Where
 * there is a guard already, the code moves into that.
 */
final class GuardEdits {

    private static final Set<String> SCOPE_BUILTINS = Set.of("globals", "locals", "vars", "exec", "eval");
    private static final List<String> NAMES = List.of("main", "run", "run_main", "start_processes");

    private final PythonTree tree;
    private final SourceText source;
    private final Evaluator evaluator;
    private final StartFinder starts;
    private final Layout layout;
    private final int count;

    GuardEdits(PythonTree tree, Evaluator evaluator, StartFinder starts) {
        this.tree = tree;
        this.source = tree.source();
        this.evaluator = evaluator;
        this.starts = starts;
        this.layout = new Layout(tree);
        this.count = tree.statements().size();
    }

    /**
     * Returns the edits for the starts from a top-level statement on; empty if the code cannot be moved as it is.
     *
     * @param first index of the first top-level statement that starts a process when the module is imported
     */
    List<TextEdit> from(int first) {
        int guard = guardAfter(first);
        int end = guard < 0 ? count : guard;
        SortedSet<Integer> moved = moved(first, end);
        if (!moved.contains(first) || !isWhole(moved)) {
            return List.of();
        }
        addMakers(first, moved);
        Set<String> bound = boundBy(moved);
        List<TextRange> chunks = chunks(moved);
        if (isNeededAtImport(moved, bound)
                || isReordered(moved)
                || hidesImports(moved)
                || chunks.stream().anyMatch(chunk -> source.slice(chunk).contains("\f"))) {
            return List.of();
        }
        if (guard >= 0) {
            return intoGuard(chunks, guard);
        }
        boolean simple = bound.isEmpty() && moved.stream().noneMatch(index -> isCompound(statement(index)));
        boolean inPlace = simple || mustStayGlobal(moved, bound);
        String name = inPlace ? "" : freeName();
        boolean endIsMoved = moved.last() == count - 1;
        return chunks.size() == 1 && endIsMoved ? around(chunks.get(0), name) : toEnd(chunks, name, endIsMoved);
    }

    private Statement statement(int index) {
        return tree.statements().get(index).statement();
    }

    /** Returns the index of the main guard that follows, or -1: code between the two can move into it. */
    private int guardAfter(int first) {
        for (int i = count - 1; i > first; i--) {
            if (starts.isMainGuard(statement(i), evaluator.scopes().topLevel(i))) {
                Statement.If guard = (Statement.If) statement(i);
                int body =
                        tree.statements().get(i).offset() + guard.body().get(0).start();
                return layout.isFirstOnLine(body) && !tree.statements().get(i).damaged() ? i : -1;
            }
        }
        return -1;
    }

    // What moves

    private SortedSet<Integer> moved(int first, int end) {
        SortedSet<Integer> moved = new TreeSet<>();
        Set<String> read = readByDefinitions(Set.of());
        for (int i = first; i < end; i++) {
            boolean stays = isDefinition(statement(i))
                    || isAboutTheModule(statement(i))
                    || (i > first && isConstant(statement(i)) && binds(statement(i), read));
            if (!stays) {
                moved.add(i);
            }
        }
        return moved;
    }

    /** Tells whether a statement defines something that a child needs too and that does nothing else. */
    private static boolean isDefinition(Statement statement) {
        if (statement instanceof Statement.If branch) {
            return areDefinitions(branch.body()) && areDefinitions(branch.orElse());
        }
        if (statement instanceof Statement.Try tryStatement) {
            return areDefinitions(tryStatement.body())
                    && tryStatement.handlers().stream().allMatch(handler -> areDefinitions(handler.body()))
                    && areDefinitions(tryStatement.orElse())
                    && areDefinitions(tryStatement.finalBody());
        }
        return statement instanceof Statement.FunctionDef
                || statement instanceof Statement.ClassDef
                || statement instanceof Statement.Import
                || statement instanceof Statement.ImportFrom
                || statement instanceof Statement.TypeAlias
                || statement instanceof Statement.Pass;
    }

    private static boolean areDefinitions(List<Statement> statements) {
        return statements.stream().allMatch(statement -> isDefinition(statement) || isConstant(statement));
    }

    /** Tells whether a statement only gives a name a value that is written out. */
    private static boolean isConstant(Statement statement) {
        return statement instanceof Statement.Assign assign && isWrittenOut(assign.value());
    }

    /** Tells whether a statement gives a value to {@code __all__}, {@code __version__} or the like. */
    private static boolean isAboutTheModule(Statement statement) {
        return isConstant(statement)
                && ((Statement.Assign) statement)
                        .targets().stream()
                                .allMatch(target -> target instanceof Expression.Name name
                                        && name.id().startsWith("__")
                                        && name.id().endsWith("__"));
    }

    static boolean isWrittenOut(Expression expression) {
        if (expression instanceof Expression.Constant) {
            return true;
        }
        if (expression instanceof Expression.Tuple
                || expression instanceof Expression.ListDisplay
                || expression instanceof Expression.Set
                || expression instanceof Expression.Dict
                || expression instanceof Expression.UnaryOp
                || expression instanceof Expression.BinOp) {
            boolean[] all = {true};
            expression.forEachChild(child -> all[0] &= child instanceof Expression part && isWrittenOut(part));
            return all[0];
        }
        return false;
    }

    private static boolean binds(Statement statement, Set<String> names) {
        Set<String> bound = new HashSet<>();
        collectBound(statement, bound);
        bound.retainAll(names);
        return !bound.isEmpty();
    }

    /**
     * Adds the assignments above that make what is started, or a list to collect it in, if nobody else uses them:
     * {@code flow = Flow()}; and the choice of a start method, which a child must not make again.
     */
    private void addMakers(int first, SortedSet<Integer> moved) {
        for (int i = first - 1; i >= 0; i--) {
            if (choosesStartMethod(i) && isAloneOnItsLines(i)) {
                moved.add(i);
            } else if (statement(i) instanceof Statement.Assign assign
                    && assign.targets().size() == 1
                    && assign.targets().get(0) instanceof Expression.Name name
                    && (isEmpty(assign.value())
                            || isOfLibrary(evaluator.evaluate(
                                    assign.value(), evaluator.scopes().topLevel(i))))
                    && !tree.statements().get(i).damaged()
                    && isAloneOnItsLines(i)
                    && isUsedOnlyBy(name.id(), moved, i)) {
                moved.add(i);
            }
        }
    }

    private boolean choosesStartMethod(int index) {
        return statement(index) instanceof Statement.ExpressionStatement expression
                && expression.value() instanceof Expression.Call call
                && evaluator.evaluate(call.function(), evaluator.scopes().topLevel(index)) instanceof Value.Named named
                && named.name().endsWith(".set_start_method");
    }

    /** Tells whether an expression is an empty list or dict, which the moved code fills. */
    private static boolean isEmpty(Expression expression) {
        return (expression instanceof Expression.ListDisplay list
                        && list.elements().isEmpty())
                || (expression instanceof Expression.Dict dict && dict.values().isEmpty());
    }

    private boolean isOfLibrary(Value value) {
        return value.alternatives().stream()
                .allMatch(alternative -> alternative instanceof Value.Instance instance
                        && (instance.type() instanceof Value.Named || instance.type() instanceof Value.ClassOf)
                        && isBoundaryType(instance.type()));
    }

    private boolean isBoundaryType(Value type) {
        return type instanceof Value.Named named
                ? evaluator.table().isClass(named.name())
                : type instanceof Value.ClassOf own
                        && own.definition().bases().stream()
                                .anyMatch(base -> evaluator.evaluate(
                                                        base, evaluator.scopes().module())
                                                instanceof Value.Named named
                                        && evaluator.table().isClass(named.name()));
    }

    private boolean isUsedOnlyBy(String name, Set<Integer> moved, int maker) {
        for (int i = 0; i < count; i++) {
            if (i != maker && !moved.contains(i) && uses(i, name)) {
                return false;
            }
        }
        return true;
    }

    private boolean uses(int index, String name) {
        boolean[] found = {false};
        FreeNames.visit(
                statement(index),
                evaluator.scopes().topLevel(index),
                evaluator.scopes(),
                (used, scope) ->
                        found[0] |= used.id().equals(name) && scope.owner(name).kind() == Scope.Kind.MODULE);
        return found[0];
    }

    // Whether it can

    /** Tells whether each statement is undamaged and shares no line with one that stays. */
    private boolean isWhole(Set<Integer> moved) {
        for (int index : moved) {
            if (tree.statements().get(index).damaged() || !isAloneOnItsLines(index)) {
                return false;
            }
        }
        return true;
    }

    private boolean isAloneOnItsLines(int index) {
        int end = end(index);
        String rest = source.text().substring(end, source.lineEnd(end)).strip();
        return layout.isFirstOnLine(tree.statements().get(index).offset()) && (rest.isEmpty() || rest.startsWith("#"));
    }

    private int end(int index) {
        TopLevel topLevel = tree.statements().get(index);
        return topLevel.offset() + topLevel.statement().end();
    }

    private Set<String> boundBy(Set<Integer> moved) {
        Set<String> bound = new HashSet<>();
        moved.forEach(index -> collectBound(statement(index), bound));
        return bound;
    }

    private static void collectBound(Node node, Set<String> names) {
        if (node instanceof Statement.FunctionDef function) {
            names.add(function.name());
            return;
        } else if (node instanceof Statement.ClassDef type) {
            names.add(type.name());
            return;
        } else if (node instanceof Expression.Lambda
                || node instanceof Expression.Comprehended
                || node instanceof Expression.DictComp) {
            return;
        } else if (node instanceof Statement.Assign assign) {
            assign.targets().forEach(target -> collectTarget(target, names));
        } else if (node instanceof Statement.AugAssign assign) {
            collectTarget(assign.target(), names);
        } else if (node instanceof Statement.AnnAssign assign) {
            collectTarget(assign.target(), names);
        } else if (node instanceof Statement.Delete delete) {
            delete.targets().forEach(target -> collectTarget(target, names));
        } else if (node instanceof Statement.For loop) {
            collectTarget(loop.target(), names);
        } else if (node instanceof Node.WithItem item && item.target() != null) {
            collectTarget(item.target(), names);
        } else if (node instanceof Expression.NamedExpr named) {
            collectTarget(named.target(), names);
        } else if (node instanceof Node.ExceptHandler handler && handler.name() != null) {
            names.add(handler.name());
        } else if (node instanceof Node.Alias alias) {
            String asName = alias.asName();
            names.add(asName != null ? asName : ScopeBuilder.firstPart(alias.name()));
        } else if (node instanceof Pattern.MatchAs as && as.name() != null) {
            names.add(as.name());
        } else if (node instanceof Pattern.MatchStar star && star.name() != null) {
            names.add(star.name());
        } else if (node instanceof Pattern.MatchMapping mapping && mapping.rest() != null) {
            names.add(mapping.rest());
        }
        node.forEachChild(child -> collectBound(child, names));
    }

    private static void collectTarget(Expression target, Set<String> names) {
        if (target instanceof Expression.Name name) {
            names.add(name.id());
        } else if (target instanceof Expression.Tuple
                || target instanceof Expression.ListDisplay
                || target instanceof Expression.Starred) {
            target.forEachChild(child -> collectTarget((Expression) child, names));
        }
    }

    /** Tells whether code that stays and runs at import reads a name that would move: a default, decorator or base. */
    private boolean isNeededAtImport(Set<Integer> moved, Set<String> bound) {
        for (int i = moved.iterator().next(); i < count; i++) {
            if (moved.contains(i)) {
                continue;
            }
            boolean[] needed = {false};
            Scope scope = evaluator.scopes().topLevel(i);
            if (starts.isMainGuard(statement(i), scope)) {
                continue;
            }
            FreeNames.visit(
                    statement(i),
                    scope,
                    evaluator.scopes(),
                    (name, inner) -> needed[0] |= bound.contains(name.id())
                            && inner.enclosingFunction() == null
                            && inner.owner(name.id()).kind() == Scope.Kind.MODULE);
            if (needed[0]) {
                return true;
            }
        }
        return false;
    }

    /** What a module does to itself: an import behind it may depend on it. */
    private static final List<String> EFFECTS = List.of("sys.path", "environ", "chdir(", "set_start_method");

    /** Tells whether what stays and what moves depend on the order in which they run now. */
    private boolean isReordered(Set<Integer> moved) {
        int first = moved.iterator().next();
        Set<String> used = new HashSet<>();
        Set<String> runtime = new HashSet<>();
        boolean effects = false;
        for (int i = first; i < count; i++) {
            if (moved.contains(i)) {
                namesOf(i, used, true);
                effects |= hasEffect(i);
                if (statement(i) instanceof Statement.If branch
                        && !branch.orElse().isEmpty()
                        && starts.isOnlyInMain(branch, evaluator.scopes().topLevel(i))) {
                    return true; // The else is for importers, who would never get there.
                }
                continue;
            }
            boolean imports = statement(i) instanceof Statement.Import || statement(i) instanceof Statement.ImportFrom;
            if (effects && imports) {
                return true;
            }
            if (!starts.isMainGuard(statement(i), evaluator.scopes().topLevel(i))) {
                namesOf(i, runtime, false);
                runtime.retainAll(used);
                if (runtime.stream().anyMatch(this::isVariable)) {
                    return true; // A class or default that would be computed before what it reads has happened.
                }
            }
        }
        return used.stream().anyMatch(name -> isBoundAgain(name, moved, first));
    }

    /** Adds the module's names that a statement uses: all, or only those that it uses while the module is imported. */
    private void namesOf(int index, Set<String> names, boolean all) {
        FreeNames.visit(statement(index), evaluator.scopes().topLevel(index), evaluator.scopes(), (name, scope) -> {
            if ((all || scope.enclosingFunction() == null)
                    && scope.owner(name.id()).kind() == Scope.Kind.MODULE) {
                names.add(name.id());
            }
        });
    }

    private boolean hasEffect(int index) {
        int start = tree.statements().get(index).offset();
        String text = source.text().substring(start, end(index));
        return EFFECTS.stream().anyMatch(text::contains);
    }

    /** Tells whether a name stands for something that the module computes, no function, class or import. */
    private boolean isVariable(String name) {
        return evaluator.scopes().module().bindings(name).stream()
                .anyMatch(binding -> binding.kind() != Binding.Kind.IMPORT
                        && binding.kind() != Binding.Kind.FUNCTION
                        && binding.kind() != Binding.Kind.CLASS);
    }

    /** Tells whether a name gets another value from a statement that stays, below the first that moves. */
    private boolean isBoundAgain(String name, Set<Integer> moved, int first) {
        int bindings = 0;
        boolean below = false;
        for (int i = 0; i < count; i++) {
            if (binds(statement(i), Set.of(name))) {
                bindings++;
                below |= i > first && !moved.contains(i);
            }
        }
        return below && bindings > 1;
    }

    /** Tells whether an import would move that functions and classes need in a child. */
    private boolean hidesImports(Set<Integer> moved) {
        Set<String> imported = new HashSet<>();
        moved.forEach(index -> collectImported(statement(index), imported));
        imported.retainAll(readByDefinitions(moved));
        return !imported.isEmpty();
    }

    private static void collectImported(Node node, Set<String> names) {
        if (node instanceof Node.Alias) {
            collectBound(node, names);
        } else if (!(node instanceof Expression)) {
            node.forEachChild(child -> collectImported(child, names));
        }
    }

    /** Tells whether the moved code must go on binding names of the module, as it would not inside a function. */
    private boolean mustStayGlobal(Set<Integer> moved, Set<String> bound) {
        for (int index : moved) {
            if (definesOrReadsScope(statement(index))) {
                return true;
            }
        }
        if (moved.stream().anyMatch(index -> readsBeforeItBinds(index, bound))) {
            return true;
        }
        Set<String> shared = new HashSet<>(readByDefinitions(moved));
        for (int i = 0; i < count; i++) {
            if (!moved.contains(i)) {
                collectBound(statement(i), shared);
            }
        }
        shared.retainAll(bound);
        return !shared.isEmpty();
    }

    /** Tells whether a name is read before it is bound: a builtin's, as in {@code sum = sum(numbers)}. */
    private boolean readsBeforeItBinds(int index, Set<String> bound) {
        boolean[] found = {false};
        FreeNames.visit(statement(index), evaluator.scopes().topLevel(index), evaluator.scopes(), (name, scope) -> {
            List<Binding> bindings = evaluator.scopes().module().bindings(name.id());
            found[0] |= bound.contains(name.id())
                    && scope.enclosingFunction() == null
                    && !isTargetOf(name, statement(index))
                    && bindings.stream().allMatch(binding -> binding.position() > scope.base() + name.end());
        });
        return found[0];
    }

    /** Tells whether a name stands where it gets its value, not where it is read. */
    private static boolean isTargetOf(Expression.Name name, Node node) {
        boolean[] found = {false};
        if (node instanceof Statement.Assign assign) {
            found[0] = assign.targets().stream().anyMatch(target -> holds(target, name));
        } else if (node instanceof Statement.AnnAssign assign) {
            found[0] = holds(assign.target(), name);
        } else if (node instanceof Statement.For loop) {
            found[0] = holds(loop.target(), name);
        } else if (node instanceof Node.WithItem item && item.target() != null) {
            found[0] = holds(item.target(), name);
        } else if (node instanceof Expression.NamedExpr named) {
            found[0] = holds(named.target(), name);
        } else if (node instanceof Node.Comprehension comprehension) {
            found[0] = holds(comprehension.target(), name);
        }
        node.forEachChild(child -> found[0] |= isTargetOf(name, child));
        return found[0];
    }

    private static boolean holds(Node node, Expression.Name name) {
        boolean[] found = {Site.isSame(node, name)};
        node.forEachChild(child -> found[0] |= holds(child, name));
        return found[0];
    }

    /** Returns the names of the module that functions and classes read or declare global; of all but the given. */
    private Set<String> readByDefinitions(Set<Integer> except) {
        Set<String> read = new HashSet<>();
        for (int i = 0; i < count; i++) {
            if (!except.contains(i)) {
                collectGlobals(statement(i), read);
                FreeNames.visit(statement(i), evaluator.scopes().topLevel(i), evaluator.scopes(), (name, scope) -> {
                    if (scope.enclosingFunction() != null
                            && scope.owner(name.id()).kind() == Scope.Kind.MODULE) {
                        read.add(name.id());
                    }
                });
            }
        }
        return read;
    }

    private static void collectGlobals(Node node, Set<String> names) {
        if (node instanceof Statement.Global global) {
            names.addAll(global.names());
        }
        node.forEachChild(child -> collectGlobals(child, names));
    }

    /** Tells whether code defines a function or class, which would become a local one, or looks into its own scope. */
    private static boolean definesOrReadsScope(Node node) {
        if (node instanceof Statement.FunctionDef
                || node instanceof Statement.ClassDef
                || (node instanceof Statement.ImportFrom from
                        && from.names().stream().anyMatch(alias -> alias.name().equals("*")))
                || (node instanceof Expression.Name name && SCOPE_BUILTINS.contains(name.id()))) {
            return true;
        }
        boolean[] found = {false};
        node.forEachChild(child -> found[0] |= definesOrReadsScope(child));
        return found[0];
    }

    private static boolean isCompound(Statement statement) {
        return !(statement instanceof Statement.ExpressionStatement);
    }

    private String freeName() {
        for (String name : NAMES) {
            if (evaluator.scopes().module().bindings(name).isEmpty()) {
                return name;
            }
        }
        return "main_" + count;
    }

    // The edits

    /** Returns the lines of the moved statements, consecutive ones together, each with the comments above it. */
    private List<TextRange> chunks(SortedSet<Integer> moved) {
        List<TextRange> chunks = new ArrayList<>();
        int previous = -2;
        for (int index : moved) {
            int end = source.lineEnd(end(index));
            if (index == previous + 1) {
                TextRange last = chunks.remove(chunks.size() - 1);
                chunks.add(new TextRange(last.start(), end));
            } else {
                chunks.add(new TextRange(
                        layout.startWithComments(tree.statements().get(index).offset()), end));
            }
            previous = index;
        }
        return chunks;
    }

    private String guardLine() {
        char quote = layout.quote();
        return "if __name__ == " + quote + "__main__" + quote + ":" + layout.separator();
    }

    /** Puts a chunk that nothing follows under a guard, or into a function that the guard calls. */
    private List<TextEdit> around(TextRange chunk, String function) {
        List<TextEdit> edits = new ArrayList<>();
        String head = function.isEmpty() ? guardLine() : "def " + function + "():" + layout.separator();
        int blank = function.isEmpty() ? 1 : 2;
        edits.add(TextEdit.insert(
                chunk.start(), layout.blankLinesBefore(chunk.start(), blank) + head + layout.indentation()));
        for (int line = source.nextLineStart(chunk.start()); line < chunk.end(); line = source.nextLineStart(line)) {
            if (isIndentable(line)) {
                edits.add(TextEdit.insert(line, layout.indentation()));
            }
        }
        if (!function.isEmpty()) {
            edits.add(TextEdit.insert(
                    chunk.end(), layout.separator().repeat(3) + guardLine() + layout.indentation() + function + "()"));
        }
        return edits;
    }

    private boolean isIndentable(int lineStart) {
        return !layout.isInString(lineStart)
                && !source.text()
                        .substring(lineStart, source.lineEnd(lineStart))
                        .isBlank();
    }

    /** Moves chunks behind all that stays. */
    private List<TextEdit> toEnd(List<TextRange> chunks, String function, boolean endIsMoved) {
        String separator = layout.separator();
        String body = indented(chunks, layout.indentation());
        String text = function.isEmpty()
                ? guardLine() + body
                : "def " + function + "():" + separator + body + separator.repeat(3) + guardLine()
                        + layout.indentation() + function + "()";
        if (endIsMoved) {
            TextRange last = chunks.get(chunks.size() - 1);
            List<TextEdit> edits = deletions(chunks.subList(0, chunks.size() - 1));
            edits.add(TextEdit.replace(last, layout.blankLinesBefore(last.start(), 2) + text));
            return edits;
        }
        List<TextEdit> edits = deletions(chunks);
        int end = source.length();
        boolean endsLine = end > 0 && "\r\n".indexOf(source.text().charAt(end - 1)) >= 0;
        edits.add(TextEdit.insert(end, layout.blankLinesBefore(end, 2) + text + (endsLine ? separator : "")));
        return edits;
    }

    /** Moves chunks to the start of the body of a guard that is there already. */
    private List<TextEdit> intoGuard(List<TextRange> chunks, int index) {
        List<TextEdit> edits = deletions(chunks);
        Statement.If guard = (Statement.If) statement(index);
        int body = tree.statements().get(index).offset() + guard.body().get(0).start();
        int line = source.lineStart(body);
        edits.add(TextEdit.insert(line, indented(chunks, source.indentation(body)) + layout.separator()));
        return edits;
    }

    /** Deletes chunks, each with the blank lines behind it. */
    private List<TextEdit> deletions(List<TextRange> chunks) {
        List<TextEdit> edits = new ArrayList<>();
        for (TextRange chunk : chunks) {
            int end = source.nextLineStart(chunk.end());
            while (end < source.length()
                    && end > chunk.end()
                    && source.text().substring(end, source.lineEnd(end)).isBlank()) {
                end = source.nextLineStart(end);
            }
            edits.add(TextEdit.delete(new TextRange(chunk.start(), end)));
        }
        return edits;
    }

    private String indented(List<TextRange> chunks, String indentation) {
        StringBuilder text = new StringBuilder();
        for (TextRange chunk : chunks) {
            if (!text.isEmpty()) {
                text.append(layout.separator());
            }
            int line = chunk.start();
            while (line < chunk.end()) {
                int next = Math.min(source.nextLineStart(line), chunk.end());
                text.append(isIndentable(line) ? indentation : "").append(source.text(), line, next);
                line = next;
            }
        }
        return text.toString();
    }
}
