package io.github.spawnproof.rules;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.spawnproof.finding.Finding;
import io.github.spawnproof.finding.Fix;
import io.github.spawnproof.rule.Rule;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** How findings and fixes are worded: everything that the rules say in all their cases. */
class WordingTest {

    private static final int MAX_MESSAGE = 100;
    private static final int MAX_TITLE = 60;
    /** What the analyser appends about the platforms. */
    private static final Pattern PLATFORMS = Pattern.compile("; (fails|goes wrong|applies) on .*");

    private static final Pattern MARKUP_BALANCED = Pattern.compile("[^`]*(`[^`]+`[^`]*)*");

    static Stream<Finding> findings() throws IOException {
        List<Finding> all = new ArrayList<>();
        for (Rule rule : Catalogue.ANALYZER.catalog().all()) {
            for (Case one : Case.of(rule)) {
                all.addAll(Catalogue.analyze(one, one.text()).findings());
            }
        }
        assertThat(all).hasSizeGreaterThan(20);
        return all.stream();
    }

    @ParameterizedTest
    @MethodSource("findings")
    void a_message_is_one_short_clause_without_full_stop(Finding finding) {
        String message = PLATFORMS.matcher(finding.message()).replaceFirst("");

        assertThat(message)
                .hasSizeLessThanOrEqualTo(MAX_MESSAGE)
                .doesNotEndWith(".")
                .doesNotContain("\n");
        assertThat(message).matches(MARKUP_BALANCED);
    }

    @ParameterizedTest
    @MethodSource("findings")
    void a_title_is_short_and_starts_with_a_capital(Finding finding) {
        assertThat(finding.fixes()).allSatisfy(fix -> {
            assertThat(fix.title()).hasSizeLessThanOrEqualTo(MAX_TITLE).doesNotEndWith(".");
            assertThat(fix.title()).matches("[A-Z].*");
        });
        assertThat(finding.fixes().stream().map(Fix::title).distinct().count())
                .isEqualTo(finding.fixes().size());
    }

    @ParameterizedTest
    @MethodSource("findings")
    void related_places_say_what_they_are(Finding finding) {
        assertThat(finding.related())
                .allSatisfy(related -> assertThat(related.message()).isNotBlank());
    }
}
