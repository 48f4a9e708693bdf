package io.github.spawnproof.oracle;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import io.github.spawnproof.analysis.AnalysisResult;
import io.github.spawnproof.analysis.Analyzer;
import io.github.spawnproof.analysis.Fixes;
import io.github.spawnproof.finding.Applicability;
import io.github.spawnproof.project.Project;
import io.github.spawnproof.rule.PythonRule;
import io.github.spawnproof.rule.Rule;
import io.github.spawnproof.rule.RuleCatalog;
import io.github.spawnproof.rule.YamlRule;
import io.github.spawnproof.rules.PageExample;
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
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
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
    private static final Pattern FIXED_CASE =
            Pattern.compile("(?s)```python\n([^`]*?)```\n\n```python fixed\n([^`]*?)```");
    private static final Pattern NEEDS_PACKAGE =
            Pattern.compile("(?m)^(from|import) (torch|jina|joblib|multiprocess)\\b");
    /** The rules that somebody asked for; none means all. */
    private static final List<String> WANTED = Stream.of(
                    System.getProperty("spawnproof.oracle.rules", "").split(",", -1))
            .filter(rule -> !rule.isEmpty())
            .toList();

    private static final double SECONDS = 20;
    /** Jina starts a process with all its imports for every Executor and gateway. */
    private static final double JINA_SECONDS = 150;

    /** A program, where it is from, and what lies beside it. */
    record Example(String name, String text, Map<String, String> files) {
        @Override
        public String toString() {
            return name;
        }

        boolean needsJina() {
            return text.contains("jina");
        }

        /** Tells whether it is pasted from Jina's documentation without its imports. */
        boolean isFragment() {
            return !text.contains("import") && (text.contains("Deployment(") || text.contains("(Executor)"));
        }
    }

    // Pages

    static Stream<PageExample> bad() {
        return pageExamples(true);
    }

    static Stream<PageExample> good() {
        return pageExamples(false);
    }

    private static Stream<PageExample> pageExamples(boolean bad) {
        return ANALYZER.catalog().all().stream()
                .filter(rule -> rule instanceof PythonRule || rule instanceof YamlRule)
                .filter(rule -> isWanted(rule.id()))
                .flatMap(rule -> PageExample.of(rule).stream())
                .filter(example ->
                        example.isBad() == bad && example.unrunnable().isEmpty());
    }

    @ParameterizedTest
    @MethodSource("bad")
    void the_bad_example_of_a_page_fails(PageExample example) throws Exception {
        List<String> verdicts = new ArrayList<>();
        for (String method : List.of("spawn", "windows", "fork")) {
            verdicts.add(run(example, method).classification());
        }

        // Most fail where processes are spawned, some only where there is nothing else, or against the default.
        assertThat(verdicts).anyMatch(verdict -> !verdict.equals("ok"));
    }

    @ParameterizedTest
    @MethodSource("good")
    void the_good_example_of_a_page_works_under_every_start_method(PageExample example) throws Exception {
        for (String method : List.of("fork", "spawn", "forkserver", "windows")) {
            Oracle.Verdict verdict = run(example, method);

            assertThat(verdict.classification()).as(method + verdict.message()).isEqualTo("ok");
        }
    }

    private static Oracle.Verdict run(PageExample example, String method) throws Exception {
        if (example.language().equals("yaml")) {
            // Its page shows the program that loads it.
            Map<String, String> files = new TreeMap<>(example.files());
            String program = files.remove("program.py");
            files.put(example.file(), example.text());
            return run(new Example(example.toString(), program, files), program, method);
        }
        return run(
                new Example(example.toString(), example.text(), example.files()),
                example.text(),
                method,
                example.mode());
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
                    examples.add(new Example(folder + "/" + file.getFileName(), Files.readString(file), filesOf(file)));
                }
            }
        }
        for (Rule rule : ANALYZER.catalog().all()) {
            String cases = resource(rule, rule.id() + ".cases.md").replaceAll("(?m)^ *# *\\^+ [a-z-]+(: .*)?\n", "");
            Matcher matcher = FIXED_CASE.matcher(cases);
            int number = 0;
            while (rule instanceof PythonRule && matcher.find()) {
                Example example = new Example(rule.id() + " case " + ++number, matcher.group(1), Map.of());
                if (!NEEDS_PACKAGE.matcher(example.text()).find()) {
                    examples.add(example);
                }
            }
        }
        return examples.stream()
                .filter(example -> !example.text().contains("torch") && !example.isFragment())
                .filter(example -> fixed(example).applied() > 0)
                .filter(FixesRunTest::isOfWantedRule);
    }

    private static boolean isWanted(String rule) {
        return WANTED.isEmpty() || WANTED.contains(rule);
    }

    private static boolean isOfWantedRule(Example example) {
        return WANTED.isEmpty()
                || analyze(example.text()).findings().stream().anyMatch(finding -> isWanted(finding.rule()));
    }

    /** Returns what lies beside a program of the corpus, from its folder {@code NAME.extra}. */
    private static Map<String, String> filesOf(Path program) throws IOException {
        Path folder = program.resolveSibling(program.getFileName().toString().replace(".py", ".extra"));
        Map<String, String> files = new TreeMap<>();
        if (Files.isDirectory(folder)) {
            try (Stream<Path> all = Files.walk(folder)) {
                for (Path file : all.filter(Files::isRegularFile).toList()) {
                    files.put(folder.relativize(file).toString(), Files.readString(file));
                }
            }
        }
        return files;
    }

    /** Tells whether a file is a program that was run before: one that serves for ever was not. */
    private static boolean runsToItsEnd(Path file) {
        Path sidecar = file.resolveSibling(file.getFileName().toString().replace(".py", ".json"));
        try {
            if (!file.toString().endsWith(".py")) {
                return false;
            }
            JsonObject labels =
                    JsonParser.parseString(Files.readString(sidecar)).getAsJsonObject();
            // With a fault that no rule finds yet, it fails after all fixes too.
            boolean known = labels.getAsJsonArray("expected").asList().stream()
                    .map(label -> label.getAsJsonObject().get("rule").getAsString())
                    .allMatch(rule -> ANALYZER.catalog().find(rule).isPresent());
            return known && labels.has("oracle");
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
        String fixed = fixed(example).text();

        Oracle.Verdict spawned = run(example, fixed, "spawn");
        Oracle.Verdict forked = run(example, fixed, "fork");

        assertThat(spawned.classification()).as(spawned.message()).isEqualTo("ok");
        assertThat(forked.classification()).as(forked.message()).isEqualTo("ok");
        if (!example.needsJina()) { // Jina prints addresses, times and a progress bar.
            Oracle.Verdict before = run(example, example.text(), "fork");
            // What fails under fork too, or does nothing since its guard is misspelt, printed nothing to go by.
            boolean worked =
                    before.classification().equals("ok") && !characters(before).isEmpty();
            assertThat(characters(spawned)).isEqualTo(characters(worked ? before : forked));
        }
    }

    @ParameterizedTest
    @MethodSource("fixableWithoutPackages")
    void a_fixed_program_works_under_forkserver_of_python_3_14(Example example) throws Exception {
        Oracle.Verdict verdict = Oracle.of("spawnproof.python314")
                .run(fixed(example).text(), example.files(), "native", "script", 2 * SECONDS);

        assertThat(verdict.classification()).as(verdict.message()).isEqualTo("ok");
    }

    private static Oracle.Verdict run(Example example, String text, String method) throws Exception {
        return run(example, text, method, "script");
    }

    private static Oracle.Verdict run(Example example, String text, String method, String mode) throws Exception {
        Oracle oracle = example.needsJina() || example.text().contains("joblib") ? withPackages() : plain();
        return oracle.run(text, example.files(), method, mode, example.needsJina() ? JINA_SECONDS : SECONDS);
    }

    /** Returns what was printed, without blanks and addresses and in no order: processes race for each character. */
    private static String characters(Oracle.Verdict verdict) {
        return String.join("", verdict.printed())
                .replaceAll("0x[0-9a-f]+|\\s", "")
                .chars()
                .sorted()
                .mapToObj(Character::toString)
                .collect(Collectors.joining());
    }

    private static Oracle plain() {
        return Oracle.of("spawnproof.python");
    }

    private static Oracle withPackages() {
        return Oracle.of("spawnproof.python.packages");
    }

    private static AnalysisResult analyze(String text) {
        return ANALYZER.analyze(
                DocumentSnapshot.of("file:///program.py", Language.PYTHON, text), Project.DEFAULT, CancelToken.NEVER);
    }

    private static Fixes.Fixed fixed(Example example) {
        return Fixes.applyAll(ANALYZER, analyze(example.text()), Applicability.UNSAFE, CancelToken.NEVER);
    }
}
