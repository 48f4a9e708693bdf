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
 * @param names what it names of the program; two messages with the same names say the same
 * @param rules ids of rules of the catalogue whose pages explain it, the likeliest first
 */
record RecognisedMessage(
        KnownMessage known,
        TextRange range,
        int start,
        int end,
        String shown,
        boolean typed,
        List<String> names,
        List<String> rules) {

    RecognisedMessage {
        names = List.copyOf(names);
        rules = List.copyOf(rules);
    }

    /** Returns what it means and what to do, with what it names. */
    String sentence() {
        String sentence = known.sentence();
        for (int i = 0; i < names.size(); i++) {
            sentence = sentence.replace("{" + (i + 1) + "}", names.get(i));
        }
        return sentence;
    }
}
