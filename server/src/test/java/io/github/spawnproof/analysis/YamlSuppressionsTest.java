package io.github.spawnproof.analysis;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.spawnproof.finding.Finding;
import io.github.spawnproof.finding.Fix;
import io.github.spawnproof.finding.TextEdit;
import io.github.spawnproof.project.Project;
import io.github.spawnproof.rule.RuleCatalog;
import io.github.spawnproof.source.CancelToken;
import io.github.spawnproof.source.DocumentSnapshot;
import io.github.spawnproof.source.Language;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Comments that silence rules in YAML, and in JSON with comments. */
class YamlSuppressionsTest {

    private static final Analyzer ANALYZER = new Analyzer(RuleCatalog.load());

    private static final String FLOW = "jtype: Flow\nexecutors:\n  - uses: a.yml\n";
    private static final String SETTINGS =
            "{\n  \"terminal.integrated.env.linux\": {\n    \"JINA_MP_START_METHOD\": \"spwan\"\n  }\n}\n";

    private static AnalysisResult analyze(String file, String text) {
        return ANALYZER.analyze(
                DocumentSnapshot.of("file:///project/" + file, Language.YAML, text),
                Project.DEFAULT,
                CancelToken.NEVER);
    }

    private static List<String> rules(String file, String text) {
        return analyze(file, text).findings().stream().map(Finding::rule).toList();
    }

    @ParameterizedTest
    @CsvSource({"flow.yml, jina-relative-path", ".vscode/settings.json, invalid-start-method"})
    void what_the_editor_offers_silences_and_can_be_taken_back(String file, String rule) {
        String text = file.endsWith("yml") ? FLOW : SETTINGS;
        AnalysisResult before = analyze(file, text);
        Finding finding = before.findings().get(0);
        assertThat(finding.rule()).isEqualTo(rule);

        for (Fix fix : List.of(
                Suppressions.ignoreHere(before, finding).orElseThrow(), Suppressions.ignoreInFile(before, finding))) {
            String silenced = TextEdit.apply(text, fix.edits());
            assertThat(rules(file, silenced)).as(silenced).isEmpty();

            String mended = silenced.replace("a.yml", "/srv/a.yml").replace("spwan", "spawn");
            AnalysisResult unused = analyze(file, mended);
            assertThat(unused.findings()).extracting(Finding::rule).containsExactly("unused-suppression");
            String removed = TextEdit.apply(
                    mended, unused.findings().get(0).fixes().get(0).edits());
            assertThat(removed).isEqualTo(text.replace("a.yml", "/srv/a.yml").replace("spwan", "spawn"));
        }
    }

    @Test
    void a_comment_behind_the_damage_is_no_suppression() {
        assertThat(rules("flow.yml", FLOW + "  - [\n# spawnproof: ignore[jina-relative-path]\n"))
                .containsExactly("jina-relative-path");
    }

    @Test
    void a_suppression_alone_is_read_in_files_that_have_nothing_else() {
        assertThat(rules("other.yml", "# spawnproof: ignore-file[jina-relative-path]\na: b\n"))
                .containsExactly("unused-suppression");
        assertThat(rules("other.yml", "a: 'x # spawnproof: ignore-file[jina-relative-path]'\n"))
                .isEmpty();
    }
}
