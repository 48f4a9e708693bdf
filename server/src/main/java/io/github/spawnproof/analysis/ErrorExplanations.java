package io.github.spawnproof.analysis;

import io.github.spawnproof.rule.RuleCatalog;
import io.github.spawnproof.rule.RulePage;
import io.github.spawnproof.source.TextRange;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;

/** Explains error texts: what a log, a traceback or a comment tells of, and which pages help. Never fails. */
public final class ErrorExplanations {

    /** What is said of a symptom that stands alone. */
    private static final String SYMPTOM =
            "This is only a symptom: something failed before; look for the error above it.";

    /** What is said of an error that others follow from. */
    public static final String CAUSE = "This is the cause; the symptoms below follow from it.";

    /** How much of a long text around an offset is looked at: an error above it stands near. */
    private static final int BEFORE = 64 * 1024;

    private static final int AFTER = 16 * 1024;

    private static final int LONGEST_QUOTATION = 200;

    /** Reads the errors when somebody first asks for one. */
    private static final class Known {
        static final ErrorMessages MESSAGES = ErrorMessages.load();
    }

    private ErrorExplanations() {}

    /** Returns what is known of a text, each message once: causes in the text's order, then symptoms. */
    public static List<ErrorExplanation> of(String text, RuleCatalog catalog) {
        return ErrorReading.of(PastedText.of(text), Known.MESSAGES, catalog).all();
    }

    /**
     * Returns the explanation of an error text at an offset.
     *
     * @param program the text of the file
     * @param block the comment or string around the offset
     */
    static Optional<Explanation> at(String program, TextRange block, int offset, RuleCatalog catalog) {
        PastedText pasted = PastedText.ofLiteral(program.substring(block.start(), block.end()));
        return at(ErrorReading.within(program, pasted, Known.MESSAGES, catalog), block.start(), offset, catalog);
    }

    /** Returns the explanation of an error text at an offset of a log or of any other text, however long. */
    static Optional<Explanation> in(String text, int offset, RuleCatalog catalog) {
        int start = text.lastIndexOf('\n', Math.max(0, offset - BEFORE)) + 1;
        start = offset - start > 2 * BEFORE ? offset - BEFORE : start; // A line that is longer than all that is read.
        int end = text.indexOf('\n', Math.min(text.length(), offset + AFTER));
        end = end < 0 || end - offset > 2 * AFTER ? Math.min(text.length(), offset + AFTER) : end;
        String part = text.substring(start, end);
        return at(ErrorReading.within(part, PastedText.of(part), Known.MESSAGES, catalog), start, offset, catalog);
    }

    /** Returns the explanation of a message of a part of a text, with that of its cause, which matters more. */
    private static Optional<Explanation> at(ErrorReading reading, int start, int offset, RuleCatalog catalog) {
        return reading.at(offset - start).map(message -> {
            List<ErrorExplanation> explanations = new ArrayList<>(List.of(reading.explanation(message)));
            reading.cause(message).ifPresent(explanations::add);
            TextRange range = new TextRange(
                    start + message.range().start(), start + message.range().end());
            return new Explanation(range, markdown(explanations, catalog));
        });
    }

    /** Returns explanations as Markdown, each page once. */
    public static String markdown(List<ErrorExplanation> explanations, RuleCatalog catalog) {
        Set<String> shown = new LinkedHashSet<>();
        StringBuilder markdown = new StringBuilder();
        for (ErrorExplanation explanation : explanations) {
            markdown.append(markdown.length() == 0 ? "" : "\n---\n\n");
            markdown.append(code(explanation.message())).append("\n\n");
            if (explanation.symptom()) {
                markdown.append(symptom(explanation, ErrorExplanations::code)).append('\n');
            }
            int later = explanations.indexOf(explanation) + 1;
            if (explanations.subList(later, explanations.size()).stream().anyMatch(explanation::isCauseOf)) {
                markdown.append(CAUSE).append('\n');
            }
            markdown.append(explanation.text()).append('\n');
            for (String id : explanation.rules()) {
                if (shown.add(id)) {
                    catalog.find(id)
                            .ifPresent(rule -> markdown.append("\n---\n\n")
                                    .append(RulePage.of(rule).hover()));
                }
            }
        }
        return markdown.toString();
    }

    /**
     * Says what an error is a symptom of.
     *
     * @param quoting makes a quotation of a message
     */
    public static String symptom(ErrorExplanation explanation, UnaryOperator<String> quoting) {
        if (explanation.cause().isEmpty()) {
            return SYMPTOM;
        }
        ErrorCause cause = explanation.cause().get();
        return cause.isCertain()
                ? "This is only a symptom of " + quoting.apply(firstSentence(cause.message()))
                : "This is only a symptom; the nearest error is " + quoting.apply(firstSentence(cause.message()));
    }

    /** Returns the first sentence of a message, which tells it from the others of a log. */
    private static String firstSentence(String message) {
        int end = message.indexOf(". ");
        String sentence = end < 0 ? message : message.substring(0, end);
        return sentence.length() <= LONGEST_QUOTATION ? sentence : sentence.substring(0, LONGEST_QUOTATION) + "…";
    }

    /** Returns text as a code span, whatever it holds. */
    private static String code(String text) {
        return text.contains("`") ? "`` " + text + " ``" : "`" + text + "`";
    }

    /** Returns the names of all errors and the rules that they name, for tests. */
    static List<KnownMessage> known() {
        return Known.MESSAGES.all();
    }
}
