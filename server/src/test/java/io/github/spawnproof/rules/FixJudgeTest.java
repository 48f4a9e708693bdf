package io.github.spawnproof.rules;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.spawnproof.analysis.AnalysisResult;
import io.github.spawnproof.analysis.Analyzer;
import io.github.spawnproof.project.Project;
import io.github.spawnproof.rule.RuleCatalog;
import io.github.spawnproof.source.CancelToken;
import io.github.spawnproof.source.DocumentSnapshot;
import io.github.spawnproof.source.Language;
import org.junit.jupiter.api.Test;

/** The judge sees through what looks like a fix: the tests of all fixes stand on it. */
class FixJudgeTest {

    private static final Analyzer ANALYZER = new Analyzer(RuleCatalog.load());

    private static final String PROGRAM = """
            from multiprocessing import Pool


            def scale(numbers):
                with Pool(2) as pool:
                    return pool.map(lambda n: 2 * n, numbers)


            print(scale([1, 2]))
            """;

    private final FixJudge judge = new FixJudge(FixJudgeTest::analyze);

    private static AnalysisResult analyze(String text) {
        return ANALYZER.analyze(
                DocumentSnapshot.of("file:///program.py", Language.PYTHON, text), Project.DEFAULT, CancelToken.NEVER);
    }

    @Test
    void a_pool_that_is_gone_is_no_fix() {
        assertThat(judge.objections(analyze(PROGRAM), """
                def scale(numbers):
                    return [2 * n for n in numbers]


                print(scale([1, 2]))
                """))
                .singleElement()
                .asString()
                .startsWith("it uses other library calls");
    }

    @Test
    void an_error_that_is_swallowed_is_no_fix() {
        assertThat(judge.objections(analyze(PROGRAM), """
                from multiprocessing import Pool


                def scale(numbers):
                    with Pool(2) as pool:
                        try:
                            return pool.map(lambda n: 2 * n, numbers)
                        except Exception:
                            return None


                print(scale([1, 2]))
                """)).containsExactly("it swallows errors");
    }

    @Test
    void a_file_that_is_guarded_as_a_whole_is_no_fix() {
        assertThat(judge.objections(analyze(PROGRAM), """
                from multiprocessing import Pool

                if __name__ == "__main__":

                    def scale(numbers):
                        with Pool(2) as pool:
                            return pool.map(lambda n: 2 * n, numbers)

                    print(scale([1, 2]))
                """)).containsExactly("it hides `scale` from importers");
    }

    @Test
    void a_text_that_is_broken_is_no_fix() {
        assertThat(judge.objections(analyze(PROGRAM), PROGRAM.replace("numbers)\n\n", "numbers\n\n")))
                .contains("it does not parse");
    }

    @Test
    void another_fault_instead_is_no_fix() {
        String nested = PROGRAM.replace("lambda n: 2 * n", "twice")
                .replace("    with", "    def twice(n):\n        return 2 * n\n\n    with");

        assertThat(judge.objections(analyze(PROGRAM), nested)).contains("it brings nested-function-crosses-process");
    }

    @Test
    void what_somebody_would_write_by_hand_is_one() {
        assertThat(judge.objections(analyze(PROGRAM), """
                from multiprocessing import Pool


                def twice(n):
                    return 2 * n


                def scale(numbers):
                    with Pool(2) as pool:
                        return pool.map(twice, numbers)


                if __name__ == "__main__":
                    print(scale([1, 2]))
                """)).isEmpty();
    }
}
