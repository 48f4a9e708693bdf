package io.github.spawnproof.corpus;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import io.github.spawnproof.analysis.AnalysisResult;
import io.github.spawnproof.finding.Finding;
import io.github.spawnproof.source.SourceText;
import io.github.spawnproof.source.TextRange;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.UnaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Changes that mean nothing change no finding; a pool of threads in place of one of processes takes them away. */
class MetamorphicTest {

    private static final String LAMBDA = "lambda-crosses-process";

    /** Rules about how a program sets up its start method, with or without a process in sight. */
    private static final Set<String> ABOUT_THE_SETUP =
            Set.of("start-method-misuse", "start-method-unavailable", "env-set-too-late");

    /** Rules about values that cross, each found where the value is handed over. */
    private static final Set<String> ABOUT_CROSSINGS = Set.of(
            LAMBDA,
            "nested-function-crosses-process",
            "local-class-crosses-process",
            "shadowed-callable",
            "unpicklable-argument",
            "guard-only-definition",
            "main-file-definition-crosses");

    /** Names that the programs give to things of their own. */
    private static final Pattern OWN_NAME = Pattern.compile(
            "(?<![.\\w\"'])(pool|executor|process|worker|workers|main|manager|scale|normalise|loader|dep|house|band|afternoon)\\b(?!=[^=])");

    private static final Map<String, UnaryOperator<String>> SAME_LINES = Map.of(
            "own names renamed",
                    text -> code(text, line -> OWN_NAME.matcher(line).replaceAll("$1_renamed")),
            "imports aliased", MetamorphicTest::aliased,
            "imported as a whole", MetamorphicTest::importedAsAWhole,
            "CRLF", text -> text.replace("\n", "\r\n"),
            "CR", text -> text.replace("\n", "\r"));

    /** Programs with a finding, and a handful without, under each change that keeps the lines. */
    static Stream<Arguments> changes() {
        return SAME_LINES.entrySet().stream()
                .flatMap(change -> Program.all()
                        .filter(program -> !program.expected().isEmpty())
                        .filter(program -> program.isPython() || change.getKey().startsWith("CR"))
                        .filter(program ->
                                !change.getValue().apply(program.text()).equals(program.text()))
                        .map(program -> arguments(program, change.getKey(), change.getValue())));
    }

    @ParameterizedTest(name = "{0}: {1}")
    @MethodSource("changes")
    void a_change_that_means_nothing_changes_no_finding(
            Program program, String change, UnaryOperator<String> operator) {
        String changed = operator.apply(program.text());

        AnalysisResult result = program.analyze(changed);

        assertThat(Program.found(result)).isEqualTo(Program.found(program.analyze()));
    }

    static Stream<Program> programs() {
        return Program.all()
                .filter(Program::isPython)
                .filter(program -> !program.expected().isEmpty());
    }

    @ParameterizedTest
    @MethodSource("programs")
    void code_above_moves_findings_down(Program program) {
        String above = "# a comment\nUNRELATED = {'a': [1, 2]}\n\n\ndef unrelated(x):\n    return x\n\n\n";

        AnalysisResult result = program.analyze(above + program.text());

        Set<Program.Label> moved = Program.found(program.analyze()).stream()
                .map(label -> new Program.Label(label.line() + 8, label.rule()))
                .collect(Collectors.toCollection(TreeSet::new));
        assertThat(Program.found(result)).isEqualTo(moved);
    }

    static Stream<Program> programsWithLambdas() {
        return Program.all()
                .filter(program -> lambdas(program.analyze()).findAny().isPresent());
    }

    private static Stream<Finding> lambdas(AnalysisResult result) {
        SourceText source = result.snapshot().source();
        return result.findings().stream()
                .filter(finding -> finding.rule().equals(LAMBDA))
                .filter(finding -> source.slice(finding.range()).startsWith("lambda"));
    }

