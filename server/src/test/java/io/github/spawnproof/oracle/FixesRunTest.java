package io.github.spawnproof.oracle;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.spawnproof.analysis.Fixes;
import io.github.spawnproof.finding.Applicability;
import io.github.spawnproof.source.CancelToken;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Really runs what fixes make of programs: it works under every start method and prints what was printed under fork
 * before.
 */
@Tag("oracle")
class FixesRunTest {

    private static final Report REPORT = new Report("fixes");

    /** Every program for which a fix is offered. */
    static Stream<Example> fixable() {
        return Example.all()
                .filter(example -> !example.isFragment() && example.hasOnlyKnownFaults())
                .map(Example::called)
                .filter(example -> fixed(example).applied() > 0);
    }

    @ParameterizedTest(allowZeroInvocations = true)
    @MethodSource("fixable")
    void a_fixed_program_works_everywhere_and_prints_what_it_printed_under_fork(Example example) {
        Example fixed = example.with(fixed(example));
        Optional<Oracle.Verdict> onLinux = example.run(Machine.LINUX);
        if (onLinux.isEmpty()) {
            REPORT.count("programs for another system", "left out");
            return;
        }
        Oracle.Verdict before = onLinux.get();
        Oracle.Verdict forked = fixed.run(Machine.LINUX).orElseThrow();
        // A configuration that was ignored before need not be there.
        if (before.isOfTheProgramItself() || forked.lacksFile()) {
            REPORT.count("incomplete programs", "left out");
            return;
        }
        // What fails under fork too, or does nothing since its guard is misspelt, printed nothing to go by.
        boolean worked = before.isOk() && !characters(before).isEmpty();
        String expected = characters(worked ? before : forked);

        for (Machine machine : new Machine[] {Machine.LINUX, Machine.LINUX_SPAWN, Machine.NEW_LINUX}) {
            fixed.run(machine).ifPresent(verdict -> {
                assertThat(verdict.classification())
                        .as(machine + ": " + verdict.message() + "\n" + fixed.text())
                        .isEqualTo("ok");
                if (!fixed.packages().contains("jina")) { // Jina prints addresses, times and a progress bar.
                    assertThat(characters(verdict)).as(machine.toString()).isEqualTo(expected);
                }
            });
        }

        example.analyze().findings().stream()
                .filter(finding -> !finding.fixes().isEmpty())
                .forEach(finding -> REPORT.count(finding.rule(), "proven"));
    }

    @AfterAll
    static void report() {
        REPORT.write();
    }

    /**
     * Returns what was printed, in no order, since processes race for each character; without blanks, and without how
     * functions and objects show themselves: their names and modules are what a fix changes.
     */
    private static String characters(Oracle.Verdict verdict) {
        return String.join("\n", verdict.printed())
                .replaceAll("functools\\.partial\\(.*\\)", "")
                .replaceAll("\\.?<locals>\\.?|<lambda>", "")
                .replaceAll("<[^<>\n]*>|\\s", "")
                .chars()
                .sorted()
                .mapToObj(Character::toString)
                .collect(Collectors.joining());
    }

    private static Fixes.Fixed fixed(Example example) {
        return Fixes.applyAll(Example.ANALYZER, example.analyze(), Applicability.UNSAFE, CancelToken.NEVER);
    }
}
