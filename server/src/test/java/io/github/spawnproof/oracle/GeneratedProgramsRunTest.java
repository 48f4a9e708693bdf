package io.github.spawnproof.oracle;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.spawnproof.generated.GeneratedProgram;
import java.util.Map;
import java.util.Random;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Really runs generated programs: what is known of them by construction, and so what the checker says, is true. */
@Tag("oracle")
class GeneratedProgramsRunTest {

    private static final int SAMPLE = 300;
    private static final double SECONDS = 15;

    static Stream<GeneratedProgram> programs() {
        return LongStream.range(0, SAMPLE)
                .mapToObj(seed -> GeneratedProgram.of(new Random(seed * 7919)))
                .filter(program ->
                        System.getProperty("spawnproof.oracle.rules", "").isEmpty());
    }

    @ParameterizedTest
    @MethodSource("programs")
    void a_program_fails_where_it_is_known_to(GeneratedProgram program) throws Exception {
        Oracle oracle = Oracle.of("spawnproof.python");

        Oracle.Verdict forked = oracle.run(program.text(), Map.of(), "fork", "script", SECONDS);
        Oracle.Verdict spawned = oracle.run(program.text(), Map.of(), "windows", "script", SECONDS);

        assertThat(!forked.classification().equals("ok"))
                .as(program.text() + forked)
                .isEqualTo(program.failsForked());
        assertThat(!spawned.classification().equals("ok"))
                .as(program.text() + spawned)
                .isEqualTo(program.failsSpawned());
    }
}
