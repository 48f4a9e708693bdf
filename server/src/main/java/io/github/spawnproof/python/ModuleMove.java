package io.github.spawnproof.python;

import io.github.spawnproof.finding.Applicability;
import io.github.spawnproof.finding.FileEdit;
import io.github.spawnproof.finding.Fix;
import io.github.spawnproof.finding.TextEdit;
import io.github.spawnproof.project.Surroundings;
import io.github.spawnproof.python.syntax.PythonTree;
import io.github.spawnproof.python.syntax.Statement;
import io.github.spawnproof.python.syntax.TopLevel;
import io.github.spawnproof.source.Cell;
import io.github.spawnproof.source.DocumentSnapshot;
import io.github.spawnproof.source.Language;
import io.github.spawnproof.source.SourceText;
import io.github.spawnproof.source.TextRange;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** Writes the fixes that move definitions of a notebook, with all that they use, to a module that children can import. */
final class ModuleMove {

    /** Names that IPython itself gives to a notebook, and to no module. */
    private static final Set<String> OF_IPYTHON = Set.of("get_ipython", "display", "In", "Out", "exit", "quit");

    private static final int MAX_STEM = 40;
    private static final int MAX_FILES = 9;

    private final DocumentSnapshot notebook;
    private final Surroundings surroundings;
    private final PythonTree tree;
    private final SourceText source;
    private final Evaluator evaluator;
    private final Layout layout;

    ModuleMove(DocumentSnapshot notebook, Surroundings surroundings, PythonTree tree, Evaluator evaluator) {
        this.notebook = notebook;
        this.surroundings = surroundings;
        this.tree = tree;
        this.source = tree.source();
        this.evaluator = evaluator;
        this.layout = new Layout(tree);
    }

    /** Returns the fixes that move the definitions of some names together, best first; none if they cannot be moved. */
    List<Fix> fixes(Collection<String> names) {
        Optional<String> module = freeModule();
        Optional<Moved> moved = moved(names);
        if (module.isEmpty() || moved.isEmpty()) {
            return List.of();
        }
        List<Fix> fixes = new ArrayList<>();
        fixes.add(toFile(module.get(), moved.get()));
        toCell(module.get(), moved.get()).ifPresent(fixes::add);
        return fixes;
    }

    /** Returns the name of a module beside the notebook that is not there yet; empty if the notebook is no file. */
    private Optional<String> freeModule() {
        if (!notebook.uri().startsWith("file:")) {
            return Optional.empty();
        }
        String file = notebook.uri().substring(notebook.uri().lastIndexOf('/') + 1);
        String name = URLDecoder.decode(file.replace("+", "%2B"), StandardCharsets.UTF_8)
                .replaceFirst("\\.ipynb$", "")
                .toLowerCase(Locale.ROOT)
                .replaceAll("[^a-z0-9]+", "_")
                .replaceFirst("^_+", "")
                .replaceFirst("^(?=\\d)", "notebook_");
        String stem = (name.isEmpty() ? "notebook" : name.substring(0, Math.min(name.length(), MAX_STEM)))
                        .replaceFirst("_+$", "")
                + "_workers";
        for (int number = 1; number <= MAX_FILES; number++) {
            String module = stem + (number == 1 ? "" : "_" + number);
            if (surroundings.uriOf(module + ".py").isEmpty()
                    && evaluator.scopes().module().bindings(module).isEmpty()) {
                return Optional.of(module);
            }
        }
        return Optional.empty();
    }

    // What moves

    /**
     * What goes into the module.
     *
     * @param names the definitions' names, in the order of the text
     * @param imports indices of the imports that the definitions need
     * @param places what goes out of the notebook for each of the names, with the comments above it
     */
    private record Moved(List<String> names, Set<Integer> imports, List<TextRange> places) {}

    /** Returns the definitions with all that they use; empty if something of that has no place in a module. */
    private Optional<Moved> moved(Collection<String> wanted) {
        Map<Integer, String> definitions = new HashMap<>();
        Set<Integer> imports = new TreeSet<>();
        Set<String> names = new LinkedHashSet<>(wanted);
        List<String> waiting = new ArrayList<>(names);
        while (!waiting.isEmpty()) {
            String name = waiting.remove(waiting.size() - 1);
            List<Binding> bindings = evaluator.scopes().module().bindings(name);
            if (bindings.isEmpty()
                    && !OF_IPYTHON.contains(name)
                    && evaluator.scopes().module().starImports().isEmpty()) {
                continue; // A builtin one.
            }
            if (bindings.size() != 1) {
                return Optional.empty();
            }
            int index = tree.topLevelAt(bindings.get(0).scope().base());
            TopLevel topLevel = tree.statements().get(index);
            if (topLevel.damaged() || !isAloneOnItsLines(topLevel)) {
                return Optional.empty();
            } else if (isImport(topLevel.statement())) {
                imports.add(index);
                continue;
            } else if (!Definitions.defines(topLevel.statement(), name)
                    || !MainOnlyFix.isDefinition(topLevel.statement())) {
                return Optional.empty();
            }
            definitions.put(index, name);
            FreeNames.visit(
                    topLevel.statement(), evaluator.scopes().topLevel(index), evaluator.scopes(), (used, scope) -> {
                        if (scope.owner(used.id()).kind() == Scope.Kind.MODULE && names.add(used.id())) {
                            waiting.add(used.id());
                        }
                    });
        }
        List<Integer> inOrder = new ArrayList<>(new TreeSet<>(definitions.keySet()));
        return Optional.of(new Moved(
                inOrder.stream().map(definitions::get).toList(),
                imports,
                inOrder.stream()
                        .map(index -> place(tree.statements().get(index)))
                        .toList()));
    }

