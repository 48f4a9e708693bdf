package io.github.spawnproof.oracle;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.spawnproof.finding.Finding;
import io.github.spawnproof.finding.Severity;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Really compiles and runs Java programs: each fails, or misbehaves so that it notices itself, exactly if its findings say
 * so. What has no main method is only compiled.
 */
@Tag("oracle")
class JavaClaimsRunTest {

    private static final Report REPORT = new Report("java-claims");

    static Stream<JavaExample> programs() {
        return JavaExample.all().filter(JavaExample::hasOnlyKnownFaults);
    }

    @ParameterizedTest(allowZeroInvocations = true)
    @MethodSource("programs")
    void a_program_fails_if_its_findings_say_so(JavaExample example) {
        List<Finding> claims = example.analyze().findings().stream()
                .filter(finding -> finding.severity() != Severity.INFORMATION)
                .toList();
        List<String> disagreements = new ArrayList<>();
        for (Jvm jvm : Jvm.chosen()) {
            Jvm.Verdict verdict = example.run(jvm);
            String outcome = outcome(example, claims, verdict);
            REPORT.count(jvm + ", " + example.kind(), outcome);
            if (outcome.startsWith("disagrees")) {
                disagreements.add(jvm + " " + outcome + ": " + verdict);
            }
        }
        assertThat(disagreements).as(example.text() + claims).isEmpty();
    }

    private static String outcome(JavaExample example, List<Finding> claims, Jvm.Verdict verdict) {
        return switch (verdict.outcome()) {
            case DOES_NOT_COMPILE -> "disagrees: does not compile";
            case WORKS ->
                !example.hasMain() ? "only compiled" : claims.isEmpty() ? "works as said" : "disagrees: works";
            case FAILS -> claims.isEmpty() ? "disagrees: fails" : "fails as said";
            case HANGS -> claims.isEmpty() ? "disagrees: hangs" : "hangs as said";
        };
    }

    @AfterAll
    static void report() {
        REPORT.write();
    }
}
