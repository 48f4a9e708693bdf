package io.github.spawnproof.analysis;

import io.github.spawnproof.boundary.ConfigurationKey;
import io.github.spawnproof.boundary.StartSetup;
import io.github.spawnproof.boundary.VariableSetting;
import io.github.spawnproof.finding.Finding;
import io.github.spawnproof.python.Prose;
import io.github.spawnproof.rule.Rule;
import io.github.spawnproof.rule.RuleCatalog;
import io.github.spawnproof.rule.RulePage;
import io.github.spawnproof.rule.YamlRule;
import io.github.spawnproof.source.Language;
import io.github.spawnproof.source.TextRange;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** Finds what there is to explain at a place: findings, suppressions, environment variables, known library calls. */
public final class Explanations {

    private Explanations() {}

    /** Returns the explanation for an offset of the analysed text; empty if there is nothing to say. */
    public static Optional<Explanation> at(AnalysisResult result, int offset, RuleCatalog catalog) {
        if (result.snapshot().language() == Language.TEXT) {
            return ErrorExplanations.in(result.snapshot().source().text(), offset, catalog);
        }
        List<Finding> findings = result.findings().stream()
                .filter(finding -> touches(finding.range(), offset))
                .toList();
        if (!findings.isEmpty()) {
            Set<String> rules =
                    findings.stream().map(Finding::rule).collect(Collectors.toCollection(LinkedHashSet::new));
            return Optional.of(new Explanation(findings.get(0).range(), pages(rules, catalog)));
        }
        for (Suppression suppression : result.suppressions()) {
            if (touches(suppression.range(), offset)) {
                Set<String> rules = new LinkedHashSet<>(suppression.ids());
                rules.removeIf(id -> catalog.find(id).isEmpty());
                return rules.isEmpty()
                        ? Optional.empty()
                        : Optional.of(new Explanation(suppression.range(), pages(rules, catalog)));
            }
        }
        for (StartSetup.Variable variable : result.facts().python().setup().variables()) {
            if (touches(variable.range(), offset)) {
                return Optional.of(new Explanation(variable.range(), pages(about(variable.name(), catalog), catalog)));
            }
        }
        for (VariableSetting setting : result.facts().settings()) {
            if (touches(setting.range(), offset) || touches(setting.valueRange(), offset)) {
                return Optional.of(new Explanation(setting.range(), pages(about(setting.name(), catalog), catalog)));
            }
        }
        for (ConfigurationKey key : result.facts().yaml().keys()) {
            boolean touchesKey = touches(key.range(), offset);
            if (touchesKey || touches(key.value(), offset)) {
                Set<String> rules = aboutKey(key.name(), catalog);
                TextRange range = touchesKey ? key.range() : key.value();
                return rules.isEmpty() ? Optional.empty() : Optional.of(new Explanation(range, pages(rules, catalog)));
            }
        }
        return result.facts().python().apiUses().stream()
                .filter(use -> touches(use.range(), offset))
                .findFirst()
                .map(use -> new Explanation(use.range(), ApiPage.of(use.boundary(), catalog)))
                .or(() -> errorText(result.snapshot().source().text(), offset, catalog));
    }

    private static Optional<Explanation> errorText(String text, int offset, RuleCatalog catalog) {
        return Prose.at(text, offset).flatMap(block -> ErrorExplanations.at(text, block, offset, catalog));
    }

    private static Set<String> about(String variable, RuleCatalog catalog) {
        return catalog.all().stream()
                .filter(rule -> rule.concernsVariable(variable))
                .map(Rule::id)
                .collect(Collectors.toCollection(LinkedHashSet::new));
    }

    private static Set<String> aboutKey(String name, RuleCatalog catalog) {
        return catalog.all().stream()
                .filter(rule -> rule instanceof YamlRule about && about.concernsKey(name))
                .map(Rule::id)
                .collect(Collectors.toCollection(LinkedHashSet::new));
    }

    private static boolean touches(TextRange range, int offset) {
        return range.start() <= offset && offset <= range.end();
    }

    private static String pages(Set<String> rules, RuleCatalog catalog) {
        List<String> pages = new ArrayList<>();
        for (String id : rules) {
            catalog.find(id).ifPresent(rule -> pages.add(RulePage.of(rule).hover()));
        }
        return String.join("\n---\n\n", pages);
    }
}