    private static boolean isImport(Statement statement) {
        return statement instanceof Statement.Import
                || (statement instanceof Statement.ImportFrom from && from.level() == 0);
    }

    private boolean isAloneOnItsLines(TopLevel topLevel) {
        int end = topLevel.offset() + topLevel.statement().end();
        String rest = source.text().substring(end, source.lineEnd(end)).strip();
        return layout.isFirstOnLine(topLevel.offset()) && (rest.isEmpty() || rest.startsWith("#"));
    }

    /** Returns the lines of a statement with the comments above it, as far as they are in its cell. */
    private TextRange place(TopLevel topLevel) {
        Cell cell = notebook.cellAt(topLevel.offset()).orElseThrow();
        int start = Math.max(
                layout.startWithComments(topLevel.offset()), cell.range().start());
        int end = source.lineEnd(topLevel.offset() + topLevel.statement().end());
        return new TextRange(start, Math.min(end, cell.range().end()));
    }

    // The fixes

    private Fix toFile(String module, Moved moved) {
        List<TextEdit> edits = new ArrayList<>();
        String line = importLine(module, moved);
        for (int i = 0; i < moved.places().size(); i++) {
            TextRange place = moved.places().get(i);
            TextRange gone = withBlankLines(place);
            boolean isLast = gone.end() == cellOf(place).range().end();
            String text = i > 0 || line.isEmpty() ? "" : isLast ? leadIn(gone, place) + line : line + "\n\n";
            edits.add(TextEdit.replace(gone, text));
        }
        String folder = notebook.uri().substring(0, notebook.uri().lastIndexOf('/') + 1);
        FileEdit file = FileEdit.create(folder + module + ".py", Language.PYTHON, moduleText(moved));
        return new Fix("Move it to a module beside the notebook", Applicability.UNSAFE, edits, List.of(file));
    }

    /** Returns the line ends before the definition that stay when it is the last of its cell. */
    private String leadIn(TextRange gone, TextRange place) {
        return source.text().substring(gone.start(), place.start());
    }

    /** Returns the place with the blank lines that go with it: those behind it, or at the end of a cell those before it. */
    private TextRange withBlankLines(TextRange place) {
        TextRange cell = cellOf(place).range();
        int end = place.end();
        while (end < cell.end() && Character.isWhitespace(source.text().charAt(end))) {
            end++;
        }
        int start = place.start();
        if (end == cell.end()) {
            while (start > cell.start() && Character.isWhitespace(source.text().charAt(start - 1))) {
                start--;
            }
            return new TextRange(start, end);
        }
        // The next statement keeps its own indentation, of which at module level there is none.
        return new TextRange(start, end);
    }

    private Cell cellOf(TextRange place) {
        return notebook.cellAt(place.start()).orElseThrow();
    }

    /** Returns the import of the names that the rest of the notebook uses; empty if it uses none. */
    private String importLine(String module, Moved moved) {
        List<String> used = moved.names().stream()
                .filter(name -> source.occurrences(name)
                        > moved.places().stream()
                                .mapToInt(place -> new SourceText(source.slice(place)).occurrences(name))
                                .sum())
                .toList();
        return used.isEmpty() ? "" : "from " + module + " import " + String.join(", ", used);
    }

    /** Returns the module: imports, then definitions, with two blank lines around those of several lines. */
    private String moduleText(Moved moved) {
        StringBuilder text = new StringBuilder();
        for (int index : moved.imports()) {
            text.append(text(tree.statements().get(index))).append('\n');
        }
        boolean afterImports = !moved.imports().isEmpty();
        boolean afterLong = false;
        for (TextRange place : moved.places()) {
            String definition = source.slice(place).stripTrailing();
            boolean isLong = definition.contains("\n");
            if (!text.isEmpty()) {
                text.append(isLong || afterLong ? "\n\n" : afterImports ? "\n" : "");
            }
            text.append(definition).append('\n');
            afterImports = false;
            afterLong = isLong;
        }
        return text.toString();
    }

    private String text(TopLevel topLevel) {
        return source.text()
                .substring(
                        topLevel.offset(),
                        topLevel.offset() + topLevel.statement().end());
    }

    /** Returns the fix that lets the cell of the definitions write the module, if nothing else is in that cell. */
    private Optional<Fix> toCell(String module, Moved moved) {
        Cell cell = cellOf(moved.places().get(0));
        Optional<Cell> next = notebook.cells().stream()
                .filter(other -> other.range().start() > cell.range().end())
                .findFirst();
        String line = importLine(module, moved);
        if (next.isEmpty() || line.isEmpty() || !isAllOf(cell, moved)) {
            return Optional.empty();
        }
        StringBuilder head = new StringBuilder("%%writefile " + module + ".py\n");
        for (int index : moved.imports()) {
            head.append(text(tree.statements().get(index))).append('\n');
        }
        head.append(moved.imports().isEmpty() ? "" : "\n\n");
        return Optional.of(new Fix(
                "Let the cell write a module with `%%writefile`",
                Applicability.UNSAFE,
                List.of(
                        TextEdit.insert(cell.range().start(), head.toString()),
                        TextEdit.insert(
                                next.get().range().start(),
                                line + (next.get().range().isEmpty() ? "" : "\n\n")))));
    }

    /** Tells whether a cell has nothing in it but the definitions, and these are nowhere else. */
    private boolean isAllOf(Cell cell, Moved moved) {
        boolean onlyThere =
                moved.places().stream().allMatch(place -> cell.range().contains(place));
        long statements = tree.statements().stream()
                .filter(topLevel -> cell.range().contains(topLevel.offset()))
                .count();
        // What is blank here may be a magic.
        boolean plain = source.slice(cell.range()).equals(notebook.source().slice(cell.range()));
        return onlyThere && plain && statements == moved.places().size();
    }
}
