package io.github.spawnproof.python;

import io.github.spawnproof.boundary.BoundaryTable;
import io.github.spawnproof.boundary.StartSetup;
import io.github.spawnproof.python.syntax.Expression;
import io.github.spawnproof.python.syntax.Node;
import io.github.spawnproof.python.syntax.PythonTree;
import io.github.spawnproof.source.CancelToken;
import java.util.ArrayList;
import java.util.List;

/** Reads what a program does about how its children start. */
final class StartSetupReader {

    /** Words of which one is in every program whose order of steps matters. */
    private static final List<String> WORDS =
            List.of("set_start_method", "cuda", BoundaryTable.JINA_VARIABLE, BoundaryTable.OBJC_VARIABLE);

    private final PythonTree tree;
    private final Evaluator evaluator;
    private final StartFinder finder;
    private final GuardEdits guards;

    StartSetupReader(PythonTree tree, Evaluator evaluator, StartFinder finder, GuardEdits guards) {
        this.tree = tree;
        this.evaluator = evaluator;
        this.finder = finder;
        this.guards = guards;
    }

    StartSetup read(ModuleStarts starts, String uri, CancelToken cancel) {
        String text = tree.source().text();
        SetupEdits edits = new SetupEdits(tree, evaluator, finder);
        boolean ordered = WORDS.stream().anyMatch(text::contains);
        ProgramFlow flow = ordered ? ProgramFlow.of(tree, evaluator, cancel) : null;
        List<List<Step>> walks = flow == null ? List.of() : flow.walks();
        boolean startsAtImport = starts.firstUnguarded() >= 0;
        SetupFinder setup = new SetupFinder(evaluator, edits, walks, startsAtImport);
        return new StartSetup(
                new BrokenGuardFinder(tree, evaluator, finder, edits, guards, moduleName(uri)).find(starts),
                setup.conflicts(),
                new StartMethodNames(tree, evaluator, edits).find(walks),
                setup.assignments(),
                flow == null ? List.of() : new CudaFinder(evaluator, edits, flow, startsAtImport, cancel).find(),
                variables(text),
                StartSetup.OnMac.CHECKED);
    }

    private static String moduleName(String uri) {
        String file = uri.substring(uri.lastIndexOf('/') + 1);
        return file.endsWith(".py") ? file.substring(0, file.length() - ".py".length()) : file;
    }

    private List<StartSetup.Variable> variables(String text) {
        List<StartSetup.Variable> found = new ArrayList<>();
        if (text.contains(BoundaryTable.JINA_VARIABLE) || text.contains(BoundaryTable.OBJC_VARIABLE)) {
            for (int i = 0; i < tree.statements().size(); i++) {
                variables(
                        tree.statements().get(i).statement(), evaluator.scopes().topLevel(i), found);
            }
        }
        return found;
    }

    private void variables(Node node, Scope scope, List<StartSetup.Variable> found) {
        if (node instanceof Expression.Constant constant
                && (constant.value().equals(BoundaryTable.JINA_VARIABLE)
                        || constant.value().equals(BoundaryTable.OBJC_VARIABLE))) {
            found.add(new StartSetup.Variable(Site.range(node, scope), constant.value()));
        }
        evaluator.scopes().forEachChild(node, scope, (child, childScope) -> variables(child, childScope, found));
    }
}
