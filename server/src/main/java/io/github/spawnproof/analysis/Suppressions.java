package io.github.spawnproof.analysis;

import io.github.spawnproof.finding.Applicability;
import io.github.spawnproof.finding.Finding;
import io.github.spawnproof.finding.Fix;
import io.github.spawnproof.finding.Severity;
import io.github.spawnproof.finding.TextEdit;
import io.github.spawnproof.rule.RuleCatalog;
import io.github.spawnproof.source.Language;
import io.github.spawnproof.source.SourceText;
import io.github.spawnproof.source.TextRange;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads suppression comments, applies them, reports the ones that do nothing, and writes new ones. */
public final class Suppressions {

    static final String UNUSED = "unused-suppression";
    static final String INVALID = "invalid-suppression";

    private static final Pattern DIRECTIVE = Pattern.compile("spawnproof:\\s*ignore(-file)?\\b(?:\\[([^\\]\\n]*)\\])?");
    private static final Pattern ID = Pattern.compile("[^,\\s]+");

    private Suppressions() {}

    /** Returns the suppressions of a file, in the order of the text. */
    static List<Suppression> read(FileFacts facts) {
        SourceText source = facts.source();
        List<Suppression> found = new ArrayList<>();
        for (int i = 0; i < facts.comments().size(); i++) {
            TextRange comment = facts.comments().get(i);
            Matcher matcher = DIRECTIVE.matcher(source.text()).region(comment.start(), comment.end());
            while (matcher.find()) {
                List<String> ids = new ArrayList<>();
                List<TextRange> idRanges = new ArrayList<>();
                if (matcher.group(2) != null) {
                    Matcher id = ID.matcher(source.text()).region(matcher.start(2), matcher.end(2));
                    while (id.find()) {
                        ids.add(id.group());
                        idRanges.add(new TextRange(id.start(), id.end()));
                    }
                }
                boolean wholeFile = matcher.group(1) != null;
                found.add(new Suppression(
                        comment,
                        new TextRange(matcher.start(), matcher.end()),
                        ids,
                        idRanges,
                        wholeFile,
                        silencedLine(facts, i),
                        !wholeFile || comment.start() < facts.firstStatement()));
            }
        }
        return found;
    }

    /** Returns the line of the comment's end, or the next line with code if the comment is alone on its lines. */
    private static int silencedLine(FileFacts facts, int index) {
        SourceText source = facts.source();
        int line = source.lines().lineAt(facts.comments().get(index).start());
        while (index < facts.comments().size()
                && isAlone(source, facts.comments().get(index), line)) {
            int end = facts.comments().get(index).end();
            line = source.lines().lineAt(end);
            if (!source.text().substring(end, source.lineEnd(end)).isBlank()) {
                return line;
            }
            line++;
            index++;
        }
        return line;
    }

    private static boolean isAlone(SourceText source, TextRange comment, int line) {
        return source.lines().lineAt(comment.start()) == line
                && source.text()
                        .substring(source.lines().start(line), comment.start())
                        .isBlank();
    }

    /**
     * Returns the findings that are not suppressed, and a finding for each suppression that does nothing or is wrong.
     *
     * @param on tells which rules were run; of the others nobody knows whether their suppression is needed
     */
    static List<Finding> apply(
            List<Suppression> suppressions,
            List<Finding> findings,
            SourceText source,
            RuleCatalog catalog,
            Predicate<String> on) {
        if (suppressions.isEmpty()) {
            return findings;
        }
        List<Finding> shown = new ArrayList<>();
        Set<TextRange> used = new HashSet<>();
        for (Finding finding : findings) {
            boolean silent = false;
            for (Suppression suppression : suppressions) {
                int at = suppression.ids().indexOf(finding.rule());
                if (at >= 0 && covers(suppression, finding, source)) {
                    used.add(suppression.idRanges().get(at));
                    silent = true;
                }
            }
            if (!silent) {
                shown.add(finding);
            }
        }
        for (Suppression suppression : suppressions) {
            report(suppression, used, catalog, on, source, shown);
        }
        return shown;
    }