    @ParameterizedTest
    @MethodSource("programsWithLambdas")
    void a_lambda_in_a_variable_is_found_where_the_variable_is_handed_over(Program program) {
        AnalysisResult before = program.analyze();
        Finding finding = lambdas(before).findFirst().orElseThrow();
        SourceText source = before.snapshot().source();
        String moved = "moved_here";
        TextRange range = finding.range();
        int statement = statementLine(source, range.start());
        String changed = source.text().substring(0, statement)
                + source.indentation(statement) + moved + " = " + source.slice(range) + "\n"
                + source.text().substring(statement, range.start())
                + moved
                + source.text().substring(range.end());

        AnalysisResult result = program.analyze(changed);

        assertThat(result.findings().stream()
                        .filter(found -> found.rule().equals(LAMBDA))
                        .map(found -> result.snapshot().source().slice(found.range())))
                .contains(moved);
    }

    /** Programs in which a plain name crosses that should not, with the first such finding. */
    static Stream<Arguments> crossingNames() {
        return programs().flatMap(program -> {
            AnalysisResult result = program.analyze();
            return result.findings().stream()
                    .filter(finding -> ABOUT_CROSSINGS.contains(finding.rule()))
                    // What a child reads is read where it is moved to.
                    .filter(finding -> !finding.message().startsWith("A child process runs this"))
                    .filter(finding -> isPlainName(result.snapshot().source(), finding.range()))
                    .limit(1)
                    .map(finding -> arguments(program, finding));
        });
    }

    private static boolean isPlainName(SourceText source, TextRange range) {
        String text = source.text();
        char before = text.charAt(range.start() - 1);
        return source.slice(range).matches("\\w+")
                && before != '.'
                && "(.".indexOf(text.charAt(range.end())) < 0
                && !isComprehended(source, range);
    }

