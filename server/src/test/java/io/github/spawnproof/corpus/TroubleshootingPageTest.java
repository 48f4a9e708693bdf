package io.github.spawnproof.corpus;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.spawnproof.analysis.AnalysisResult;
import io.github.spawnproof.analysis.Explanation;
import io.github.spawnproof.analysis.Explanations;
import io.github.spawnproof.analysis.Fixes;
import io.github.spawnproof.finding.Applicability;
import io.github.spawnproof.finding.Finding;
import io.github.spawnproof.finding.Severity;
import io.github.spawnproof.python.syntax.PythonParser;
import io.github.spawnproof.python.syntax.TopLevel;
import io.github.spawnproof.source.CancelToken;
import io.github.spawnproof.source.SourceText;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What Jina's page on troubleshooting tells people to do and not to do, as it is printed there and as it runs. */
class TroubleshootingPageTest {

    private static final String IMPORT = "from jina import Deployment, Executor, requests\n\n";

    private static final String EXECUTOR = """
            class CustomExecutor(Executor):
                @requests
                def foo(self, **kwargs):
                    ...

            """;

    private static final String START_IN_MAIN = EXECUTOR + """
            def main():
                dep = Deployment(uses=CustomExecutor)
                with dep:
                    ...

            if __name__ == '__main__':
                main()
            """;

    private static final String START_AT_IMPORT = EXECUTOR + """
            dep = Deployment(uses=CustomExecutor)
            with dep:
                ...
            """;

    private static final String EXECUTOR_ON_TOP = EXECUTOR + """
            def main():
                dep = Deployment(uses=Executor)
                with dep:
                    ...
            """;

    private static final String EXECUTOR_IN_FUNCTION = """
            def main():
                class CustomExecutor(Executor):
                    @requests
                    def foo(self, **kwargs):
                        ...

                dep = Deployment(uses=Executor)
                with dep:
                    ...
            """;

    private static final String CALL = "\nif __name__ == '__main__':\n    main()\n";

    /** The error that the page prints below its first example, as it is mangled there. */
    private static final String PRINTED_ERROR = """

            \"""
            # error
            This probably means that you are not using fork to start your
            child processes and you have forgotten to use the proper idiom
            in the main module:

                if _name_ == '_main_':
                    freeze_support()
                    ...

            The "freeze_support()" line can be omitted if the program
            is not going to be frozen to produce an executable.

            \"""
            """;

    /** Two programs of the page that belong together, and the rule that tells them apart. */
    record Pair(String name, String dont, String good, String rule) {
        @Override
        public String toString() {
            return name;
        }
    }

    static Stream<Pair> pairs() {
        return Stream.of(
                new Pair(
                        "start, as printed",
                        IMPORT + START_AT_IMPORT,
                        IMPORT + START_IN_MAIN,
                        "unguarded-process-start"),
                new Pair("start, without imports", START_AT_IMPORT, START_IN_MAIN, "unguarded-process-start"),
                new Pair("top level, as printed", EXECUTOR_IN_FUNCTION, EXECUTOR_ON_TOP, "jina-executor-not-top-level"),
                new Pair(
                        "top level, made runnable",
                        IMPORT + EXECUTOR_IN_FUNCTION + CALL,
                        IMPORT + EXECUTOR_ON_TOP + CALL,
                        "jina-executor-not-top-level"));
    }

    @ParameterizedTest
    @MethodSource("pairs")
    void what_to_do_is_silent(Pair pair) {
        assertThat(analyze(pair.good()).findings()).isEmpty();
    }

    @ParameterizedTest
    @MethodSource("pairs")
    void what_not_to_do_is_found_and_explained(Pair pair) {
        AnalysisResult result = analyze(pair.dont());

        assertThat(result.findings()).extracting(Finding::rule).containsExactly(pair.rule());
        Finding finding = result.findings().get(0);
        Optional<Explanation> explanation =
                Explanations.at(result, finding.range().start(), Program.ANALYZER.catalog());
        assertThat(explanation)
                .get()
                .extracting(Explanation::markdown)
                .asString()
                .startsWith("# " + pair.rule());
        assertThat(finding.severity())
                .isEqualTo(pair.dont().contains("import") ? Severity.WARNING : Severity.INFORMATION);
    }

    @ParameterizedTest
    @MethodSource("pairs")
    void the_fix_makes_what_to_do_of_what_not_to_do(Pair pair) {
        Fixes.Fixed fixed =
                Fixes.applyAll(Program.ANALYZER, analyze(pair.dont()), Applicability.UNSAFE, CancelToken.NEVER);

        assertThat(tree(fixed.text())).isEqualTo(tree(pair.good()));
    }

    @ParameterizedTest
    @MethodSource("pairs")
    void the_printed_error_below_changes_nothing(Pair pair) {
        AnalysisResult result = analyze(pair.dont() + PRINTED_ERROR);

        assertThat(result.findings()).extracting(Finding::rule).containsExactly(pair.rule());
    }

    private static AnalysisResult analyze(String text) {
        return Program.all().filter(Program::isPython).findFirst().orElseThrow().analyze(text);
    }

    /** Returns the syntax tree without its positions and without the quotes that strings are written in. */
    private static List<String> tree(String text) {
        return PythonParser.parse(new SourceText(text)).statements().stream()
                .map(TopLevel::statement)
                .map(statement -> statement.toString().replaceAll("(start|end|nameStart)=\\d+(, )?", ""))
                .toList();
    }
}
