package io.github.spawnproof.generated;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.spawnproof.analysis.AnalysisResult;
import io.github.spawnproof.analysis.Analyzer;
import io.github.spawnproof.finding.Finding;
import io.github.spawnproof.finding.Severity;
import io.github.spawnproof.project.Project;
import io.github.spawnproof.rule.RuleCatalog;
import io.github.spawnproof.source.CancelToken;
import io.github.spawnproof.source.DocumentSnapshot;
import io.github.spawnproof.source.Language;
import java.util.List;
import java.util.Random;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Programs that hand values to processes in many ways: the checker says of each what is known by construction. */
class GeneratedProgramsTest {

    private static final Analyzer ANALYZER = new Analyzer(RuleCatalog.load());
    private static final int PROGRAMS = 2000;

    static Stream<GeneratedProgram> programs() {
        return LongStream.range(0, PROGRAMS).mapToObj(seed -> GeneratedProgram.of(new Random(seed * 7919)));
    }

    @Test
    void they_are_of_all_sorts() {
        assertThat(programs().filter(GeneratedProgram::failsForked)).hasSizeGreaterThan(PROGRAMS / 8);
        assertThat(programs().filter(program -> program.failsSpawned() && !program.failsForked()))
                .hasSizeGreaterThan(PROGRAMS / 8);
        assertThat(programs().filter(program -> !program.failsSpawned())).hasSizeGreaterThan(PROGRAMS / 8);
    }

    @ParameterizedTest
    @MethodSource("programs")
    void the_checker_knows_where_a_program_fails(GeneratedProgram program) {
        AnalysisResult result = ANALYZER.analyze(
                DocumentSnapshot.of("file:///program.py", Language.PYTHON, program.text()),
                Project.DEFAULT,
                CancelToken.NEVER);

        assertThat(result.failures()).isEmpty();
        List<Finding> findings = result.findings();
        assertThat(findings.stream().anyMatch(finding -> finding.severity() == Severity.ERROR))
                .as(program.text() + findings)
                .isEqualTo(program.failsForked());
        assertThat(findings.stream().anyMatch(finding -> finding.severity() != Severity.INFORMATION))
                .as(program.text() + findings)
                .isEqualTo(program.failsSpawned());
    }
}