    /** Tells whether the name gets its value on its own line, where no statement can come between. */
    private static boolean isComprehended(SourceText source, TextRange range) {
        String line = source.text().substring(source.lineStart(range.start()), source.lineEnd(range.start()));
        return line.contains("for " + source.slice(range) + " in");
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("crossingNames")
    void a_name_for_what_crosses_is_found_in_its_place(Program program, Finding finding) {
        SourceText source = new SourceText(program.text());
        TextRange range = finding.range();
        int statement = statementLine(source, range.start());
        String changed = source.text().substring(0, statement)
                + source.indentation(statement) + "moved_here = " + source.slice(range) + "\n"
                + source.text().substring(statement, range.start())
                + "moved_here"
                + source.text().substring(range.end());

        AnalysisResult result = program.analyze(changed);

        assertThat(result.findings().stream()
                        .filter(found -> found.rule().equals(finding.rule()))
                        .map(found -> result.snapshot().source().slice(found.range())))
                .contains("moved_here");
    }

    static Stream<Program> programsWithMain() {
        return programs().filter(program -> program.text().contains("\n    main()\n"));
    }

    @ParameterizedTest
    @MethodSource("programsWithMain")
    void a_function_around_the_call_of_main_changes_no_finding(Program program) {
        String wrapper = "def call_main():\n    main()\n\n\n";
        int guard = program.text().lastIndexOf("\nif ") + 1;
        int first = program.text().substring(0, guard).split("\n", -1).length;
        String changed = program.text().substring(0, guard)
                + wrapper
                + program.text().substring(guard).replace("    main()\n", "    call_main()\n");

        AnalysisResult result = program.analyze(changed);

        Set<Program.Label> moved = Program.found(program.analyze()).stream()
                .map(label -> new Program.Label(label.line() < first ? label.line() : label.line() + 4, label.rule()))
                .collect(Collectors.toCollection(TreeSet::new));
        assertThat(Program.found(result)).isEqualTo(moved);
    }

    @ParameterizedTest
    @MethodSource("programsWithLambdas")
    void a_lambda_in_a_partial_is_found_in_the_partial(Program program) {
        AnalysisResult before = program.analyze();
        Finding finding = lambdas(before).findFirst().orElseThrow();
        TextRange range = finding.range();
        String text = program.text();
        String changed = text.substring(0, range.start()) + "functools.partial("
                + text.substring(range.start(), range.end()) + ")" + text.substring(range.end());

        AnalysisResult result = program.analyze("import functools\n" + changed);

        assertThat(lambdas(result).map(found -> result.snapshot().source().slice(found.range())))
                .contains(text.substring(range.start(), range.end()));
    }

    @ParameterizedTest
    @MethodSource("programsWithPools")
    void threads_in_place_of_processes_silence_what_is_about_processes(Program program) {
        String changed = withThreads(program.text());

        AnalysisResult result = program.analyze(changed);

        assertThat(result.findings()).extracting(Finding::rule).allMatch(rule -> ABOUT_THE_SETUP.contains(rule));
    }

    static Stream<Program> programsWithPools() {
        return programs().filter(program -> !withThreads(program.text()).equals(program.text()));
    }

    // The changes

    /** Changes every line but imports. */
    private static String code(String text, UnaryOperator<String> change) {
        return text.lines()
                        .map(line -> line.startsWith("import ") || line.startsWith("from ") ? line : change.apply(line))
                        .collect(Collectors.joining("\n"))
                + "\n";
    }

    private static String aliased(String text) {
        String changed = text;
        Matcher from =
                Pattern.compile("(?m)^from ([\\w.]+) import (\\w+(?:, \\w+)*)$").matcher(text);
        while (from.find()) {
            List<String> names = new ArrayList<>();
            for (String name : from.group(2).split(", ", -1)) {
                names.add(name + " as aliased_" + name);
                changed = code(changed, line -> line.replaceAll("(?<![.\\w])" + name + "\\b(?!=)", "aliased_" + name));
            }
            changed = changed.replace(from.group(), "from " + from.group(1) + " import " + String.join(", ", names));
        }
        Matcher whole = Pattern.compile("(?m)^import (multiprocessing|torch|jina|asyncio)$")
                .matcher(text);
        while (whole.find()) {
            String name = whole.group(1);
            changed = code(changed, line -> line.replaceAll("(?<![.\\w])" + name + "\\.", "aliased_" + name + "."))
                    .replace(whole.group() + "\n", "import " + name + " as aliased_" + name + "\n");
        }
        return changed;
    }

    private static String importedAsAWhole(String text) {
        Matcher from = Pattern.compile("(?m)^from (multiprocessing|concurrent\\.futures) import (\\w+)$")
                .matcher(text);
        if (!from.find()) {
            return text;
        }
        String name = from.group(2);
        return code(text, line -> line.replaceAll("(?<![.\\w])" + name + "\\b", from.group(1) + "." + name))
                .replace(from.group(), "import " + from.group(1));
    }

    private static String withThreads(String text) {
        return text.replace(
                        "from multiprocessing import Pool\n", "from multiprocessing.pool import ThreadPool as Pool\n")
                .replace("ProcessPoolExecutor", "ThreadPoolExecutor")
                .replaceAll("\\b(multiprocessing|mp)\\.Pool\\(", "$1.pool.ThreadPool(")
                .replaceAll("\\b(multiprocessing|mp)\\.Process\\(", "threading.Thread(")
                .replaceAll("\\b(multiprocessing|mp)\\.Queue\\(", "queue.Queue(")
                .replace("backend=\"multiprocessing\"", "backend=\"threading\"")
                .transform(changed -> changed.contains("Manager")
                                || changed.contains("Pipe(")
                                || changed.contains("jina")
                                || changed.contains("DataLoader")
                        ? text
                        : changed);
    }

    /** Returns the start of the line on which the statement around an offset starts: no bracket is open before it. */
    private static int statementLine(SourceText source, int offset) {
        int line = source.lineStart(offset);
        while (line > 0 && !isBalanced(source.text().substring(0, line))) {
            line = source.lineStart(line - 1);
        }
        return line;
    }

    private static boolean isBalanced(String text) {
        return text.chars().filter(c -> "([{".indexOf(c) >= 0).count()
                == text.chars().filter(c -> ")]}".indexOf(c) >= 0).count();
    }
}
