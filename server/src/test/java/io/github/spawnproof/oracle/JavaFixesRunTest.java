package io.github.spawnproof.oracle;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.spawnproof.finding.Finding;
import io.github.spawnproof.finding.Fix;
import java.util.LinkedHashSet;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Really compiles and runs what fixes make of Java programs: it works, whichever of the fixes somebody chooses. */
@Tag("oracle")
class JavaFixesRunTest {

    private static final Report REPORT = new Report("java-fixes");

    /** Every program for which a fix is offered, unless a fault without one keeps it from working. */
    static Stream<JavaExample> fixable() {
        return JavaExample.all().filter(JavaExample::hasOnlyKnownFaults).filter(example -> {
            var findings = example.analyze().findings();
            return !findings.isEmpty()
                    && findings.stream().noneMatch(finding -> finding.fixes().isEmpty());
        });
    }

    @ParameterizedTest(allowZeroInvocations = true)
    @MethodSource("fixable")
    void a_fixed_program_works(JavaExample example) {
        Set<JavaExample> all = new LinkedHashSet<>(Set.of(example.fixed()));
        for (Finding finding : example.analyze().findings()) {
            for (Fix fix : finding.fixes()) {
                all.add(example.with(fix).fixed());
            }
        }
        for (Jvm jvm : Jvm.chosen()) {
            for (JavaExample fixed : all) {
                Jvm.Verdict verdict = fixed.run(jvm);
                assertThat(verdict.outcome())
                        .as(jvm + ": " + verdict + "\n" + fixed.text())
                        .isEqualTo(Jvm.Outcome.WORKS);
            }
        }
        example.analyze()
                .findings()
                .forEach(finding -> REPORT.count(finding.rule(), example.hasMain() ? "proven" : "only compiled"));
    }

    @AfterAll
    static void report() {
        REPORT.write();
    }
}
