package io.github.spawnproof.python;

import io.github.spawnproof.python.syntax.PythonTree;
import io.github.spawnproof.python.syntax.Statement;
import io.github.spawnproof.source.CancelToken;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * The starts at module level.
 *
 * @param list in the order of the text
 * @param firstStatement index of the first top-level statement that starts a process, guarded or not; the number of
 *     statements if none does
 * @param firstUnguarded index of the first that does so when the module is imported; -1 if none does
 */
record ModuleStarts(List<StartFinder.Start> list, int firstStatement, int firstUnguarded) {

    static ModuleStarts of(PythonTree tree, Evaluator evaluator, StartFinder finder, CancelToken cancel) {
        List<StartFinder.Start> all = new ArrayList<>();
        int first = tree.statements().size();
        int firstUnguarded = -1;
        boolean childGetsHere = true;
        boolean mainGetsHere = true;
        for (int i = 0; i < tree.statements().size(); i++) {
            cancel.check();
            Statement statement = tree.statements().get(i).statement();
            Scope scope = evaluator.scopes().topLevel(i);
            List<StartFinder.Start> found = finder.atModuleLevel(statement, scope, childGetsHere, mainGetsHere);
            if (!found.isEmpty() && first == tree.statements().size()) {
                first = i;
            }
            if (firstUnguarded < 0 && found.stream().anyMatch(start -> start.inChild() && start.inMain())) {
                firstUnguarded = i;
            }
            for (StartFinder.Start start : found) {
                // Many tasks of one executor are one start, where it was made.
                if (all.stream().noneMatch(other -> other.range().equals(start.range()))) {
                    all.add(start);
                }
            }
            childGetsHere = childGetsHere && !finder.ends(statement, scope, World.CHILD);
            mainGetsHere = mainGetsHere && !finder.ends(statement, scope, World.MAIN);
        }
        all.sort(Comparator.comparing(StartFinder.Start::range));
        return new ModuleStarts(List.copyOf(all), first, firstUnguarded);
    }
}
