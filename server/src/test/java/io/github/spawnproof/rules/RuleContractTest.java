package io.github.spawnproof.rules;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import io.github.spawnproof.analysis.AnalysisResult;
import io.github.spawnproof.analysis.Fixes;
import io.github.spawnproof.finding.Applicability;
import io.github.spawnproof.finding.Finding;
import io.github.spawnproof.rule.JavaRule;
import io.github.spawnproof.rule.PythonRule;
import io.github.spawnproof.rule.Rule;
import io.github.spawnproof.rule.RulePage;
import io.github.spawnproof.rule.YamlRule;
import io.github.spawnproof.source.CancelToken;
import java.io.IOException;
import java.util.Collection;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What every rule must have: its place in the catalogue, a page, an example that is found and fixed, enough cases. */
class RuleContractTest {

    private static final List<String> HEADINGS =
            List.of("What happens", "Symptoms", "Example", "Fix", "When to ignore", "References");
    private static final Pattern HEADING = Pattern.compile("(?m)^## (.+)$");
    private static final int MAX_PAGE_LINES = 80;
    private static final int MIN_SILENT_CASES = 10;

    static Collection<Rule> rules() {
        return Catalogue.ANALYZER.catalog().all();
    }

    /** Rules about programs and their configuration. */
    static Stream<Rule> programRules() {
        return rules().stream()
                .filter(rule -> rule instanceof PythonRule || rule instanceof JavaRule || rule instanceof YamlRule);
    }

    @Test
    void every_rule_class_is_in_the_catalogue() {
        List<String> classes = new ClassFileImporter()
                .importPackages("io.github.spawnproof.rules").stream()
                        .filter(type -> type.isAssignableTo(Rule.class)
                                && !type.getModifiers().contains(JavaModifier.ABSTRACT))
                        .map(JavaClass::getName)
                        .toList();

        List<String> catalogued =
                rules().stream().map(rule -> rule.getClass().getName()).toList();

        assertThat(classes).isNotEmpty();
        assertThat(catalogued).containsExactlyInAnyOrderElementsOf(classes);
    }

    @ParameterizedTest
    @MethodSource("rules")
    void a_rule_lives_in_a_package_of_its_name(Rule rule) {
        assertThat(rule.getClass().getPackageName())
                .isEqualTo("io.github.spawnproof.rules." + rule.id().replace("-", ""));
    }

    @ParameterizedTest
    @MethodSource("rules")
    void a_page_has_all_its_sections_in_order(Rule rule) {
        RulePage page = RulePage.of(rule);

        assertThat(page.markdown()).startsWith("# " + rule.id() + "\n\n");
        assertThat(HEADING.matcher(page.markdown()).results().map(match -> match.group(1)))
                .containsExactlyElementsOf(HEADINGS);
        assertThat(page.summary()).hasLineCount(1).endsWith(".");
        assertThat(HEADINGS)
                .allSatisfy(heading -> assertThat(page.section(heading)).isNotBlank());
        assertThat(page.markdown().lines().count()).isLessThanOrEqualTo(MAX_PAGE_LINES);
    }

    @ParameterizedTest
    @MethodSource("programRules")
    void a_page_of_a_rule_about_programs_links_to_the_documentation(Rule rule) {
        assertThat(RulePage.of(rule).upstream()).get().asString().startsWith("https://");
    }

    @ParameterizedTest
    @MethodSource("rules")
    void an_example_is_found_when_bad_and_silent_when_good(Rule rule) {
        List<PageExample> examples = PageExample.of(rule);

        assertThat(examples).extracting(PageExample::isBad).containsExactly(true, false);
        for (PageExample example : examples) {
            if (example.isAnalysed()) {
                List<String> found = analyze(example).findings().stream()
                        .map(Finding::rule)
                        .distinct()
                        .toList();
                assertThat(found).isEqualTo(example.isBad() ? List.of(rule.id()) : List.of());
            }
        }
    }

    private static AnalysisResult analyze(PageExample example) {
        return Catalogue.analyze(example.asCase(), example.text());
    }

    @ParameterizedTest
    @MethodSource("programRules")
    void fixing_the_bad_example_gives_the_good_one(Rule rule) {
        PageExample bad = PageExample.of(rule).get(0);
        PageExample good = PageExample.of(rule).get(1);
        AnalysisResult result = analyze(bad);

        Fixes.Fixed fixed = Fixes.applyAll(Catalogue.ANALYZER, result, Applicability.UNSAFE, CancelToken.NEVER);

        // What only a person can mend has no fix.
        boolean automatic =
                result.findings().stream().anyMatch(finding -> !finding.fixes().isEmpty());
        assertThat(PercentNotebook.text(fixed.document())).isEqualTo(automatic ? good.text() : bad.text());
    }

    @ParameterizedTest
    @MethodSource("programRules")
    void a_rule_has_enough_silent_cases(Rule rule) throws IOException {
        List<Case> cases = Case.of(rule);

        assertThat(cases.stream().filter(one -> one.marks().isEmpty())).hasSizeGreaterThanOrEqualTo(MIN_SILENT_CASES);
        assertThat(cases.stream().filter(one -> !one.marks().isEmpty())).hasSizeGreaterThanOrEqualTo(5);
        assertThat(cases.stream().map(Case::heading).collect(Collectors.toSet()))
                .hasSameSizeAs(cases);
    }
}
