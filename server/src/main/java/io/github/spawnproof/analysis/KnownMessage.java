package io.github.spawnproof.analysis;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * An error that is known, in all its wordings.
 *
 * @param name tells it from the others
 * @param wordings its texts
 * @param rules ids of the rules whose pages explain it, the likeliest first
 * @param jinaRules those that come before, where the text speaks of Jina
 * @param sentence what it means and what to do
 * @param kind what it is to the other errors of a text
 * @param only where it counts, since others say the same for other reasons
 */
record KnownMessage(
        String name,
        List<Wording> wordings,
        List<String> rules,
        List<String> jinaRules,
        String sentence,
        Kind kind,
        Subject only) {

    /** What a message is to the other errors of a text. */
    enum Kind {
        /** Something failed here. */
        CAUSE,
        /** Something failed here, unless another error follows from it, which then tells more. */
        STEP,
        /** Something else failed before. */
        SYMPTOM,
        /** No error. */
        REMARK,
        /** Says more about the error before it, and which of its pages is the one. */
        DETAIL
    }

    /** What a text has to speak of for a message to count. */
    enum Subject {
        ANYTHING,
        PROCESSES,
        JINA,
        JVM
    }

    KnownMessage {
        wordings = List.copyOf(wordings);
        rules = List.copyOf(rules);
        jinaRules = List.copyOf(jinaRules);
    }

    /** Tells whether something else failed before. */
    boolean symptom() {
        return kind == Kind.SYMPTOM;
    }

    /**
     * One text of a message.
     *
     * @param anchor a part that is always there
     * @param varies whether the text names something of the program, by groups of the pattern
     */
    record Wording(Pattern pattern, String anchor, boolean varies) {

        private static final Pattern PART = Pattern.compile("\\{([^{}]+)}");
        /** Names that Markdown spoils where they are not marked as code: it takes their underscores for emphasis. */
        private static final Pattern EMPHASIS = Pattern.compile("__(name|main|mp_main|init)__");

        /** Reads a text of {@code known.messages}; the form is described there. */
        static Wording of(String text) {
            StringBuilder pattern = new StringBuilder();
            String anchor = "";
            boolean varies = false;
            Matcher parts = PART.matcher(text);
            int end = 0;
            while (parts.find()) {
                anchor = longer(anchor, text.substring(end, parts.start()));
                pattern.append(literal(text.substring(end, parts.start())));
                String part = parts.group(1);
                pattern.append(part.contains("|") ? alternatives(part) : placeholder(part));
                varies |= isName(part);
                end = parts.end();
            }
            pattern.append(literal(text.substring(end)));
            return new Wording(Pattern.compile(pattern.toString()), longer(anchor, text.substring(end)), varies);
        }

        private static String longer(String anchor, String literal) {
            // Emphasis may be spoilt, so that only what lies between is certain.
            for (String piece : EMPHASIS.split(literal, -1)) {
                anchor = piece.length() > anchor.length() ? piece : anchor;
            }
            return anchor;
        }

        private static String literal(String text) {
            StringBuilder pattern = new StringBuilder();
            Matcher emphasis = EMPHASIS.matcher(text);
            int end = 0;
            while (emphasis.find()) {
                pattern.append(quote(text.substring(end, emphasis.start())));
                pattern.append("[_*]{0,2}").append(emphasis.group(1)).append("[_*]{0,2}");
                end = emphasis.end();
            }
            return pattern.append(quote(text.substring(end))).toString();
        }

        private static String quote(String text) {
            return text.isEmpty() ? "" : Pattern.quote(text);
        }

        private static String alternatives(String part) {
            List<String> patterns = new ArrayList<>();
            for (String alternative : part.split("\\|", -1)) {
                patterns.add(literal(alternative));
            }
            return "(?:" + String.join("|", patterns) + ")";
        }

        private static boolean isName(String part) {
            return switch (part) {
                case "name", "word", "Class", "private", "path", "type", "lambda" -> true;
                default -> false;
            };
        }

        private static String placeholder(String part) {
            return switch (part) {
                // Possessive where it can be, so that no text makes the search slow.
                case "name" -> "([\\w.<>]{1,200})";
                case "word" -> "\\b(\\w{1,100})";
                case "Class" -> "(_{0,2}[A-Z]\\w{0,100})";
                case "private" -> "(__\\w{0,100}?[A-Za-z0-9]_?)(?=')";
                case "type" -> "(\\[{0,3}[\\w$]{1,200}+(?:\\.[\\w$]{1,200}+){0,20}+;?)(?:/0x[0-9a-f]{1,20})?";
                case "lambda" -> "([\\w.$]{1,300}?\\$\\$Lambda)[$/\\w]{0,60}+";
                case "path" -> "([^\\s'(){}]{1,300})";
                case "number" -> "\\d++(?:\\.\\d++)?";
                case "address" -> "0x[\\w.…]{1,20}";
                case "text" -> ".{1,400}?";
                default -> throw new IllegalArgumentException("no placeholder {" + part + "}");
            };
        }
    }
}
