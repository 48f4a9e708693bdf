package io.github.spawnproof.cli;

import io.github.spawnproof.finding.Applicability;
import io.github.spawnproof.finding.Finding;
import io.github.spawnproof.finding.Fix;
import io.github.spawnproof.finding.Related;
import io.github.spawnproof.finding.Severity;
import io.github.spawnproof.source.DocumentSnapshot;
import io.github.spawnproof.source.TextRange;
import io.github.spawnproof.workspace.Words;
import java.util.ArrayList;
import java.util.List;

/** Findings for people: message, code frame, related places, fixes; a summary at the end. */
final class TextFormat implements Format {

    private final Output out;
    private final Style style;
    private final boolean perFile;

    /**
     * Makes the format.
     *
     * @param perFile whether to flush after each file, for somebody who watches
     */
    TextFormat(Output out, Style style, boolean perFile) {
        this.out = out;
        this.style = style;
        this.perFile = perFile;
    }

    @Override
    public void report(FileReport report) {
        for (Finding finding : report.findings()) {
            show(report.file(), report.document(), finding);
        }
        if (perFile && !report.findings().isEmpty()) {
            out.flush();
        }
    }

    private void show(String file, DocumentSnapshot document, Finding finding) {
        int widest = Place.of(document, finding.range().start()).line();
        for (Related related : finding.related()) {
            widest = Math.max(
                    widest,
                    Place.of(documentOf(related, document), related.range().start())
                            .line());
        }
        int gutter = String.valueOf(widest).length() + 1;
        String rule = style.severity(finding.severity(), finding.severity().label() + "[" + finding.rule() + "]");
        out.line("%s: %s %s"
                .formatted(
                        style.bold(place(file, document, finding.range())),
                        rule,
                        style.bold(Printable.text(finding.message()))));
        bar(gutter);
        frame(gutter, document, finding.range(), '^', finding.severity());
        for (Related related : finding.related()) {
            bar(gutter);
            out.line("%s %s %s: %s"
                    .formatted(
                            " ".repeat(gutter),
                            style.blue("= note:"),
                            place(fileOf(related, file), documentOf(related, document), related.range()),
                            Printable.text(related.message())));
            frame(gutter, documentOf(related, document), related.range(), '-', Severity.INFORMATION);
        }
        if (!finding.fixes().isEmpty()) {
            bar(gutter);
        }
        Applicability applicable = null;
        for (Fix fix : finding.fixes()) {
            boolean first = applicable == null || fix.applicability().compareTo(applicable) < 0;
            out.line("%s %s %s%s"
                    .formatted(
                            " ".repeat(gutter),
                            style.green("= help[" + fix.applicability().label() + "]:"),
                            Printable.text(fix.title()),
                            first ? " (" + howTo(fix.applicability()) + ")" : ""));
            applicable = first ? fix.applicability() : applicable;
        }
        out.line("");
    }

    private static DocumentSnapshot documentOf(Related related, DocumentSnapshot own) {
        return related.document() == null ? own : related.document();
    }

    private static String fileOf(Related related, String own) {
        return related.document() == null ? own : related.document().uri();
    }

    private static String howTo(Applicability applicability) {
        return applicability == Applicability.SAFE ? "apply with --fix" : "apply with --fix=unsafe";
    }

    private void bar(int gutter) {
        out.line(" ".repeat(gutter) + " " + style.blue("|"));
    }

    private void frame(int gutter, DocumentSnapshot document, TextRange range, char mark, Severity severity) {
        List<String> lines = CodeFrame.of(document.source(), range, mark);
        String number = String.valueOf(Place.of(document, range.start()).line());
        String code = lines.get(0).isEmpty() ? "" : " " + lines.get(0);
        out.line(" ".repeat(gutter - number.length()) + style.blue(number + " |") + code);
        out.line(" ".repeat(gutter) + " " + style.blue("|") + " " + style.severity(severity, lines.get(1)));
    }

    private static String place(String file, DocumentSnapshot document, TextRange range) {
        return Place.of(document, range.start()).in(Printable.text(file));
    }

    @Override
    public void end(Summary summary) {
        end(summary, out, style);
    }

    static void end(Summary summary, Output out, Style style) {
        if (summary.applied() > 0) {
            out.line("Fixed %s in %s."
                    .formatted(Words.count(summary.applied(), "finding"), Words.count(summary.changedFiles(), "file")));
        }
        summary.written().ifPresent(out::line);
        out.line(style.bold(sentence(summary)));
        out.flush();
    }

    /** Returns the last line: how many findings of which severity, and how many can be fixed. */
    static String sentence(Summary summary) {
        String files = Words.count(summary.files(), "file");
        int baselined = summary.baselined().orElse(0);
        String known = baselined == 0 ? "" : "; %d in the baseline".formatted(baselined);
        if (summary.findings() == 0) {
            return "No findings in " + files + known + ".";
        }
        List<String> counts = new ArrayList<>();
        int errors = summary.count(Severity.ERROR);
        int warnings = summary.count(Severity.WARNING);
        int information = summary.count(Severity.INFORMATION);
        if (errors > 0) {
            counts.add(Words.count(errors, "error"));
        }
        if (warnings > 0) {
            counts.add(Words.count(warnings, "warning"));
        }
        if (information > 0) {
            counts.add(information + " information");
        }
        if (summary.count(Severity.HINT) > 0) {
            counts.add(Words.count(summary.count(Severity.HINT), "hint"));
        }
        List<String> fixable = new ArrayList<>();
        if (summary.safelyFixable() > 0) {
            fixable.add(summary.safelyFixable() + " can be fixed with --fix");
        }
        if (summary.unsafelyFixable() > 0) {
            fixable.add(summary.unsafelyFixable()
                    + (fixable.isEmpty() ? " can be fixed with --fix=unsafe" : " more with --fix=unsafe"));
        }
        return "Found " + Words.list(counts) + " in " + files
                + (fixable.isEmpty() ? "" : "; " + String.join(", ", fixable)) + known + ".";
    }
}