    private static boolean covers(Suppression suppression, Finding finding, SourceText source) {
        return suppression.placed()
                && (suppression.wholeFile()
                        || source.lines().lineAt(finding.range().start()) == suppression.line());
    }

    private static void report(
            Suppression suppression,
            Set<TextRange> used,
            RuleCatalog catalog,
            Predicate<String> on,
            SourceText source,
            List<Finding> findings) {
        if (suppression.ids().isEmpty()) {
            findings.add(
                    finding(INVALID, suppression.range(), "This names no rule; write `ignore[rule-id]`", List.of()));
            return;
        }
        if (!suppression.placed()) {
            findings.add(finding(
                    INVALID,
                    suppression.range(),
                    "`ignore-file` has an effect only before the first statement",
                    List.of()));
            return;
        }
        for (int i = 0; i < suppression.ids().size(); i++) {
            String id = suppression.ids().get(i);
            TextRange range = suppression.idRanges().get(i);
            if (catalog.find(id).isEmpty()) {
                Optional<String> meant = catalog.nearest(id);
                findings.add(finding(
                        INVALID,
                        range,
                        "There is no rule `%s`".formatted(id)
                                + meant.map("; did you mean `%s`?"::formatted).orElse(""),
                        meant.map(name -> List.of(new Fix(
                                        "Change to `%s`".formatted(name),
                                        Applicability.SAFE,
                                        List.of(TextEdit.replace(range, name)))))
                                .orElse(List.of())));
            } else if (on.test(id) && !used.contains(range)) {
                findings.add(finding(
                        UNUSED,
                        range,
                        "`%s` finds nothing here".formatted(id),
                        List.of(new Fix(
                                "Remove the suppression",
                                Applicability.SAFE,
                                List.of(TextEdit.delete(removal(suppression, i, source)))))));
            }
        }
    }

    /** Returns what has to go so that one id is no longer named: the id, or the whole comment if it is the only one. */
    private static TextRange removal(Suppression suppression, int index, SourceText source) {
        List<TextRange> ranges = suppression.idRanges();
        if (ranges.size() > 1) {
            return index + 1 < ranges.size()
                    ? new TextRange(
                            ranges.get(index).start(), ranges.get(index + 1).start())
                    : new TextRange(
                            ranges.get(index - 1).end(), ranges.get(index).end());
        }
        String text = source.text();
        if (text.startsWith("/*", suppression.comment().start())) {
            return removalFromBlock(suppression, source);
        }
        int start = suppression.range().start();
        while (start > 0 && (text.charAt(start - 1) == ' ' || text.charAt(start - 1) == '\t')) {
            start--;
        }
        if (start > 0 && text.charAt(start - 1) == '#') {
            start--;
        } else if (text.startsWith("//", start - 2)) {
            start -= 2;
        }
        while (start > 0 && (text.charAt(start - 1) == ' ' || text.charAt(start - 1) == '\t')) {
            start--;
        }
        // The reason behind the directive goes with it, up to another comment on the same line.
        int end = source.lineEnd(start);
        boolean slashes = text.startsWith("//", suppression.comment().start());
        int next = slashes ? -1 : text.indexOf('#', suppression.range().end());
        if (next >= 0 && next < end) {
            return new TextRange(start, next);
        }
        boolean alone = start == source.lineStart(start) || (start == 1 && text.startsWith("\uFEFF"));
        return new TextRange(start, alone ? source.nextLineStart(start) : end);
    }

