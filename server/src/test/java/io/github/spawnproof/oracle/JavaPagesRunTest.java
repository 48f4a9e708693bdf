package io.github.spawnproof.oracle;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.spawnproof.finding.Finding;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Really compiles and runs the Java examples of the pages: what a page calls bad fails, what it calls good works. */
@Tag("oracle")
class JavaPagesRunTest {

    static Stream<JavaExample> bad() {
        return all().filter(example -> example.name().endsWith(" bad"));
    }

    static Stream<JavaExample> good() {
        return all().filter(example -> example.name().endsWith(" good"));
    }

    private static Stream<JavaExample> all() {
        return JavaExample.pages().filter(JavaExample::isRunnable).filter(JavaExample::isWanted);
    }

    @ParameterizedTest(allowZeroInvocations = true)
    @MethodSource("bad")
    void the_bad_example_of_a_page_fails(JavaExample example) {
        assertThat(example.hasMain()).isTrue();
        for (Jvm jvm : Jvm.chosen()) {
            Jvm.Verdict verdict = example.run(jvm);
            assertThat(verdict.isFailure()).as(jvm + ": " + verdict).isTrue();
        }
    }

    @ParameterizedTest(allowZeroInvocations = true)
    @MethodSource("bad")
    void the_bad_example_of_a_page_works_when_it_is_fixed(JavaExample example) {
        if (example.analyze().findings().stream().map(Finding::fixes).allMatch(fixes -> fixes.isEmpty())) {
            return; // Only a person can mend it.
        }
        for (Jvm jvm : Jvm.chosen()) {
            JavaExample fixed = example.fixed();
            assertThat(fixed.run(jvm).outcome())
                    .as(jvm + ": " + fixed.run(jvm) + "\n" + fixed.text())
                    .isEqualTo(Jvm.Outcome.WORKS);
        }
    }

    @ParameterizedTest(allowZeroInvocations = true)
    @MethodSource("good")
    void the_good_example_of_a_page_works(JavaExample example) {
        assertThat(example.hasMain()).isTrue();
        for (Jvm jvm : Jvm.chosen()) {
            Jvm.Verdict verdict = example.run(jvm);
            assertThat(verdict.outcome()).as(jvm + ": " + verdict).isEqualTo(Jvm.Outcome.WORKS);
        }
    }
}
