package io.github.spawnproof.oracle;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Really runs the examples of the pages: what a page calls bad fails, what it calls good works. */
@Tag("oracle")
class PagesRunTest {

    static Stream<Example> bad() {
        return Example.all().filter(example -> example.name().endsWith(" bad"));
    }

    static Stream<Example> good() {
        return Example.all().filter(example -> example.name().endsWith(" good"));
    }

    @ParameterizedTest(allowZeroInvocations = true)
    @MethodSource("bad")
    void the_bad_example_of_a_page_fails(Example example) {
        // Most fail where processes are spawned, some only where there is nothing else, or against the default.
        assertThat(Stream.of(Machine.LINUX_SPAWN, Machine.WINDOWS, Machine.LINUX)
                        .flatMap(machine -> example.run(machine).stream()))
                .anyMatch(verdict -> !verdict.isOk());
    }

    @ParameterizedTest(allowZeroInvocations = true)
    @MethodSource("good")
    void the_good_example_of_a_page_works_under_every_start_method(Example example) {
        for (Machine machine :
                new Machine[] {Machine.LINUX, Machine.LINUX_SPAWN, Machine.LINUX_FORKSERVER, Machine.WINDOWS}) {
            example.run(machine)
                    .ifPresent(verdict -> assertThat(verdict.classification())
                            .as(machine + ": " + verdict.message())
                            .isEqualTo("ok"));
        }
    }
}
