package io.github.spawnproof.analysis;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.spawnproof.project.Project;
import io.github.spawnproof.rule.RuleCatalog;
import io.github.spawnproof.source.CancelToken;
import io.github.spawnproof.source.DocumentSnapshot;
import io.github.spawnproof.source.Language;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What a hover shows where. */
class ExplanationsTest {

    private static final String PROGRAM = """
            from multiprocessing import Pool
            from multiprocessing.pool import ThreadPool

            if __name__ == "__main__":
                with Pool(2) as pool:
                    pool.map(lambda n: n, [1])
                    pool.map(lambda n: -n, [1])  # spawnproof: ignore[lambda-crosses-process]
                ThreadPool(2).map(abs, [1])
            """;

    private static final Analyzer ANALYZER = new Analyzer(RuleCatalog.load());

    @Test
    void a_finding_has_its_page_down_to_the_fix() {
        assertThat(hoverAt("lambda n: n,"))
                .startsWith("# lambda-crosses-process\n")
                .contains("## What happens", "## Symptoms", "```python bad", "## Fix")
                .doesNotContain("## When to ignore", "## References");
    }

    @Test
    void a_suppression_has_the_page_of_the_rule_it_names() {
        assertThat(hoverAt("spawnproof: ignore")).startsWith("# lambda-crosses-process");
    }

    @Test
    void a_call_that_starts_processes_says_so_and_teaches_the_guard() {
        assertThat(hoverAt("Pool(2) as"))
                .startsWith("# `Pool`")
                .contains("Starts processes.", "`initializer`, `initargs`: pickled when a process starts")
                .contains("## unguarded-process-start", "if __name__ ==");
    }

    @Test
    void a_call_that_sends_something_says_what() {
        assertThat(hoverAt("map(lambda n: n,"))
                .startsWith("# `Pool.map`")
                .contains("`func`: pickled always", "`iterable`: stays in this process; each of its items is pickled")
                .contains("## lambda-crosses-process")
                .doesNotContain("## unguarded-process-start");
    }

    @Test
    void an_imported_name_is_explained_too() {
        assertThat(hoverAt("Pool\nfrom")).startsWith("# `Pool`");
    }

    @Test
    void what_is_started_later_says_by_what() {
        String program = "from jina import Flow\n\nflow = Flow()\n";
        AnalysisResult result = ANALYZER.analyze(
                DocumentSnapshot.of("file:///flow.py", Language.PYTHON, program), Project.DEFAULT, CancelToken.NEVER);

        Explanation explanation = Explanations.at(result, program.indexOf("Flow()"), ANALYZER.catalog())
                .orElseThrow();

        assertThat(explanation.markdown())
                .contains("Starts no process by itself; these do: `with`, `.start()`.")
                .contains("## unguarded-process-start");
    }

    @Test
    void arguments_that_do_not_cross_by_pickle_are_explained_too() {
        String program = """
                from jina import Flow
                from multiprocessing import Queue

                flow = Flow().add(uses="/srv/exec.yml")
                Queue().put(1)
                """;
        AnalysisResult result = ANALYZER.analyze(
                DocumentSnapshot.of("file:///flow.py", Language.PYTHON, program), Project.DEFAULT, CancelToken.NEVER);

        assertThat(Explanations.at(result, program.indexOf("add("), ANALYZER.catalog())
                        .orElseThrow()
                        .markdown())
                .contains(
                        "`uses`, `uses_before`, `uses_after`: a class, its name, a YAML file",
                        "sent as JSON: plain data only")
                .contains("## jina-relative-path", "## jina-unserializable-argument");
        assertThat(Explanations.at(result, program.indexOf("put("), ANALYZER.catalog())
                        .orElseThrow()
                        .markdown())
                .contains("`obj`: pickled later by a thread");
    }

    @Test
    void the_name_of_an_environment_variable_has_the_pages_that_teach_it() {
        String program = """
                import os

                print(os.getenv("JINA_MP_START_METHOD"))
                print(os.environ.get('OBJC_DISABLE_INITIALIZE_FORK_SAFETY'))
                print("OBJC_DISABLE_INITIALIZE_FORK_SAFETY=YES")
                """;

        assertThat(hoverAt(program, "JINA_MP"))
                .contains("# env-set-too-late\n", "# cuda-before-fork\n")
                .doesNotContain("# fork-on-macos\n");
        assertThat(hoverAt(program, "OBJC_DISABLE"))
                .contains("# env-set-too-late\n", "# fork-on-macos\n")
                .doesNotContain("# cuda-before-fork\n");
        assertThat(hoverAt(program, "OBJC_DISABLE_INITIALIZE_FORK_SAFETY=")).isEmpty();
    }

    @Test
    void a_late_variable_has_the_page_of_its_finding_alone() {
        String program = """
                import os

                import jina

                os.environ["JINA_MP_START_METHOD"] = "spawn"
                """;

        assertThat(hoverAt(program, "JINA_MP"))
                .startsWith("# env-set-too-late\n")
                .doesNotContain("# cuda-");
    }

    private static String hoverAt(String program, String text) {
        AnalysisResult result = ANALYZER.analyze(
                DocumentSnapshot.of("file:///program.py", Language.PYTHON, program),
                Project.DEFAULT,
                CancelToken.NEVER);
        return Explanations.at(result, program.indexOf(text), ANALYZER.catalog())
                .map(Explanation::markdown)
                .orElse("");
    }

    @Test
    void a_thread_pool_has_nothing_to_explain() {
        assertThat(explanationAt("ThreadPool(2)")).isEmpty();
        assertThat(explanationAt("__name__")).isEmpty();
    }

    private static String hoverAt(String text) {
        return explanationAt(text).orElseThrow().markdown();
    }

    private static Optional<Explanation> explanationAt(String text) {
        AnalysisResult result = ANALYZER.analyze(
                DocumentSnapshot.of("file:///program.py", Language.PYTHON, PROGRAM),
                Project.DEFAULT,
                CancelToken.NEVER);
        return Explanations.at(result, PROGRAM.indexOf(text), ANALYZER.catalog());
    }
}
