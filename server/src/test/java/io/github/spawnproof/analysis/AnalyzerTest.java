package io.github.spawnproof.analysis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.spawnproof.boundary.Consequence;
import io.github.spawnproof.boundary.OperatingSystem;
import io.github.spawnproof.boundary.PythonVersion;
import io.github.spawnproof.boundary.StartMethod;
import io.github.spawnproof.boundary.StartMethodChoice;
import io.github.spawnproof.finding.Finding;
import io.github.spawnproof.finding.Severity;
import io.github.spawnproof.project.Project;
import io.github.spawnproof.project.SelectedMethod;
import io.github.spawnproof.project.Settings;
import io.github.spawnproof.project.Targets;
import io.github.spawnproof.python.PythonModule;
import io.github.spawnproof.rule.Fault;
import io.github.spawnproof.rule.Impact;
import io.github.spawnproof.rule.PythonRule;
import io.github.spawnproof.rule.RuleCatalog;
import io.github.spawnproof.source.CancelToken;
import io.github.spawnproof.source.Cancelled;
import io.github.spawnproof.source.DocumentSnapshot;
import io.github.spawnproof.source.Language;
import io.github.spawnproof.source.TextRange;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

/** How faults become findings: severity and platforms from the targets, failures, settings. */
class AnalyzerTest {

    /** States one fault of the given impact. */
    private record Stating(Impact impact) implements PythonRule {
        @Override
        public void check(PythonModule module, Consumer<Fault> faults) {
            faults.accept(new Fault(new TextRange(0, 1), "It breaks", impact, List.of(), List.of()));
        }
    }

    /** Throws. */
    private record Throwing() implements PythonRule {
        @Override
        public void check(PythonModule module, Consumer<Fault> faults) {
            throw new IllegalStateException("broken rule");
        }
    }

    private static final Impact AT_START = Impact.failsWithoutFork(StartMethodChoice.PLATFORM_DEFAULT);

    @Test
    void a_fault_of_pickling_at_start_is_a_warning_that_names_the_platforms() {
        Finding finding = judged(AT_START, Project.DEFAULT).orElseThrow();

        assertThat(finding.severity()).isEqualTo(Severity.WARNING);
        assertThat(finding.failsOn()).containsExactly("windows", "macos", "linux>=3.14");
        assertThat(finding.message()).isEqualTo("It breaks; fails on Windows, macOS and Linux with Python 3.14+");
    }

    @Test
    void a_fault_on_every_target_is_an_error() {
        Finding finding = judged(AT_START, targets(List.of(OperatingSystem.WINDOWS, OperatingSystem.MACOS), "3.12"))
                .orElseThrow();

        assertThat(finding.severity()).isEqualTo(Severity.ERROR);
        assertThat(finding.failsOn()).containsExactly("windows", "macos");
    }

    @Test
    void a_fault_that_no_target_can_hit_is_not_shown() {
        assertThat(judged(AT_START, targets(List.of(OperatingSystem.LINUX), "3.13")))
                .isEmpty();
    }

    @Test
    void a_fault_under_every_start_method_names_no_platform() {
        Finding finding = judged(Impact.failsAlways(), Project.DEFAULT).orElseThrow();

        assertThat(finding.severity()).isEqualTo(Severity.ERROR);
        assertThat(finding.failsOn()).isEmpty();
        assertThat(finding.message()).isEqualTo("It breaks");
    }

    @Test
    void code_that_chooses_spawn_fails_everywhere() {
        Impact impact = Impact.failsWithoutFork(StartMethodChoice.exactly(StartMethod.SPAWN));

        Finding finding = judged(impact, Project.DEFAULT).orElseThrow();

        assertThat(finding.severity()).isEqualTo(Severity.ERROR);
        assertThat(finding.failsOn()).containsExactly("windows", "macos", "linux");
    }

    @Test
    void code_that_chooses_fork_never_fails_and_never_runs_on_windows() {
        Impact impact = Impact.failsWithoutFork(StartMethodChoice.exactly(StartMethod.FORK));

        assertThat(judged(impact, Project.DEFAULT)).isEmpty();
    }

    @Test
    void a_method_that_only_may_be_chosen_counts_together_with_the_default() {
        StartMethodChoice perhapsFork = new StartMethodChoice(false, Set.of(StartMethod.FORK), false);

        Finding finding =
                judged(Impact.failsWithoutFork(perhapsFork), Project.DEFAULT).orElseThrow();

        assertThat(finding.failsOn()).containsExactly("windows");
    }

    @Test
    void a_library_may_take_fork_on_macos() {
        StartMethodChoice jina = new StartMethodChoice(false, Set.of(), true);

        Finding finding = judged(Impact.failsWithoutFork(jina), Project.DEFAULT).orElseThrow();

        assertThat(finding.failsOn()).containsExactly("windows", "linux>=3.14");
    }

    @Test
    void the_settings_may_choose_the_start_method() {
        Settings settings = settings(Set.of(), Set.of(), Severity.INFORMATION, Optional.of(StartMethod.SPAWN));
        StartMethodChoice jina = new StartMethodChoice(false, Set.of(), true);

        Finding finding = judged(Impact.failsWithoutFork(jina), new Project(settings, Targets.byDefault()))
                .orElseThrow();

        assertThat(finding.severity()).isEqualTo(Severity.ERROR);
        assertThat(finding.failsOn()).containsExactly("windows", "macos", "linux");
    }

