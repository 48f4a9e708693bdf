package io.github.spawnproof.cli;

import io.github.spawnproof.cli.Summary.RuleCount;
import io.github.spawnproof.workspace.Words;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Counts instead of findings: per rule, targets in force, files and time. */
final class StatisticsFormat implements Format {

    private final Output out;
    private final Style style;

    StatisticsFormat(Output out, Style style) {
        this.out = out;
        this.style = style;
    }

    @Override
    public void report(FileReport report) {
        // The summary counts.
    }

    @Override
    public void end(Summary summary) {
        List<Map.Entry<String, RuleCount>> rules = summary.byRule().entrySet().stream()
                .sorted(Comparator.comparingInt(entry -> -entry.getValue().findings()))
                .toList();
        int idWidth =
                rules.stream().mapToInt(entry -> entry.getKey().length()).max().orElse(0);
        for (Map.Entry<String, RuleCount> entry : rules) {
            RuleCount count = entry.getValue();
            String fixable = count.fixable() == 0 ? "" : "  " + count.fixable() + " can be fixed with --fix";
            String padding =
                    fixable.isEmpty() ? "" : " ".repeat(idWidth - entry.getKey().length());
            out.line("%6d  %s%s%s".formatted(count.findings(), style.bold(entry.getKey()), padding, fixable));
        }
        if (!rules.isEmpty()) {
            out.line("");
        }
        out.line(TextFormat.sentence(summary));
        boolean several = summary.byTargets().size() > 1;
        summary.byTargets()
                .forEach((targets, files) -> out.line(
                        "Targets" + (several ? " of " + Words.count(files, "file") : "") + ": " + targets + "."));
        out.line(String.format(Locale.ROOT, "Time: %.2f s.", summary.millis() / 1000.0));
        out.flush();
    }
}
