package io.github.spawnproof.python;

import io.github.spawnproof.finding.TextEdit;
import io.github.spawnproof.python.syntax.PythonTree;
import io.github.spawnproof.source.SourceText;
import java.util.HashSet;
import java.util.Set;

/**
 * Gives definitions that become part of the module a name and a place.
 *
 * <p>One instance serves all lifts of one analysis: no two definitions get one name.
 */
final class NewDefinitions {

    private final PythonTree tree;
    private final SourceText source;
    private final Layout layout;
    private final int firstStart;
    private final Set<String> taken = new HashSet<>();
    private final Set<Integer> places = new HashSet<>();

    /**
     * Makes it for a module.
     *
     * @param firstStart index of the first top-level statement that starts a process when it is executed, or the number
     *     of statements: a forked child has only what was there before
     */
    NewDefinitions(PythonTree tree, int firstStart) {
        this.tree = tree;
        this.source = tree.source();
        this.layout = new Layout(tree);
        this.firstStart = firstStart;
    }

    Layout layout() {
        return layout;
    }

    /** Returns where a definition goes that the top-level statement with that index uses. */
    int placeFor(int index) {
        int anchor = tree.statements().get(Math.min(index, firstStart)).offset();
        while (!layout.isFirstOnLine(anchor)) {
            anchor = tree.statements().get(tree.topLevelAt(anchor) - 1).offset();
        }
        return layout.startWithComments(anchor);
    }

    /** Returns the edit that puts a definition, without the end of its last line, at a place. */
    TextEdit insert(int place, String definition) {
        // Of several definitions at one place, the first brings the blank lines before them all.
        boolean isFirst = places.add(place);
        return TextEdit.insert(
                place,
                (isFirst ? layout.blankLinesBefore(place, 2) : "")
                        + definition
                        + layout.separator().repeat(3));
    }

    /** Returns a name that occurs nowhere: the stem with an underscore before it, and a number if need be. */
    String freshName(String stem) {
        String word = stem.replaceFirst("^_+", "");
        String bare = "_" + (word.isEmpty() ? "task" : word);
        String name = bare;
        int number = 2;
        while (taken.contains(name) || source.occurrences(name) > 0) {
            name = bare + "_" + number++;
        }
        taken.add(name);
        return name;
    }

    /** Tells whether another definition that becomes part of the module has the name. */
    boolean isTaken(String name) {
        return taken.contains(name);
    }

    /** Takes a name that the module does not use for anything else. */
    void take(String name) {
        taken.add(name);
    }
}
