package io.github.spawnproof.oracle;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.spawnproof.analysis.AnalysisResult;
import io.github.spawnproof.analysis.Analyzer;
import io.github.spawnproof.analysis.Fixes;
import io.github.spawnproof.finding.Applicability;
import io.github.spawnproof.project.Project;
import io.github.spawnproof.rule.PythonRule;
import io.github.spawnproof.rule.Rule;
import io.github.spawnproof.rule.RuleCatalog;
import io.github.spawnproof.rule.RulePage;
import io.github.spawnproof.source.CancelToken;
import io.github.spawnproof.source.DocumentSnapshot;
import io.github.spawnproof.source.Language;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Really runs programs: what a page calls bad fails, what it calls good works, and a fixed program works under spawn and
 * prints what it printed under fork before.
 */
@Tag("oracle")
class FixesRunTest {

    private static final Analyzer ANALYZER = new Analyzer(RuleCatalog.load());
    private static final Pattern PAGE_EXAMPLE = Pattern.compile("(?s)```python (bad|good)\n(.*?)```");
    private static final Pattern FIXED_CASE =
            Pattern.compile("(?s)```python\n([^`]*?)```\n\n```python fixed\n([^`]*?)```");
    private static final Pattern NEEDS_PACKAGE =
            Pattern.compile("(?m)^(from|import) (torch|jina|joblib|multiprocess)\\b");
    private static final double SECONDS = 20;
    /** Jina starts a process with all its imports for every Executor and gateway. */
    private static final double JINA_SECONDS = 150;

    /** A program and where it is from. */
    record Example(String name, String text) {
        @Override
        public String toString() {
            return name;
        }

        boolean needsJina() {
            return text.contains("jina");
        }

        Oracle oracle() {
            return needsJina() || text.contains("joblib") ? withPackages() : plain();
        }

        double seconds() {
            return needsJina() ? JINA_SECONDS : SECONDS;
        }
    }

    // Pages

    static Stream<Example> bad() {
        return pageExamples("bad");
    }

    static Stream<Example> good() {
        return pageExamples("good");
    }

    private static Stream<Example> pageExamples(String kind) {
        List<Example> examples = new ArrayList<>();
        for (Rule rule : ANALYZER.catalog().all()) {
            Matcher matcher = PAGE_EXAMPLE.matcher(RulePage.of(rule).markdown());
            while (rule instanceof PythonRule && matcher.find()) {
                if (matcher.group(1).equals(kind)) {
                    examples.add(new Example(rule.id(), matcher.group(2)));
                }
            }
        }
        return examples.stream();
    }

    @ParameterizedTest
    @MethodSource("bad")
    void the_bad_example_of_a_page_fails_under_spawn(Example example) throws Exception {
        Oracle.Verdict verdict = example.oracle().run(example.text(), "spawn", "script", example.seconds());

        assertThat(verdict.classification()).isIn("unguarded-start", "unpicklable");
    }

    @ParameterizedTest
    @MethodSource("good")
    void the_good_example_of_a_page_works_under_every_start_method(Example example) throws Exception {
        for (String method : List.of("fork", "spawn", "forkserver", "windows")) {
            Oracle.Verdict verdict = example.oracle().run(example.text(), method, "script", example.seconds());

            assertThat(verdict.classification()).as(method).isEqualTo("ok");
        }
    }

    // Fixes

    /** Every program of the corpus and every case of a rule that has a fix and can run here. */
    static Stream<Example> fixable() throws IOException, URISyntaxException {
        List<Example> examples = new ArrayList<>();
        for (String folder : List.of("python", "jina")) {
            Path root =
                    Path.of(FixesRunTest.class.getResource("/corpus/" + folder).toURI());
            try (Stream<Path> files = Files.list(root)) {
                for (Path file :
                        files.filter(FixesRunTest::runsToItsEnd).sorted().toList()) {
                    examples.add(new Example(folder + "/" + file.getFileName(), Files.readString(file)));
                }
            }
        }
        for (Rule rule : ANALYZER.catalog().all()) {
            String cases = resource(rule, rule.id() + ".cases.md").replaceAll("(?m)^ *# *\\^+ [a-z-]+(: .*)?\n", "");
            Matcher matcher = FIXED_CASE.matcher(cases);
            int number = 0;
            while (rule instanceof PythonRule && matcher.find()) {
                Example example = new Example(rule.id() + " case " + ++number, matcher.group(1));
                if (!NEEDS_PACKAGE.matcher(example.text()).find()) {
                    examples.add(example);
                }
            }
        }
        return examples.stream()
                .filter(example -> !example.text().contains("torch"))
                .filter(example -> fixed(example).applied() > 0);
    }

    /** Tells whether a file is a program that was run before: one that serves for ever was not. */
    private static boolean runsToItsEnd(Path file) {
        Path sidecar = file.resolveSibling(file.getFileName().toString().replace(".py", ".json"));
        try {
            return file.toString().endsWith(".py") && Files.readString(sidecar).contains("\"oracle\"");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The same without those that need packages, which the interpreter of Python 3.14 does not have. */
    static Stream<Example> fixableWithoutPackages() throws IOException, URISyntaxException {
        return fixable()
                .filter(example -> !example.needsJina() && !example.text().contains("joblib"));
    }

    private static String resource(Rule rule, String name) throws IOException {
        return new String(rule.getClass().getResourceAsStream(name).readAllBytes(), StandardCharsets.UTF_8);
    }

    @ParameterizedTest
    @MethodSource("fixable")
    void a_fixed_program_works_under_spawn_and_prints_what_it_printed_under_fork(Example example) throws Exception {
        Oracle oracle = example.oracle();
        double seconds = example.seconds();
        String fixed = fixed(example).text();

        Oracle.Verdict spawned = oracle.run(fixed, "spawn", "script", seconds);
        Oracle.Verdict forked = oracle.run(fixed, "fork", "script", seconds);

        assertThat(spawned.classification()).as(spawned.message()).isEqualTo("ok");
        assertThat(forked.classification()).as(forked.message()).isEqualTo("ok");
        if (!example.needsJina()) { // Jina prints addresses, times and a progress bar.
            Oracle.Verdict before = oracle.run(example.text(), "fork", "script", seconds);
            assertThat(spawned.printed())
                    .isEqualTo(before.classification().equals("ok") ? before.printed() : forked.printed());
        }
    }

    @ParameterizedTest
    @MethodSource("fixableWithoutPackages")
    void a_fixed_program_works_under_forkserver_of_python_3_14(Example example) throws Exception {
        Oracle.Verdict verdict =
                Oracle.of("spawnproof.python314").run(fixed(example).text(), "native", "script", 2 * SECONDS);

        assertThat(verdict.classification()).as(verdict.message()).isEqualTo("ok");
    }

    private static Oracle plain() {
        return Oracle.of("spawnproof.python");
    }

    private static Oracle withPackages() {
        return Oracle.of("spawnproof.python.packages");
    }

    private static Fixes.Fixed fixed(Example example) {
        AnalysisResult result = ANALYZER.analyze(
                DocumentSnapshot.of("file:///program.py", Language.PYTHON, example.text()),
                Project.DEFAULT,
                CancelToken.NEVER);
        return Fixes.applyAll(ANALYZER, result, Applicability.UNSAFE, CancelToken.NEVER);
    }
}
