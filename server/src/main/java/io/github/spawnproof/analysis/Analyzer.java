package io.github.spawnproof.analysis;

import io.github.spawnproof.boundary.BoundaryTable;
import io.github.spawnproof.finding.Finding;
import io.github.spawnproof.project.Project;
import io.github.spawnproof.python.PythonFrontEnd;
import io.github.spawnproof.python.PythonModule;
import io.github.spawnproof.rule.Fault;
import io.github.spawnproof.rule.PythonRule;
import io.github.spawnproof.rule.Rule;
import io.github.spawnproof.rule.RuleCatalog;
import io.github.spawnproof.source.CancelToken;
import io.github.spawnproof.source.Cancelled;
import io.github.spawnproof.source.DocumentSnapshot;
import java.util.ArrayList;
import java.util.List;

/** Analyses snapshots. Stateless and safe for any number of threads. */
public final class Analyzer {

    private final RuleCatalog catalog;
    private final PythonFrontEnd python;

    /** Makes an analyser with the boundary table that this program is packed with. */
    public Analyzer(RuleCatalog catalog) {
        this(catalog, BoundaryTable.load());
    }

    public Analyzer(RuleCatalog catalog, BoundaryTable table) {
        this.catalog = catalog;
        this.python = new PythonFrontEnd(table);
    }

    public RuleCatalog catalog() {
        return catalog;
    }

    /**
     * Returns all that is known of the snapshot. A rule that throws loses its own findings and nothing else.
     *
     * @throws Cancelled if the token says that the work is no longer wanted
     */
    public AnalysisResult analyze(DocumentSnapshot snapshot, Project project, CancelToken cancel) {
        List<RuleFailure> failures = new ArrayList<>();
        PythonModule module = python.read(snapshot, cancel);
        List<Finding> findings = new ArrayList<>();
        for (Rule rule : catalog.all()) {
            cancel.check();
            if (rule instanceof PythonRule pythonRule && project.settings().isOn(rule.id())) {
                check(pythonRule, module, snapshot, project, findings, failures);
            }
        }
        List<Suppression> suppressions = Suppressions.read(module);
        List<Finding> shown = new ArrayList<>();
        for (Finding finding :
                Suppressions.apply(suppressions, findings, snapshot.source(), catalog, project.settings()::isOn)) {
            if (project.settings().isOn(finding.rule())
                    && finding.severity().isAtLeast(project.settings().minSeverity())) {
                shown.add(finding);
            }
        }
        shown.sort(Finding.ORDER);
        return new AnalysisResult(snapshot, project, module, shown, suppressions, failures);
    }

    private static void check(
            PythonRule rule,
            PythonModule module,
            DocumentSnapshot snapshot,
            Project project,
            List<Finding> findings,
            List<RuleFailure> failures) {
        List<Fault> faults = new ArrayList<>();
        try {
            rule.check(module, faults::add);
        } catch (Cancelled e) {
            throw e;
        } catch (RuntimeException e) {
            failures.add(new RuleFailure(rule.id(), snapshot.uri(), snapshot.version(), e));
            return;
        }
        for (Fault fault : faults) {
            Verdict.of(fault.impact(), project)
                    .ifPresent(verdict -> findings.add(new Finding(
                            rule.id(),
                            fault.range(),
                            fault.message() + verdict.suffix(),
                            verdict.severity(),
                            verdict.failsOn(),
                            fault.related(),
                            fault.fixes())));
        }
    }
}
