package io.github.spawnproof.rules;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

import io.github.spawnproof.analysis.AnalysisResult;
import io.github.spawnproof.analysis.Fixes;
import io.github.spawnproof.finding.Applicability;
import io.github.spawnproof.finding.FileEdit;
import io.github.spawnproof.finding.Finding;
import io.github.spawnproof.finding.Fix;
import io.github.spawnproof.finding.TextEdit;
import io.github.spawnproof.rule.Rule;
import io.github.spawnproof.source.CancelToken;
import io.github.spawnproof.source.DocumentSnapshot;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Half-typed and mutilated programs: analysis never fails, and no fix damages a text. */
class TruncationTest {

    private static final String[] INSERTIONS = {
        "(", ")", "[", "]", "\"", "'", "\"\"\"", ":", "\n", "\r\n", "    ", "lambda", "#", "\\", "é😀", "\t", "def f(",
        "*"
    };

    static Stream<Arguments> programs() throws IOException {
        List<Arguments> all = new ArrayList<>();
        for (Rule rule : Catalogue.ANALYZER.catalog().all()) {
            for (Case one : Case.of(rule)) {
                all.add(Arguments.of(rule.id() + ": " + one.heading(), one));
            }
        }
        return all.stream();
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("programs")
    void every_prefix_is_analysed_without_failure(String name, Case one) {
        for (int end = 0; end <= one.text().length(); end++) {
            check(one, one.text().substring(0, end));
        }
    }

    static IntStream seeds() {
        return IntStream.range(0, 200);
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void every_mutilated_program_is_analysed_without_failure(int seed) throws IOException {
        Random random = new Random(seed);
        List<Case> cases =
                programs().map(arguments -> (Case) arguments.get()[1]).toList();
        Case one = cases.get(random.nextInt(cases.size()));
        StringBuilder text = new StringBuilder(one.text());
        for (int i = 0; i < 1 + random.nextInt(6); i++) {
            int at = random.nextInt(text.length() + 1);
            if (random.nextBoolean()) {
                text.insert(at, INSERTIONS[random.nextInt(INSERTIONS.length)]);
            } else {
                text.delete(at, Math.min(text.length(), at + random.nextInt(12)));
            }
            check(one, text.toString());
        }
    }

    /** Analyses a text and applies each of its fixes by itself: what parsed before parses after. */
    private static void check(Case one, String text) {
        AnalysisResult result = Catalogue.analyze(one, text);

        assertThat(result.failures()).isEmpty();
        boolean valid = SyntaxJudge.isValid(result.snapshot());
        for (Finding finding : result.findings()) {
            assertThat(finding.range().end()).isLessThanOrEqualTo(text.length());
            for (Fix fix : finding.fixes()) {
                DocumentSnapshot after = TextEdit.apply(result.snapshot(), fix.edits());
                assertThat(after.source().equals(result.snapshot().source()))
                        .isEqualTo(fix.edits().isEmpty());
                for (FileEdit other : fix.others()) {
                    assertThat(other.after()).isNotEqualTo(other.file().source().text());
                }
                if (valid) {
                    assertThat(SyntaxJudge.isValid(after))
                            .as(after.source().text())
                            .isTrue();
                }
            }
        }
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("programs")
    void fixing_twice_is_fixing_once(String name, Case one) {
        String once = fixAll(one, one.text());

        assertThat(fixAll(one, once)).isEqualTo(once);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("programs")
    void line_ends_and_the_end_of_the_file_are_kept(String name, Case one) {
        assumeFalse(one.file().endsWith(".ipynb"), "the lines of a cell end in a line feed");
        String text = one.text();
        String windows = text.replace("\n", "\r\n");
        String unended = text.stripTrailing();

        assertThat(fixAll(one, windows)).isEqualTo(fixAll(one, text).replace("\n", "\r\n"));
        if (!unended.equals(text) && !fixAll(one, text).equals(text)) {
            assertThat(fixAll(one, unended)).doesNotEndWith("\n");
        }
    }

    private static String fixAll(Case one, String text) {
        return PercentNotebook.text(Fixes.applyAll(
                        Catalogue.ANALYZER, Catalogue.analyze(one, text), Applicability.UNSAFE, CancelToken.NEVER)
                .document());
    }
}
