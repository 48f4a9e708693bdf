package io.github.spawnproof.python;

import io.github.spawnproof.boundary.AssumedImport;
import io.github.spawnproof.boundary.BoundaryTable;
import io.github.spawnproof.boundary.WellKnownName;
import io.github.spawnproof.python.syntax.Expression;
import io.github.spawnproof.python.syntax.Node;
import io.github.spawnproof.python.syntax.PythonTree;
import io.github.spawnproof.python.syntax.TopLevel;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * What well-known names mean in code that uses them and binds them nowhere: an example that was pasted without its
 * imports.
 *
 * <p>They mean nothing as soon as one of them may come from elsewhere: bound anywhere in the file, imported by a star,
 * or imported by a statement that is being written.
 */
final class Fragment {

    static final Fragment NONE = new Fragment(Map.of(), null);

    private final Map<String, String> meanings;
    private final @Nullable AssumedImport assumed;

    private Fragment(Map<String, String> meanings, @Nullable AssumedImport assumed) {
        this.meanings = meanings;
        this.assumed = assumed;
    }

    static Fragment of(PythonTree tree, Scopes scopes, BoundaryTable table) {
        if (!table.mayBeFragment(tree.source().text())
                || !scopes.module().starImports().isEmpty()
                || hasDamagedImport(tree)) {
            return NONE;
        }
        Map<String, String> meanings = new TreeMap<>();
        for (WellKnownName name : table.wellKnownNames()) {
            for (Binding binding : scopes.bindingsAnywhere(name.name())) {
                if (binding.kind() != Binding.Kind.IMPORT
                        || !table.canonical(String.valueOf(binding.imported())).equals(name.qualified())) {
                    return NONE;
                }
            }
            if (scopes.bindingsAnywhere(name.name()).isEmpty()
                    && name.mayOccurIn(tree.source().text())) {
                meanings.put(name.name(), name.qualified());
            }
        }
        Set<String> used = new TreeSet<>();
        for (TopLevel topLevel : tree.statements()) {
            collect(topLevel.statement(), meanings.keySet(), used);
        }
        if (used.isEmpty()) {
            return NONE;
        }
        String qualified = String.valueOf(meanings.get(used.iterator().next()));
        String module = qualified.substring(0, qualified.lastIndexOf('.'));
        // A file that imports the library is no fragment: what lacks there is a name in its import.
        boolean imported = scopes.imports().stream()
                .map(one -> table.canonical(one.name()))
                .anyMatch(name -> name.equals(module) || name.startsWith(module + "."));
        return new Fragment(
                meanings,
                imported
                        ? null
                        : new AssumedImport(
                                module,
                                List.copyOf(used),
                                new ImportEdits(tree).of("from " + module + " import " + String.join(", ", used))));
    }

    private static void collect(Node node, Set<String> names, Set<String> used) {
        if (node instanceof Expression.Name name && names.contains(name.id())) {
            used.add(name.id());
        }
        node.forEachChild(child -> collect(child, names, used));
    }

    private static boolean hasDamagedImport(PythonTree tree) {
        String text = tree.source().text();
        return tree.statements().stream()
                .filter(TopLevel::damaged)
                .anyMatch(topLevel ->
                        text.startsWith("from", topLevel.offset()) || text.startsWith("import", topLevel.offset()));
    }

    /** Returns what a name means that nothing binds; unknown if it is not well known. */
    Value meaning(String name) {
        String qualified = meanings.get(name);
        return qualified == null ? Value.Unknown.VALUE : new Value.Named(qualified);
    }

    /** Returns the import that a use of a library's row rests on; null if the file has it. */
    @Nullable
    AssumedImport assumed(String qualified) {
        return assumed != null && assumed.covers(qualified) ? assumed : null;
    }

    /** Tells whether the import that it lacks would choose fork on macOS. */
    boolean forksOnMac(BoundaryTable table) {
        return assumed != null && table.forksOnMac(assumed.module());
    }

    /** Tells whether all that the file says of a library rests on names that it does not import. */
    boolean isAssumed() {
        return assumed != null;
    }
}
