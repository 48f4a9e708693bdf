package io.github.spawnproof.rules;

import io.github.spawnproof.analysis.AnalysisResult;
import io.github.spawnproof.boundary.ApiUse;
import io.github.spawnproof.finding.Finding;
import io.github.spawnproof.finding.Fix;
import io.github.spawnproof.finding.Severity;
import io.github.spawnproof.finding.TextEdit;
import io.github.spawnproof.python.syntax.Node;
import io.github.spawnproof.python.syntax.PythonParser;
import io.github.spawnproof.python.syntax.PythonTree;
import io.github.spawnproof.python.syntax.Statement;
import io.github.spawnproof.python.syntax.TopLevel;
import io.github.spawnproof.source.Language;
import io.github.spawnproof.source.SourceText;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;

/** Says what speaks against a fix, as far as that can be seen without running the program. */
final class FixJudge {

    private final Function<String, AnalysisResult> analysis;

    FixJudge(Function<String, AnalysisResult> analysis) {
        this.analysis = analysis;
    }

    /** Returns what speaks against a fix of a finding; nothing if it is right. */
    List<String> objections(AnalysisResult before, Finding finding, Fix fix) {
        String text = PercentNotebook.text(TextEdit.apply(before.snapshot(), fix.edits()));
        List<String> objections = objections(before, text);
        AnalysisResult after = analysis.apply(text);
        if (count(after, finding) >= count(before, finding)) {
            objections.add("the finding is still there");
        }
        return objections;
    }

    private static long count(AnalysisResult result, Finding like) {
        return result.findings().stream()
                .filter(finding -> finding.rule().equals(like.rule()))
                .count();
    }

    /** Returns what speaks against a text that is meant to be better than the one before. */
    List<String> objections(AnalysisResult before, String text) {
        List<String> objections = new ArrayList<>();
        AnalysisResult after = analysis.apply(text);
        Set<String> known = rules(before);
        rules(after).stream()
                .filter(rule -> !known.contains(rule))
                .forEach(rule -> objections.add("it brings " + rule));
        boolean isPython = Set.of(Language.PYTHON, Language.NOTEBOOK)
                .contains(before.snapshot().language());
        if (!isPython) {
            if (SyntaxJudge.isValid(before.snapshot()) && !SyntaxJudge.isValid(after.snapshot())) {
                objections.add("it does not parse");
            }
            return objections;
        }
        PythonTree old = tree(before.snapshot().source().text());
        PythonTree fixed = tree(after.snapshot().source().text());
        if (SyntaxJudge.isValid(before.snapshot()) && !SyntaxJudge.isValid(after.snapshot())) {
            objections.add("it does not parse");
        }
        if (!uses(before).equals(uses(after)) && !startsWhatWasNotStarted(before, after)) {
            objections.add("it uses other library calls: " + uses(after));
        }
        if (handlers(fixed) > handlers(old)) {
            objections.add("it swallows errors");
        }
        if (before.snapshot().language() == Language.NOTEBOOK) {
            return objections; // Nobody imports it.
        }
        Set<String> lost = definitions(old);
        lost.removeAll(definitions(fixed));
        lost.forEach(name -> objections.add("it hides `%s` from importers".formatted(name)));
        return objections;
    }

    private static PythonTree tree(String text) {
        return PythonParser.parse(new SourceText(text));
    }

    /** Returns the rules that find something; a remark may well apply only to what a fix makes valid. */
    private static Set<String> rules(AnalysisResult result) {
        return result.findings().stream()
                .filter(finding -> finding.severity() != Severity.INFORMATION)
                .map(Finding::rule)
                .collect(Collectors.toSet());
    }

    /** Returns how often each call that starts processes, or sends to them, is there. */
    private static Map<String, Integer> uses(AnalysisResult result) {
        Map<String, Integer> uses = new TreeMap<>();
        for (ApiUse use : result.facts().python().apiUses()) {
            // A manager that makes what others share is itself a fix.
            boolean manager = use.boundary().shortName().equals("Manager");
            if (!manager && (use.boundary().starts() || use.boundary().crosses())) {
                uses.merge(use.boundary().name(), 1, Integer::sum);
            }
        }
        return uses;
    }

    /** Tells whether the only further call is that which starts a process that was never started. */
    private static boolean startsWhatWasNotStarted(AnalysisResult before, AnalysisResult after) {
        Map<String, Integer> further = uses(after);
        uses(before).forEach((name, count) -> further.merge(name, -count, Integer::sum));
        further.values().removeIf(count -> count == 0);
        return rules(before).contains("process-not-started")
                && !rules(after).contains("process-not-started")
                && further.keySet().stream().allMatch(name -> name.endsWith("BaseProcess.start"));
    }

    private static int handlers(PythonTree tree) {
        int[] count = {0};
        tree.statements().forEach(topLevel -> count(topLevel.statement(), count));
        return count[0];
    }

    private static void count(Node node, int[] count) {
        count[0] += node instanceof Node.ExceptHandler ? 1 : 0;
        node.forEachChild(child -> count(child, count));
    }

    /** Returns the functions and classes that an import of the module finds. */
    private static Set<String> definitions(PythonTree tree) {
        return tree.statements().stream()
                .map(TopLevel::statement)
                .map(statement -> statement instanceof Statement.FunctionDef function
                        ? function.name()
                        : statement instanceof Statement.ClassDef type ? type.name() : "")
                .filter(name -> !name.isEmpty())
                .collect(Collectors.toSet());
    }
}
