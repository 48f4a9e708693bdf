package io.github.spawnproof.oracle;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonObject;
import io.github.spawnproof.corpus.Program;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Really compiles and runs the Java programs of the corpus: each does what its label says that it did. */
@Tag("oracle")
class JavaCorpusRunTest {

    static Stream<Program> programs() {
        return Program.all().filter(Program::isJava).filter(program -> {
            JavaExample example = JavaExample.of(program);
            return example.isRunnable() && example.isWanted();
        });
    }

    @ParameterizedTest(allowZeroInvocations = true)
    @MethodSource("programs")
    void a_program_does_what_it_did(Program program) {
        JsonObject recorded = program.sidecar().getAsJsonObject("oracle");

        for (Jvm jvm : Jvm.chosen()) {
            Jvm.Verdict verdict = JavaExample.of(program).run(jvm);

            assertThat(verdict.outcome()).as(jvm + ": " + verdict).isEqualTo(outcome(recorded));
            assertThat(verdict.exception()).as(jvm + ": " + verdict).isEqualTo(text(recorded, "exception"));
            assertThat(verdict.root()).as(jvm + ": " + verdict).isEqualTo(text(recorded, "root"));
        }
    }

    private static Jvm.Outcome outcome(JsonObject recorded) {
        String verdict = text(recorded, "verdict");
        return switch (verdict) {
            case "ok" -> Jvm.Outcome.WORKS;
            case "failed" -> Jvm.Outcome.FAILS;
            case "hang" -> Jvm.Outcome.HANGS;
            default -> throw new IllegalArgumentException("no verdict: " + verdict);
        };
    }

    private static String text(JsonObject object, String name) {
        return object.has(name) ? object.get(name).getAsString() : "";
    }
}
