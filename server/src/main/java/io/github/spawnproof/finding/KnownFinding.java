package io.github.spawnproof.finding;

import io.github.spawnproof.source.SourceText;
import java.util.Comparator;

/**
 * A finding as a baseline knows it: wherever its code stands in the file, however far that is indented.
 *
 * @param code the lines of the finding with single blanks for all white space
 */
public record KnownFinding(String rule, String code) implements Comparable<KnownFinding> {

    private static final Comparator<KnownFinding> ORDER =
            Comparator.comparing(KnownFinding::rule).thenComparing(KnownFinding::code);

    /** Lines of data can be of any length, and a baseline is for people to read. */
    private static final int LONGEST = 200;

    /** Returns what a finding in a text is known by. */
    public static KnownFinding of(Finding finding, SourceText source) {
        int start = source.lineStart(finding.range().start());
        int end = source.lineEnd(finding.range().end());
        String code = source.text().substring(start, end).strip().replaceAll("\\s+", " ");
        return new KnownFinding(finding.rule(), code.length() <= LONGEST ? code : shortened(code));
    }

    /** Returns the beginning, and a number that stands for all of it. */
    private static String shortened(String code) {
        int end = Character.isHighSurrogate(code.charAt(LONGEST - 1)) ? LONGEST - 1 : LONGEST;
        return "%s… %08x".formatted(code.substring(0, end), code.hashCode());
    }

    @Override
    public int compareTo(KnownFinding other) {
        return ORDER.compare(this, other);
    }
}
