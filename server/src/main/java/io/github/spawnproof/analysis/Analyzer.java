package io.github.spawnproof.analysis;

import io.github.spawnproof.boundary.BoundaryTable;
import io.github.spawnproof.environment.EnvironmentFrontEnd;
import io.github.spawnproof.finding.Finding;
import io.github.spawnproof.java.JavaFrontEnd;
import io.github.spawnproof.project.Project;
import io.github.spawnproof.project.Settings;
import io.github.spawnproof.python.PythonFrontEnd;
import io.github.spawnproof.rule.EnvironmentRule;
import io.github.spawnproof.rule.Fault;
import io.github.spawnproof.rule.JavaRule;
import io.github.spawnproof.rule.PythonRule;
import io.github.spawnproof.rule.Rule;
import io.github.spawnproof.rule.RuleCatalog;
import io.github.spawnproof.rule.YamlRule;
import io.github.spawnproof.source.CancelToken;
import io.github.spawnproof.source.Cancelled;
import io.github.spawnproof.source.DocumentSnapshot;
import io.github.spawnproof.yaml.YamlFrontEnd;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Analyses snapshots. Stateless and safe for any number of threads. */
public final class Analyzer {

    /**
     * The stack in bytes that a thread needs to analyse any text: a syntax tree may be 2,000 levels deep, with a dozen
     * frames each.
     */
    public static final long STACK_BYTES = 64L << 20;

    private final RuleCatalog catalog;
    private final PythonFrontEnd python;
    private final YamlFrontEnd yaml = new YamlFrontEnd();
    private final EnvironmentFrontEnd environment = new EnvironmentFrontEnd();
    // Made when the first Java file comes: most projects have none, and its parser and tables are many classes.
    private volatile @Nullable JavaFrontEnd java;

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
     * Returns all that is known of the snapshot. A rule that throws loses its own findings, a front end that throws all
     * findings of this snapshot, and nothing else.
     *
     * @throws Cancelled if the token says that the work is no longer wanted
     */
    public AnalysisResult analyze(DocumentSnapshot snapshot, Project project, CancelToken cancel) {
        Attempts attempts = new Attempts(snapshot);
        FileFacts facts = attempts.of(
                snapshot.language().name().toLowerCase(Locale.ROOT),
                () -> read(snapshot, project, cancel),
                () -> FileFacts.empty(snapshot));
        List<Finding> findings = new ArrayList<>();
        for (Rule rule : catalog.all()) {
            cancel.check();
            if (project.settings().isOn(rule.id())) {
                List<Fault> faults = attempts.of(rule.id(), () -> check(rule, facts), List::of);
                findings.addAll(judged(rule, faults, project));
            }
        }
        List<Suppression> suppressions = Suppressions.read(facts);
        Settings settings = project.settings();
        List<Finding> all = new ArrayList<>();
        for (Finding judged : Suppressions.apply(suppressions, findings, snapshot.source(), catalog, settings::isOn)) {
            Finding finding = judged.with(settings.severities().of(judged.rule(), judged.severity()));
            if (settings.isOn(finding.rule())) {
                all.add(finding);
            }
        }
        all.sort(Finding.ORDER);
        // Before what is less is left out, so that what the baseline lists does not look as if it were gone.
        List<Finding> known = project.baseline().among(all, snapshot.source());
        List<Finding> shown = new ArrayList<>(all);
        known.forEach(shown::remove);
        shown.removeIf(finding -> !finding.severity().isAtLeast(settings.minSeverity()));
        return new AnalysisResult(snapshot, project, facts, shown, known, suppressions, attempts.failures);
    }

    /**
     * Returns the URIs of files that were analysed and would have to be again, since others have changed that they rest on;
     * each once.
     */
    public Set<String> takeOutdated() {
        return python.takeOutdated();
    }

    private FileFacts read(DocumentSnapshot snapshot, Project project, CancelToken cancel) {
        return switch (snapshot.language()) {
            case PYTHON, NOTEBOOK ->
                FileFacts.of(new ProgramEnvironment(project.surroundings())
                        .around(loaded(project, cancel)
                                .follow(python.read(
                                        snapshot,
                                        project.surroundings(),
                                        project.settings().boundaries(),
                                        cancel))));
            case YAML ->
                FileFacts.of(loaded(project, cancel)
                        .follow(yaml.read(snapshot, project.surroundings(), cancel), snapshot.uri()));
            case JAVA -> FileFacts.of(java().read(snapshot, project.surroundings(), cancel));
            case TEXT -> FileFacts.empty(snapshot);
            case ENVIRONMENT -> FileFacts.of(environment.read(snapshot, cancel));
        };
    }

    private JavaFrontEnd java() {
        JavaFrontEnd known = java;
        if (known == null) {
            known = new JavaFrontEnd();
            java = known;
        }
        return known;
    }

    private LoadedConfiguration loaded(Project project, CancelToken cancel) {
        return new LoadedConfiguration(python, yaml, project.surroundings(), cancel);
    }

    private static List<Fault> check(Rule rule, FileFacts facts) {
        List<Fault> faults = new ArrayList<>();
        if (rule instanceof PythonRule about) {
            about.check(facts.python(), faults::add);
        }
        if (rule instanceof JavaRule about) {
            about.check(facts.java(), faults::add);
        }
        if (rule instanceof YamlRule about) {
            about.check(facts.yaml(), faults::add);
        }
        if (rule instanceof EnvironmentRule about) {
            about.check(facts.settings(), faults::add);
        }
        return faults;
    }

    private static List<Finding> judged(Rule rule, List<Fault> faults, Project project) {
        List<Finding> findings = new ArrayList<>();
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
        return findings;
    }

    /** Runs code that should not throw, and remembers where it did all the same. */
    private static final class Attempts {
        private final DocumentSnapshot snapshot;
        private final List<RuleFailure> failures = new ArrayList<>();

        Attempts(DocumentSnapshot snapshot) {
            this.snapshot = snapshot;
        }

        /** Returns what the code gives, or the substitute if it throws anything but {@link Cancelled}. */
        <T> T of(String name, Supplier<T> code, Supplier<T> substitute) {
            try {
                return code.get();
            } catch (Cancelled e) {
                throw e;
            } catch (RuntimeException e) {
                failures.add(new RuleFailure(name, snapshot.uri(), snapshot.version(), e));
                return substitute.get();
            }
        }
    }
}
