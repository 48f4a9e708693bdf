package io.github.spawnproof.oracle;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.spawnproof.generated.GeneratedProgram;
import java.util.Map;
import java.util.Optional;
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

    static Stream<GeneratedProgram> programs() {
        return LongStream.range(0, SAMPLE)
                .mapToObj(seed -> GeneratedProgram.of(new Random(seed * 7919)))
                .filter(program ->
                        System.getProperty("spawnproof.oracle.rules", "").isEmpty());
    }

    @ParameterizedTest(allowZeroInvocations = true)
    @MethodSource("programs")
    void a_program_fails_where_it_is_known_to(GeneratedProgram program) {
        Example example = new Example(
                "generated", "", "program.py", program.text(), Map.of(), "", true, Optional.empty(), Optional.empty());

        Oracle.Verdict forked = example.run(Machine.LINUX).orElseThrow();
        Oracle.Verdict spawned = example.run(Machine.WINDOWS).orElseThrow();

        assertThat(!forked.isOk()).as(program.text() + forked).isEqualTo(program.failsForked());
        assertThat(!spawned.isOk()).as(program.text() + spawned).isEqualTo(program.failsSpawned());
    }
}
