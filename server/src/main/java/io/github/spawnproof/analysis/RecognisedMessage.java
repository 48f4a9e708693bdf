package io.github.spawnproof.analysis;

import io.github.spawnproof.source.TextRange;
import java.util.List;

/**
 * A known message in a text.
 *
 * @param range where it is, the type of the exception included; offsets are UTF-16 code units
 * @param start where it starts in the text as {@link PastedText} reads it
 * @param end where it ends there
 * @param shown the message as it was written, on one line; of one in several parts the first
 * @param typed whether the type of the exception stands before it, as it does where it is raised and not only quoted
 * @param subject what it names of the program; two messages with one subject say the same
 * @param rules ids of rules of the catalogue whose pages explain it, the likeliest first
 */
record RecognisedMessage(
        KnownMessage known,
        TextRange range,
        int start,
        int end,
        String shown,
        boolean typed,
        String subject,
        List<String> rules) {

    RecognisedMessage {
        rules = List.copyOf(rules);
    }
}
