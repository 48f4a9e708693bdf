package io.github.spawnproof.cli;

import io.github.spawnproof.finding.Finding;
import io.github.spawnproof.finding.Severity;
import io.github.spawnproof.source.DocumentSnapshot;

/**
 * Findings as annotations of a pull request: workflow commands of GitHub Actions
 * (docs.github.com/actions/reference/workflow-commands-for-github-actions).
 */
final class GithubFormat implements Format {

    private final Output out;

    GithubFormat(Output out) {
        this.out = out;
    }

    @Override
    public void report(FileReport report) {
        for (Finding finding : report.findings()) {
            out.line(command(report.file(), report.document(), finding));
        }
    }

    private static String command(String file, DocumentSnapshot document, Finding finding) {
        Place start = Place.of(document, finding.range().start());
        Place end = Place.of(document, finding.range().end());
        // The lines of a cell are not those of the file.
        String place = start.cell().isPresent()
                ? ""
                : ",line=%d,col=%d,endLine=%d,endColumn=%d"
                        .formatted(start.line(), start.column(), end.line(), end.column());
        String where = start.cell().map(number -> "cell " + number + ": ").orElse("");
        return "::%s file=%s%s,title=%s::%s"
                .formatted(
                        level(finding.severity()),
                        property(file),
                        place,
                        property(finding.rule()),
                        data(where + finding.message()));
    }

    private static String level(Severity severity) {
        return switch (severity) {
            case ERROR -> "error";
            case WARNING -> "warning";
            case INFORMATION, HINT -> "notice";
        };
    }

    private static String data(String text) {
        return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A");
    }

    private static String property(String text) {
        return data(text).replace(":", "%3A").replace(",", "%2C");
    }

    @Override
    public void end(Summary summary) {
        out.line(TextFormat.sentence(summary));
        out.flush();
    }
}
