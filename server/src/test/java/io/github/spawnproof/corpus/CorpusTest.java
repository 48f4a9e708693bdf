package io.github.spawnproof.corpus;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.spawnproof.analysis.AnalysisResult;
import io.github.spawnproof.finding.Finding;
import io.github.spawnproof.finding.Severity;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every labelled program gets the findings it must get, on their lines, and nothing else. */
class CorpusTest {

    /** Rules that programs have labels for, whether they are there already or not. */
    private static final Set<String> JAVA_RULES = Set.of(
            "child-output-not-drained",
            "closure-captures-local",
            "closure-captures-this",
            "driver-handle-in-closure",
            "environment-set-wrong-side",
            "externalizable-no-public-constructor",
            "inner-class-captures-outer",
            "lambda-target-not-serializable",
            "launch-property-set-late",
            "non-serializable-field",
            "not-serializable-argument",
            "relative-path-across-process",
            "remote-method-without-remoteexception",
            "remote-signature-not-serializable",
            "static-state-read-remotely",
            "super-no-default-constructor",
            "threads-in-static-initializer",
            "transient-not-restored");

    /** Rules about what depends on data, timing or place: they say it wherever it may happen, and never that it will. */
    private static final Set<String> REMARKS =
            Set.of("fork-with-threads", "import-side-effect", "relative-path-in-child");

    static Stream<Program> programs() {
        return Program.all();
    }

    @Test
    void the_corpus_is_there_and_has_labels_for_the_rules() {
        assertThat(Program.all()).hasSizeGreaterThan(150);
        assertThat(Program.all().flatMap(program -> program.expected().stream()))
                .hasSizeGreaterThan(20);
    }

    @Test
    void the_labels_of_java_programs_name_rules() {
        Set<String> labels = Program.all()
                .filter(Program::isJava)
                .flatMap(program -> program.expectedRules().stream())
                .collect(Collectors.toSet());

        assertThat(labels)
                .isNotEmpty()
                .allMatch(rule -> JAVA_RULES.contains(rule)
                        || Program.ANALYZER.catalog().find(rule).isPresent());
    }

    @ParameterizedTest
    @MethodSource("programs")
    void finds_exactly_what_is_expected(Program program) {
        AnalysisResult result = program.analyze();

        Set<Program.Label> surplus = Program.found(result).stream()
                .filter(label -> !program.tolerated().contains(label.rule()))
                .filter(label -> !program.expected().contains(label))
                .collect(Collectors.toSet());

        assertThat(result.failures()).isEmpty();
        assertThat(Program.found(result)).containsAll(program.expected());
        assertThat(surplus).isEmpty();
    }

    @ParameterizedTest
    @MethodSource("programs")
    void platforms_agree_with_what_happened_when_the_program_ran(Program program) {
        boolean worksUnderFork = program.verdict("fork").filter("ok"::equals).isPresent();
        boolean failsUnderSpawn = program.verdict("spawn")
                .filter(verdict -> !verdict.equals("ok"))
                .isPresent();
        boolean failsUnderFork =
                program.verdict("fork").filter(verdict -> !verdict.equals("ok")).isPresent();
        boolean goesOnUnderFork =
                program.verdict("fork").filter("wrong-result"::equals).isPresent();

        for (Finding finding : program.analyze().findings()) {
            if (program.tolerated().contains(finding.rule()) || REMARKS.contains(finding.rule())) {
                continue; // What is found besides did not make the program end as it did.
            }
            if (worksUnderFork && failsUnderSpawn) {
                assertThat(finding.severity()).isEqualTo(Severity.WARNING);
                assertThat(finding.failsOn()).contains("windows", "linux>=3.14").doesNotContain("linux");
            } else if (program.verdict("fork").filter("wrong-result"::equals).isPresent() && failsUnderSpawn) {
                // It went on, and only noticed by an assertion of its own.
                assertThat(finding.severity()).isNotEqualTo(Severity.INFORMATION);
            } else if (failsUnderFork && failsUnderSpawn) {
                // What goes on wrongly is a warning, also where it does so everywhere.
                assertThat(finding.severity())
                        .isIn(goesOnUnderFork ? Severity.WARNING : Severity.ERROR, Severity.ERROR);
            }
        }
    }
}
