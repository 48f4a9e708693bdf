package io.github.spawnproof.rules;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.spawnproof.analysis.AnalysisResult;
import io.github.spawnproof.analysis.Fixes;
import io.github.spawnproof.boundary.OperatingSystem;
import io.github.spawnproof.boundary.PythonVersion;
import io.github.spawnproof.finding.Applicability;
import io.github.spawnproof.finding.Finding;
import io.github.spawnproof.project.Project;
import io.github.spawnproof.project.Settings;
import io.github.spawnproof.project.Targets;
import io.github.spawnproof.rule.Rule;
import io.github.spawnproof.source.CancelToken;
import io.github.spawnproof.source.SourceText;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Runs the cases of every rule: exactly the marked findings, and exactly the fixed text. */
class CasesTest {

    static Stream<Arguments> cases() throws IOException {
        List<Arguments> all = new ArrayList<>();
        for (Rule rule : Catalogue.ANALYZER.catalog().all()) {
            for (Case one : Catalogue.cases(rule)) {
                all.add(Arguments.of(rule.id() + ": " + one.heading(), one));
            }
        }
        return all.stream();
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("cases")
    void finds_what_is_marked_and_nothing_else(String name, Case one) {
        AnalysisResult result = analyze(one, one.text());

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
        AnalysisResult result = analyze(one, one.text());

        Fixes.Fixed fixed = Fixes.applyAll(Catalogue.ANALYZER, result, Applicability.UNSAFE, CancelToken.NEVER);

        if (one.fixed() != null) {
            assertThat(fixed.text()).isEqualTo(one.fixed());
        }
        // Fixing removes findings and adds none.
        assertThat(analyze(one, fixed.text()).findings())
                .hasSizeLessThanOrEqualTo(result.findings().size() - Math.min(1, fixed.applied()));
    }

    private static AnalysisResult analyze(Case one, String text) {
        String file = one.option("file") == null ? "program.py" : one.option("file");
        return Catalogue.analyze("file:///project/" + file, text, project(one));
    }

    private static Project project(Case one) {
        String platform = one.option("platform");
        String python = one.option("python");
        Targets targets = new Targets(
                platform == null
                        ? List.of(OperatingSystem.values())
                        : List.of(OperatingSystem.parse(platform).orElseThrow()),
                python == null
                        ? PythonVersion.byDefault()
                        : List.of(PythonVersion.parse(python).orElseThrow()));
        return new Project(Settings.DEFAULT, targets);
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