    @Test
    void the_environment_selects_the_start_method_of_code_with_jina_alone() {
        StartMethodChoice jina = new StartMethodChoice(false, Set.of(), true);
        Project spawns = Project.DEFAULT.with(Optional.of(new SelectedMethod(StartMethod.SPAWN, ".env, line 3")));

        Finding finding = judged(Impact.failsWithoutFork(jina), spawns).orElseThrow();
        Finding plain = judged(Impact.failsWithoutFork(StartMethodChoice.PLATFORM_DEFAULT), spawns)
                .orElseThrow();

        assertThat(finding.severity()).isEqualTo(Severity.ERROR);
        assertThat(finding.message())
                .isEqualTo("It breaks; fails on Windows, macOS and Linux (`spawn` is selected in .env, line 3)");
        assertThat(plain.severity()).isEqualTo(Severity.WARNING);
        assertThat(plain.message()).doesNotContain("selected");
    }

    @Test
    void a_selected_method_that_a_system_does_not_have_leaves_it_its_default() {
        StartMethodChoice jina = new StartMethodChoice(false, Set.of(), true);
        Project forks = Project.DEFAULT.with(Optional.of(new SelectedMethod(StartMethod.FORK, ".env, line 1")));

        Finding finding = judged(Impact.failsWithoutFork(jina), forks).orElseThrow();

        assertThat(finding.failsOn()).containsExactly("windows");
    }

    @Test
    void what_the_code_chooses_is_stronger_than_the_environment() {
        StartMethodChoice chosen = new StartMethodChoice(true, Set.of(StartMethod.FORK), true);
        Project spawns = Project.DEFAULT.with(Optional.of(new SelectedMethod(StartMethod.SPAWN, ".env, line 3")));

        assertThat(judged(Impact.failsWithoutFork(chosen), spawns)).isEmpty();
    }

    @Test
    void a_range_of_versions_in_the_middle_has_two_ends() {
        StartMethodChoice choice = StartMethodChoice.PLATFORM_DEFAULT;
        Impact onlyFork = new Impact(Consequence.MISBEHAVES, Set.of(StartMethod.FORK), choice);

        Finding finding = judged(onlyFork, Project.DEFAULT).orElseThrow();

        assertThat(finding.severity()).isEqualTo(Severity.WARNING);
        assertThat(finding.failsOn()).containsExactly("linux<3.14");
        assertThat(finding.message()).isEqualTo("It breaks; goes wrong on Linux with Python up to 3.13");
    }

    @Test
    void a_remark_is_information_wherever_it_applies() {
        Finding finding = judged(Impact.remark(), Project.DEFAULT).orElseThrow();

        assertThat(finding.severity()).isEqualTo(Severity.INFORMATION);
    }

    @Test
    void findings_below_the_least_severity_and_of_rules_that_are_off_are_not_shown() {
        Settings errorsOnly = settings(Set.of(), Set.of(), Severity.ERROR, Optional.empty());
        Settings off = settings(Set.of(), Set.of("stating"), Severity.INFORMATION, Optional.empty());
        Settings other = settings(Set.of("another"), Set.of(), Severity.INFORMATION, Optional.empty());

        assertThat(judged(AT_START, new Project(errorsOnly, Targets.byDefault())))
                .isEmpty();
        assertThat(judged(AT_START, new Project(off, Targets.byDefault()))).isEmpty();
        assertThat(judged(AT_START, new Project(other, Targets.byDefault()))).isEmpty();
    }

    @Test
    void a_rule_that_throws_loses_its_own_findings_alone() {
        Analyzer analyzer = new Analyzer(new RuleCatalog(List.of(new Throwing(), new Stating(AT_START))));

        AnalysisResult result = analyzer.analyze(snapshot(), Project.DEFAULT, CancelToken.NEVER);

        assertThat(result.findings()).extracting(Finding::rule).containsExactly("stating");
        assertThat(result.failures()).singleElement().satisfies(failure -> {
            assertThat(failure.rule()).isEqualTo("throwing");
            assertThat(failure.uri()).isEqualTo("file:///program.py");
            assertThat(failure.cause()).hasMessage("broken rule");
        });
    }

    @Test
    void work_that_is_no_longer_wanted_ends() {
        Analyzer analyzer = new Analyzer(new RuleCatalog(List.of(new Stating(AT_START))));

        assertThatThrownBy(() -> analyzer.analyze(snapshot(), Project.DEFAULT, new CancelToken(() -> true)))
                .isInstanceOf(Cancelled.class);
    }

    private static Settings settings(
            Set<String> select, Set<String> ignore, Severity minSeverity, Optional<StartMethod> startMethod) {
        return new Settings(select, ignore, minSeverity, List.of(), List.of(), startMethod, List.of());
    }

    private static Project targets(List<OperatingSystem> systems, String version) {
        return new Project(
                Settings.DEFAULT,
                new Targets(systems, List.of(PythonVersion.parse(version).orElseThrow())));
    }

    private static Optional<Finding> judged(Impact impact, Project project) {
        Analyzer analyzer = new Analyzer(new RuleCatalog(List.of(new Stating(impact))));
        return analyzer.analyze(snapshot(), project, CancelToken.NEVER).findings().stream()
                .findFirst();
    }

    private static DocumentSnapshot snapshot() {
        return DocumentSnapshot.of("file:///program.py", Language.PYTHON, "import multiprocessing\n");
    }
}
