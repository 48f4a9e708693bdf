package io.github.spawnproof.analysis;

import io.github.spawnproof.source.TextRange;
import java.util.List;

/**
 * A known message in a text.
 *
 * @param range where it is, the type of the exception included; offsets are UTF-16 code units
 * @param start where it starts in the text as {@link PastedText} reads it
 * @param shown the message as it was written, on one line
 * @param subject what it names of the program; two messages with one subject say the same
 * @param rules ids of rules of the catalogue whose pages explain it, the likeliest first
 */
record RecognisedMessage(
        KnownMessage known, TextRange range, int start, int end, String shown, String subject, List<String> rules) {

    RecognisedMessage {
        rules = List.copyOf(rules);
    }

    boolean saysTheSameAs(RecognisedMessage other) {
        return known.name().equals(other.known.name()) && subject.equals(other.subject);
    }
}
