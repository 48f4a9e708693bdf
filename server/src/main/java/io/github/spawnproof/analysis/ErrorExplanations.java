package io.github.spawnproof.analysis;

import io.github.spawnproof.rule.RuleCatalog;
import io.github.spawnproof.rule.RulePage;
import io.github.spawnproof.source.TextRange;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Explains error texts: what a log, a traceback or a comment tells of, and which pages help. Never fails. */
public final class ErrorExplanations {

    /** What is said of every symptom. */
    public static final String SYMPTOM =
            "This is only a symptom: something failed before; look for the error above it.";

    /** Nobody reads more. */
    private static final int MOST = 100;

    /** Reads the errors when somebody first asks for one. */
    private static final class Known {
        static final ErrorMessages MESSAGES = ErrorMessages.load();
    }

    private ErrorExplanations() {}

    /** Returns what is known of a text, each message once: causes in the text's order, then symptoms. */
    public static List<ErrorExplanation> of(String text, RuleCatalog catalog) {
        PastedText pasted = PastedText.of(text);
        List<RecognisedMessage> messages =
                distinct(Known.MESSAGES.find(pasted, ErrorMessages.Context.of(pasted), catalog));
        CodePlaces places = CodePlaces.of(pasted);
        List<ErrorExplanation> explanations = new ArrayList<>();
        for (boolean symptom : new boolean[] {false, true}) {
            for (RecognisedMessage message : messages) {
                if (message.known().symptom() == symptom) {
                    explanations.add(new ErrorExplanation(
                            message.shown(),
                            message.rules(),
                            symptom,
                            message.known().sentence(),
                            places.of(message)));
                }
            }
        }
        return explanations;
    }

    private static List<RecognisedMessage> distinct(List<RecognisedMessage> messages) {
        Map<String, RecognisedMessage> distinct = new LinkedHashMap<>();
        for (RecognisedMessage message : messages) {
            String key = message.known().name() + " " + message.subject();
            RecognisedMessage same = distinct.get(key);
            // The line that raises it may quote it before.
            boolean better = same == null ? distinct.size() < MOST : message.typed() && !same.typed();
            if (better) {
                distinct.put(key, message);
            }
        }
        return List.copyOf(distinct.values());
    }

    /**
     * Returns the explanation of an error text at an offset.
     *
     * @param program the text of the file
     * @param block the comment or string around the offset
     */
    static Optional<Explanation> at(String program, TextRange block, int offset, RuleCatalog catalog) {
        PastedText pasted = PastedText.ofLiteral(program.substring(block.start(), block.end()));
        List<RecognisedMessage> messages = Known.MESSAGES.find(pasted, ErrorMessages.Context.within(program), catalog);
        for (RecognisedMessage message : messages) {
            TextRange range = new TextRange(
                    block.start() + message.range().start(),
                    block.start() + message.range().end());
            if (range.start() <= offset && offset <= range.end()) {
                ErrorExplanation explanation = new ErrorExplanation(
                        message.shown(),
                        message.rules(),
                        message.known().symptom(),
                        message.known().sentence(),
                        List.of());
                return Optional.of(new Explanation(range, markdown(List.of(explanation), catalog)));
            }
        }
        return Optional.empty();
    }

    /** Returns explanations as Markdown, each page once. */
    public static String markdown(List<ErrorExplanation> explanations, RuleCatalog catalog) {
        Set<String> shown = new LinkedHashSet<>();
        StringBuilder markdown = new StringBuilder();
        for (ErrorExplanation explanation : explanations) {
            markdown.append(markdown.length() == 0 ? "" : "\n---\n\n");
            markdown.append(code(explanation.message())).append("\n\n");
            if (explanation.symptom()) {
                markdown.append(SYMPTOM).append('\n');
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

    /** Returns text as a code span, whatever it holds. */
    private static String code(String text) {
        return text.contains("`") ? "`` " + text + " ``" : "`" + text + "`";
    }

    /** Returns the names of all errors and the rules that they name, for tests. */
    static List<KnownMessage> known() {
        return Known.MESSAGES.all();
    }
}
