package io.github.spawnproof.analysis;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.spawnproof.finding.Finding;
import io.github.spawnproof.finding.Fix;
import io.github.spawnproof.finding.TextEdit;
import io.github.spawnproof.java.JavaUnit;
import io.github.spawnproof.project.Project;
import io.github.spawnproof.rule.Fault;
import io.github.spawnproof.rule.Impact;
import io.github.spawnproof.rule.JavaRule;
import io.github.spawnproof.rule.Rule;
import io.github.spawnproof.rule.RuleCatalog;
import io.github.spawnproof.source.CancelToken;
import io.github.spawnproof.source.DocumentSnapshot;
import io.github.spawnproof.source.Language;
import io.github.spawnproof.source.TextRange;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Comments that silence rules in Java. */
class JavaSuppressionsTest {

    /** Finds a word of its own, wherever it stands. */
    private static final class FlaggedName implements JavaRule {
        @Override
        public String id() {
            return "environment-set-wrong-side";
        }

        @Override
        public void check(JavaUnit unit, Consumer<Fault> faults) {
            String text = unit.source().text();
            for (int at = text.indexOf("FLAG"); at >= 0; at = text.indexOf("FLAG", at + 1)) {
                faults.accept(
                        new Fault(new TextRange(at, at + 4), "flagged", Impact.failsAlways(), List.of(), List.of()));
            }
        }
    }

    private static final String RULE = "environment-set-wrong-side";
    private static final Analyzer ANALYZER = new Analyzer(catalog());

    private static RuleCatalog catalog() {
        List<Rule> rules = new ArrayList<>();
        for (Rule rule : RuleCatalog.load().all()) {
            rules.add(rule.id().equals(RULE) ? new FlaggedName() : rule);
        }
        return new RuleCatalog(rules);
    }

    private static AnalysisResult analyze(String text) {
        return ANALYZER.analyze(
                DocumentSnapshot.of("file:///project/A.java", Language.JAVA, text), Project.DEFAULT, CancelToken.NEVER);
    }

    private static List<String> rules(String text) {
        AnalysisResult result = analyze(text);
        assertThat(result.failures()).isEmpty();
        return result.findings().stream().map(Finding::rule).toList();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "class A {\n    int x = FLAG;\n}\n",
                "class A {\r\n\tint x = FLAG; // a note\r\n}\r\n",
                "#!/usr/bin/java --source 25\nvoid main() {\n    x = FLAG;\n}\n",
                "\uFEFF/* Licence */ package a;\nclass A { int x = FLAG; }",
                "class A {\n    void f() {\n        go(FLAG\n",
                "class A { String s = \"\"\"\n  text \\\n \"\"\" + FLAG;\n}"
            })
    void what_the_editor_offers_silences_and_can_be_taken_back(String text) {
        AnalysisResult before = analyze(text);
        Finding finding = before.findings().get(0);
        assertThat(finding.rule()).isEqualTo(RULE);

        for (Fix fix : List.of(
                Suppressions.ignoreHere(before, finding).orElseThrow(), Suppressions.ignoreInFile(before, finding))) {
            String silenced = TextEdit.apply(text, fix.edits());
            assertThat(silenced).contains("// spawnproof: ignore");
            assertThat(rules(silenced)).as(silenced).isEmpty();

            AnalysisResult unused = analyze(silenced.replace("FLAG", "3"));
            assertThat(unused.findings()).extracting(Finding::rule).containsExactly("unused-suppression");
            String removed = TextEdit.apply(
                    silenced.replace("FLAG", "3"),
                    unused.findings().get(0).fixes().get(0).edits());
            assertThat(removed).isEqualTo(text.replace("FLAG", "3"));
        }
    }

    @Test
    void no_comment_is_offered_where_a_text_block_goes_on() {
        AnalysisResult result = analyze("class A { int x = FLAG + \"\"\"\n  text\n  \"\"\"; }");

        assertThat(Suppressions.ignoreHere(result, result.findings().get(0))).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "class A { int x = FLAG; /* spawnproof: ignore[environment-set-wrong-side] */ }",
                "class A { int x = /* spawnproof: ignore[environment-set-wrong-side] why */ FLAG; }",
                "class A {\n    /* spawnproof: ignore[environment-set-wrong-side] */ int x = FLAG;\n}",
                "class A {\n    /* spawnproof: ignore[environment-set-wrong-side] */\n    int x = FLAG;\n}",
                "class A {\n    /* Since 1.2:\n     * spawnproof: ignore[environment-set-wrong-side]\n     */\n    int x = FLAG;\n}",
                "class A {\n    // spawnproof: ignore[environment-set-wrong-side] see issue #12\n    // and more\n    int x = FLAG;\n}",
                "/* spawnproof: ignore-file[environment-set-wrong-side] */ class A { int x = FLAG; }"
            })
    void comments_of_all_kinds_silence(String text) {
        assertThat(rules(text)).isEmpty();
    }

    @Test
    void what_is_no_comment_silences_nothing() {
        assertThat(rules("class A { String s = \"// spawnproof: ignore[environment-set-wrong-side]\" + FLAG; }"))
                .containsExactly(RULE);
        assertThat(
                        rules(
                                "class A {\n    int y; // spawnproof: ignore[environment-set-wrong-side]\n    int x = FLAG;\n}"))
                .containsExactlyInAnyOrder("unused-suppression", RULE);
    }

    @Test
    void an_unused_directive_leaves_what_else_its_comment_says() {
        String[][] texts = {
            {"int x; /* spawnproof: ignore[environment-set-wrong-side] why */ int y;", "int x; int y;"},
            {"/* spawnproof: ignore[environment-set-wrong-side] */\nint y;", "int y;"},
            {"  /* spawnproof: ignore[environment-set-wrong-side] */ int y;", "   int y;"},
            {"int y; /* a b. spawnproof: ignore[environment-set-wrong-side] */", "int y; /* a b. */"},
            {"/** Text.\n * spawnproof: ignore[environment-set-wrong-side]\n */\nint y;", "/** Text.\n * \n */\nint y;"
            },
            {"int y; // spawnproof: ignore[environment-set-wrong-side] see #12 // there", "int y;"}
        };
        for (String[] pair : texts) {
            Finding unused = analyze(pair[0]).findings().get(0);
            assertThat(unused.rule()).isEqualTo("unused-suppression");
            assertThat(TextEdit.apply(pair[0], unused.fixes().get(0).edits())).isEqualTo(pair[1]);
        }
    }
}
