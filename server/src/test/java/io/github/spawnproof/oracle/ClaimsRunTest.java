package io.github.spawnproof.oracle;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.spawnproof.analysis.AnalysisResult;
import io.github.spawnproof.finding.Finding;
import io.github.spawnproof.finding.Severity;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Really runs programs: each fails exactly where its findings say that it does.
 *
 * <p>Judged for one system, version and start method alone, a finding that says "fails" is an error; all that
 * {@code failsOn} and severity say of many targets is put together from that.
 */
@Tag("oracle")
class ClaimsRunTest {

    private static final Report REPORT = new Report("claims");

    /** Rules whose own pages say why their bad example cannot be run here: it takes a GPU, or macOS. */
    private static final Set<String> NOT_TO_BE_SHOWN = Example.pages()
            .filter(example ->
                    example.name().endsWith(" bad") && !example.unrunnable().isEmpty())
            .map(Example::rule)
            .collect(Collectors.toSet());

    static Stream<Example> programs() {
        return Example.all()
                .filter(example -> !example.isFragment() && example.hasOnlyKnownFaults())
                .map(Example::called);
    }

    @ParameterizedTest(allowZeroInvocations = true)
    @MethodSource("programs")
    void a_program_fails_where_its_findings_say(Example example) {
        List<String> disagreements = new ArrayList<>();
        for (Machine machine : Machine.chosen()) {
            Optional<Oracle.Verdict> verdict = example.run(machine);
            if (verdict.isPresent()) {
                String outcome = outcome(example, machine, verdict.get());
                REPORT.count(machine.toString(), outcome);
                if (outcome.startsWith("disagrees")) {
                    disagreements.add(machine + " " + outcome + ": " + verdict.get());
                }
            }
        }
        assertThat(disagreements).as(example.text()).isEmpty();
    }

    @AfterAll
    static void report() {
        REPORT.write();
    }

    private static String outcome(Example example, Machine machine, Oracle.Verdict verdict) {
        AnalysisResult result = example.analyze(
                machine.project(machine.oracle(example.packages()).orElseThrow().version()));
        List<Finding> claims = result.findings().stream()
                .filter(finding -> finding.severity() == Severity.ERROR)
                .toList();
        if (verdict.isOk()) {
            if (!claims.isEmpty() && claims.stream().map(Finding::rule).allMatch(NOT_TO_BE_SHOWN::contains)) {
                return "not to be shown here";
            }
            return claims.isEmpty()
                    ? "works as said"
                    : isExecuted(claims, result, verdict) ? "disagrees: works" : "not executed";
        } else if (!claims.isEmpty()) {
            return "fails as said: " + verdict.kind();
        } else if (verdict.isOfTheProgramItself()) {
            return "incomplete";
        } else if (!result.findings().isEmpty()) {
            return "fails after a remark: " + verdict.kind();
        }
        return "disagrees: fails";
    }

    private static boolean isExecuted(List<Finding> claims, AnalysisResult result, Oracle.Verdict verdict) {
        return claims.stream()
                .map(claim ->
                        result.snapshot().source().lines().lineAt(claim.range().start()) + 1)
                .anyMatch(verdict.lines()::contains);
    }
}
