package io.github.spawnproof.cli;

import io.github.spawnproof.cli.FileReport.Change;
import io.github.spawnproof.workspace.UnifiedDiff;
import io.github.spawnproof.workspace.Words;
import java.util.regex.Pattern;

/** What a fix would change, as a unified diff. */
final class DiffFormat implements Format {

    private static final Pattern LINE_END = Pattern.compile("\n");

    private final Output out;
    private final Output messages;
    private final Style style;

    DiffFormat(Output out, Output messages, Style style) {
        this.out = out;
        this.messages = messages;
        this.style = style;
    }

    @Override
    public void report(FileReport report) {
        report.changes().forEach(this::show);
    }

    private void show(Change change) {
        String diff = change.isNew()
                ? UnifiedDiff.ofNew(change.file(), change.after())
                : UnifiedDiff.of(change.file(), change.before(), change.after());
        if (!style.enabled()) {
            out.print(diff);
            return;
        }
        // Carriage returns stay part of their lines, so that the diff applies to files that have them.
        for (String line : LINE_END.split(diff, -1)) {
            if (!line.isEmpty()) {
                out.line(coloured(line));
            }
        }
    }

    private String coloured(String line) {
        return switch (line.charAt(0)) {
            case '+' -> style.green(line);
            case '-' -> style.red(line);
            case '@' -> style.cyan(line);
            default -> line;
        };
    }

    @Override
    public void end(Summary summary) {
        out.flush();
        messages.line(
                summary.changedFiles() == 0
                        ? "Nothing to fix in " + Words.count(summary.files(), "file") + "."
                        : "Would fix %s in %s."
                                .formatted(
                                        Words.count(summary.applied(), "finding"),
                                        Words.count(summary.changedFiles(), "file")));
        messages.flush();
    }
}