    /** Returns a comment between two marks, with its line if nothing else is there; if it says more, the directive alone. */
    private static TextRange removalFromBlock(Suppression suppression, SourceText source) {
        TextRange comment = suppression.comment();
        String text = source.text();
        String before = text.substring(comment.start(), suppression.range().start());
        boolean oneLine = source.lineEnd(comment.start()) >= comment.end();
        if (!oneLine || !before.replaceAll("[/*]", "").isBlank()) {
            int end = Math.min(source.lineEnd(suppression.range().start()), comment.end() - 2);
            return new TextRange(
                    suppression.range().start(),
                    Math.max(end, suppression.range().end()));
        }
        int start = comment.start();
        while (start > 0 && (text.charAt(start - 1) == ' ' || text.charAt(start - 1) == '\t')) {
            start--;
        }
        boolean alone = start == source.lineStart(start)
                && text.substring(comment.end(), source.lineEnd(comment.end())).isBlank();
        // Before code on the same line, the blanks in front are its indentation.
        boolean leads = !alone && start == source.lineStart(start);
        return leads ? comment : new TextRange(start, alone ? source.nextLineStart(start) : comment.end());
    }

    private static Finding finding(String rule, TextRange range, String message, List<Fix> fixes) {
        Severity severity = rule.equals(INVALID) ? Severity.WARNING : Severity.INFORMATION;
        return new Finding(rule, range, message, severity, List.of(), List.of(), fixes);
    }

    /** Returns the fix that silences the finding on its line; empty where no comment can stand. */
    public static Optional<Fix> ignoreHere(AnalysisResult result, Finding finding) {
        SourceText source = result.snapshot().source();
        int line = source.lines().lineAt(finding.range().start());
        for (Suppression suppression : result.suppressions()) {
            if (!suppression.wholeFile()
                    && suppression.line() == line
                    && !suppression.ids().isEmpty()) {
                int end =
                        suppression.idRanges().get(suppression.ids().size() - 1).end();
                return Optional.of(ignore("on this line", finding, TextEdit.insert(end, ", " + finding.rule())));
            }
        }
        int end = source.lineEnd(finding.range().start());
        boolean inString = result.facts().python().multilineStrings().stream()
                .anyMatch(range -> range.start() < end && end < range.end());
        boolean java = result.snapshot().language() == Language.JAVA;
        boolean continued = !java && end > 0 && source.text().charAt(end - 1) == '\\';
        if (inString || continued || (java && result.facts().java().isInTextBlock(end))) {
            return Optional.empty();
        }
        String comment = "  " + mark(result) + " spawnproof: ignore[" + finding.rule() + "]";
        return Optional.of(ignore("on this line", finding, TextEdit.insert(end, comment)));
    }

    /** Returns the fix that silences the finding's rule in the whole file. */
    public static Fix ignoreInFile(AnalysisResult result, Finding finding) {
        SourceText source = result.snapshot().source();
        int at = 0;
        String text = source.text();
        // A byte order mark, a #! line and an encoding line (PEP 263) keep their place.
        if (text.startsWith("\uFEFF")) {
            at = 1;
        }
        for (int line = 0; line < 2 && at < text.length() && text.charAt(at) == '#'; line++) {
            if (!text.startsWith("#!", at)
                    && !text.substring(at, source.lineEnd(at)).contains("coding")) {
                break;
            }
            at = source.nextLineStart(at);
        }
        String separator = source.lineSeparator();
        String before = at > 1 && source.lineStart(at) != at ? separator : "";
        String comment = before + mark(result) + " spawnproof: ignore-file[" + finding.rule() + "]" + separator;
        return ignore("in this file", finding, TextEdit.insert(at, comment));
    }

    /** Returns what a comment starts with in the file. */
    private static String mark(AnalysisResult result) {
        boolean slashes = result.snapshot().language() == Language.JAVA
                || result.facts().yaml().isJson();
        return slashes ? "//" : "#";
    }

    private static Fix ignore(String where, Finding finding, TextEdit edit) {
        return new Fix("Ignore %s %s".formatted(finding.rule(), where), Applicability.UNSAFE, List.of(edit));
    }
}
