package io.github.spawnproof.rules;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.spawnproof.analysis.AnalysisResult;
import io.github.spawnproof.analysis.Fixes;
import io.github.spawnproof.finding.Applicability;
import io.github.spawnproof.finding.FileEdit;
import io.github.spawnproof.finding.Finding;
import io.github.spawnproof.finding.Fix;
import io.github.spawnproof.finding.TextEdit;
import io.github.spawnproof.rule.Rule;
import io.github.spawnproof.source.CancelToken;
import io.github.spawnproof.source.SourceText;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Runs the cases of every rule: exactly the marked findings, and exactly the fixed text. */
class CasesTest {

    static Stream<Arguments> cases() throws IOException {
        List<Arguments> all = new ArrayList<>();
        for (Rule rule : Catalogue.ANALYZER.catalog().all()) {
            for (Case one : Case.of(rule)) {
                all.add(Arguments.of(rule.id() + ": " + one.heading(), one));
            }
        }
        return all.stream();
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("cases")
    void finds_what_is_marked_and_nothing_else(String name, Case one) {
        AnalysisResult result = Catalogue.analyze(one, one.text());

        assertThat(result.failures()).isEmpty();
        assertThat(found(result)).isEqualTo(expected(one));
        for (Case.Mark mark : one.marks()) {
            if (mark.message() != null) {
                assertThat(messagesOn(result, mark.line()))
                        .anySatisfy(text -> assertThat(text).contains(mark.message()));
            }
        }
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("cases")
    void fixes_to_the_given_text(String name, Case one) {
        AnalysisResult result = Catalogue.analyze(one, one.text());

        Fixes.Fixed fixed = Fixes.applyAll(Catalogue.ANALYZER, result, Applicability.UNSAFE, CancelToken.NEVER);

        if (one.fixed() != null) {
            assertThat(PercentNotebook.text(fixed.document())).isEqualTo(one.fixed());
            assertThat(fixed.others().stream()
                            .collect(Collectors.toMap(other -> Catalogue.path(other.file()), FileEdit::after)))
                    .isEqualTo(one.fixedFiles());
        }
        // Fixing removes findings and adds none.
        assertThat(Catalogue.analyze(Catalogue.after(one, fixed.others()), PercentNotebook.text(fixed.document()))
                        .findings())
                .hasSizeLessThanOrEqualTo(result.findings().size() - Math.min(1, fixed.applied()));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("cases")
    void every_single_fix_stands_before_the_judge(String name, Case one) {
        AnalysisResult result = Catalogue.analyze(one, one.text());

        for (Finding finding : result.findings()) {
            for (Fix fix : finding.fixes()) {
                FixJudge judge = new FixJudge(text -> Catalogue.analyze(Catalogue.after(one, fix.others()), text));
                boolean onlyImport = fix.title().equals("Only add the missing import");
                assertThat(onlyImport ? List.of() : judge.objections(result, finding, fix))
                        .as(fix.title())
                        .isEmpty();
            }
        }
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("cases")
    void one_fix_after_the_other_comes_to_the_same_as_all_at_once(String name, Case one) {
        AnalysisResult result = Catalogue.analyze(one, one.text());
        String all =
                PercentNotebook.text(Fixes.applyAll(Catalogue.ANALYZER, result, Applicability.UNSAFE, CancelToken.NEVER)
                        .document());
        AnalysisResult current = result;

        for (int round = 0; round < 30; round++) {
            Optional<Fix> next = current.findings().stream()
                    .flatMap(finding -> finding.fixes().stream().limit(1))
                    .findFirst();
            if (next.isEmpty()) {
                break;
            }
            current = Catalogue.analyze(
                    one,
                    PercentNotebook.text(
                            TextEdit.apply(current.snapshot(), next.get().edits())));
        }

        AnalysisResult together = Catalogue.analyze(one, all);
        assertThat(current.findings())
                .extracting(Finding::rule)
                .isEqualTo(together.findings().stream().map(Finding::rule).toList());
        assertThat(PercentNotebook.text(current.snapshot()).lines().sorted().toList())
                .isEqualTo(all.lines().sorted().toList());
    }

    private static List<String> found(AnalysisResult result) {
        SourceText source = result.snapshot().source();
        return result.findings().stream()
                .map(finding -> {
                    int line = source.lines().lineAt(finding.range().start());
                    int start = source.lines().start(line);
                    return place(
                            line,
                            finding.range().start() - start,
                            finding.range().end() - start,
                            finding.rule());
                })
                .toList();
    }

    private static List<String> expected(Case one) {
        return one.marks().stream()
                .map(mark -> place(mark.line(), mark.start(), mark.end(), mark.rule()))
                .toList();
    }

    private static String place(int line, int start, int end, String rule) {
        return "line %d, columns %d to %d: %s".formatted(line + 1, start + 1, end + 1, rule);
    }

    private static List<String> messagesOn(AnalysisResult result, int line) {
        SourceText source = result.snapshot().source();
        return result.findings().stream()
                .filter(finding -> source.lines().lineAt(finding.range().start()) == line)
                .map(Finding::message)
                .toList();
    }
}
