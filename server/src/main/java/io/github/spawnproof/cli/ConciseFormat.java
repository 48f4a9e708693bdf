package io.github.spawnproof.cli;

import io.github.spawnproof.finding.Finding;

/** One line for each finding; a summary at the end. */
final class ConciseFormat implements Format {

    private final Output out;
    private final Style style;

    ConciseFormat(Output out, Style style) {
        this.out = out;
        this.style = style;
    }

    @Override
    public void report(FileReport report) {
        for (Finding finding : report.findings()) {
            String place = Place.of(report.document(), finding.range().start()).in(Printable.text(report.file()));
            out.line("%s: %s %s"
                    .formatted(
                            style.bold(place),
                            style.severity(
                                    finding.severity(), finding.severity().label() + "[" + finding.rule() + "]"),
                            Printable.text(finding.message())));
        }
    }

    @Override
    public void end(Summary summary) {
        TextFormat.end(summary, out, style);
    }
}
