package io.github.spawnproof.analysis;

import io.github.spawnproof.analysis.KnownMessage.Kind;
import io.github.spawnproof.analysis.Tracebacks.Raised;
import io.github.spawnproof.rule.RuleCatalog;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.ToIntFunction;
import java.util.regex.Pattern;

/** One text with the known messages in it: which tell the cause, and which are symptoms of what. */
final class ErrorReading {

    /** Nobody reads more. */
    private static final int MOST = 100;

    /** Exceptions that tell of no fault themselves. */
    private static final Pattern NO_CAUSE =
            Pattern.compile("(?:KeyboardInterrupt|SystemExit|GeneratorExit|StopIteration|\\w*ExceptionGroup)\\b.*");

    private final PastedText pasted;
    private final CodePlaces places;
    private final Tracebacks tracebacks;
    /** In the order of the original text. */
    private final List<RecognisedMessage> messages;
    /** By what tells them from one another. */
    private final Map<String, RecognisedMessage> distinct;

    private ErrorReading(
            PastedText pasted,
            JavaTraces java,
            CodePlaces places,
            ErrorMessages known,
            ErrorMessages.Context context,
            RuleCatalog catalog) {
        this.pasted = pasted;
        this.places = places;
        this.tracebacks = Tracebacks.of(pasted, java);
        this.messages = new ArrayList<>(known.find(pasted, context, catalog));
        messages.sort(Comparator.comparingInt(message -> message.range().start()));
        this.distinct = distinct(messages);
    }

    /** Reads a text that somebody wants explained. */
    static ErrorReading of(PastedText pasted, ErrorMessages known, RuleCatalog catalog) {
        JavaTraces java = JavaTraces.of(pasted);
        CodePlaces places = CodePlaces.of(pasted, java);
        return new ErrorReading(pasted, java, places, known, ErrorMessages.Context.of(pasted, places), catalog);
    }

    /**
     * Reads a part of a file.
     *
     * @param file what decides on messages that others than processes have too
     */
    static ErrorReading within(String file, PastedText pasted, ErrorMessages known, RuleCatalog catalog) {
        JavaTraces java = JavaTraces.of(pasted);
        CodePlaces places = CodePlaces.of(pasted, java);
        return new ErrorReading(
                pasted, java, places, known, ErrorMessages.Context.within(file, places.showsCode()), catalog);
    }

    /** Returns what is known of the text, each message once: causes in its order, symptoms, then what is no error. */
    List<ErrorExplanation> all() {
        List<ErrorExplanation> explanations = new ArrayList<>();
        for (Kind kind : new Kind[] {Kind.CAUSE, Kind.SYMPTOM, Kind.REMARK}) {
            for (RecognisedMessage message : distinct()) {
                Kind its = message.known().kind() == Kind.STEP
                        ? Kind.CAUSE
                        : message.known().kind();
                if (its == kind) {
                    explanations.add(explanation(message));
                }
            }
        }
        // A detail tells something by itself only where nobody pasted what it is a detail of.
        return explanations.isEmpty()
                ? distinct().stream().limit(1).map(this::explanation).toList()
                : explanations;
    }

    /** Returns the message at an offset of the original text. */
    Optional<RecognisedMessage> at(int offset) {
        return messages.stream()
                .filter(message -> message.range().start() <= offset
                        && offset <= message.range().end())
                .findFirst();
    }

    /** Returns what is known of a message of this text. */
    ErrorExplanation explanation(RecognisedMessage message) {
        RecognisedMessage telling =
                message.known().kind() == Kind.STEP ? following(message).orElse(message) : message;
        Optional<Origin> origin = telling.known().symptom() ? origin(telling) : Optional.empty();
        Optional<RecognisedMessage> detail = detail(telling);
        List<String> rules = rules(telling, detail);
        if (origin.isPresent() && origin.get().isCertain()) {
            rules = origin.get()
                    .known()
                    .map(known -> rules(known, detail(known)))
                    .orElse(List.of());
        }
        return new ErrorExplanation(
                telling.shown(),
                rules,
                telling.known().symptom(),
                origin.map(Origin::cause),
                detail.map(more -> more.sentence() + " ").orElse("") + telling.sentence(),
                places(telling));
    }

    /** Returns the places of a message; if it has none, those of where else it was printed. */
    private List<CodePlace> places(RecognisedMessage message) {
        List<CodePlace> own = places.of(message);
        return own.isEmpty()
                ? messages.stream()
                        .filter(other -> key(other).equals(key(message)))
                        .map(places::of)
                        .filter(others -> !others.isEmpty())
                        .findFirst()
                        .orElse(own)
                : own;
    }

    /**
     * Returns what says more about an error: the first that does so between it and the next exception; of one that only
     * repeats what it comes from, what says more about that.
     */
    private Optional<RecognisedMessage> detail(RecognisedMessage message) {
        if (!isCause(message)) {
            return Optional.empty();
        }
        Optional<RecognisedMessage> own = messages.stream()
                .filter(other -> other.start() >= message.end() && other.start() < nextRaised(message))
                .min(Comparator.comparingInt(RecognisedMessage::start))
                .filter(other -> other.known().kind() == Kind.DETAIL);
        return own.isPresent() || message.known().kind() != Kind.STEP
                ? own
                : chain(message).stream()
                        .flatMap(raised -> messageOf(raised).stream())
                        .findFirst()
                        .filter(cause -> cause.known().kind() == Kind.STEP)
                        .flatMap(this::detail);
    }

    private int nextRaised(RecognisedMessage message) {
        return tracebacks.all().stream()
                .mapToInt(Raised::start)
                .filter(start -> start > message.end())
                .min()
                .orElse(Integer.MAX_VALUE);
    }

    /** Returns the rules of an error, those first that what says more about it has too. */
    private static List<String> rules(RecognisedMessage message, Optional<RecognisedMessage> detail) {
        List<String> rules =
                new ArrayList<>(detail.map(RecognisedMessage::rules).orElse(List.of()));
        rules.retainAll(message.rules());
        message.rules().stream().filter(rule -> !rules.contains(rule)).forEach(rules::add);
        return List.copyOf(rules);
    }

    /** Returns what a symptom comes from, if that is a message that is known too. */
    Optional<ErrorExplanation> cause(RecognisedMessage symptom) {
        return symptom.known().symptom()
                ? origin(symptom).flatMap(Origin::known).map(this::explanation)
                : Optional.empty();
    }

    private List<RecognisedMessage> distinct() {
        return distinct.values().stream()
                .filter(message -> message.known().kind() != Kind.STEP
                        || following(message).isEmpty())
                .toList();
    }

    /** Returns the first of each message; rather that which was raised than one that quotes it before. */
    private static Map<String, RecognisedMessage> distinct(List<RecognisedMessage> messages) {
        Map<String, RecognisedMessage> distinct = new LinkedHashMap<>();
        for (RecognisedMessage message : messages) {
            RecognisedMessage same = distinct.get(key(message));
            boolean better = same == null ? distinct.size() < MOST : message.typed() && !same.typed();
            if (better) {
                distinct.put(key(message), message);
            }
        }
        return distinct;
    }

    private static String key(RecognisedMessage message) {
        return message.known().name() + " " + message.names();
    }

    /** Returns the known error that follows from a message: a lookup that failed says less than who looked. */
    private Optional<RecognisedMessage> following(RecognisedMessage message) {
        Optional<Raised> next = tracebacks.following(tracebacks.at(message.start()));
        while (next.isPresent() && next.get().direct() && messageOf(next.get()).isEmpty()) {
            // A wrapper that only says what it wraps.
            next = tracebacks.following(tracebacks.all().indexOf(next.get()));
        }
        return next.flatMap(this::messageOf).filter(ErrorReading::isCause);
    }

    private Optional<RecognisedMessage> messageOf(Raised raised) {
        return messages.stream()
                .filter(message -> raised.start() <= message.start() && message.start() <= raised.end())
                .findFirst();
    }

    /**
     * Where a symptom comes from.
     *
     * @param known the message, if it is one that is known
     */
    private record Origin(ErrorCause cause, Optional<RecognisedMessage> known) {
        boolean isCertain() {
            return cause.isCertain();
        }
    }

    /**
     * Returns where a symptom comes from: the known error that it quotes, that in its own traceback, what its traceback says that it follows
     * from, the nearest known error, then the nearest of any kind. Of errors in other processes those before count more
     * than those after, but a parent may have printed its own first.
     */
    private Optional<Origin> origin(RecognisedMessage symptom) {
        Optional<RecognisedMessage> quoted = quoted(symptom);
        if (quoted.isPresent()) {
            return quoted.map(this::originAt);
        }
        List<Raised> chain = chain(symptom);
        for (Raised raised : chain) {
            Optional<RecognisedMessage> known = messageOf(raised).filter(ErrorReading::isCause);
            if (known.isPresent()) {
                return known.map(this::originAt);
            }
        }
        for (Raised raised : chain) {
            if (!isNoCause(raised) && leadsDirectly(raised)) {
                return Optional.of(originAt(raised, true));
            }
        }
        Optional<RecognisedMessage> known =
                nearest(symptom, messages.stream().filter(ErrorReading::isCause).toList(), RecognisedMessage::start);
        return known.map(this::originAt)
                .or(() -> chain.stream()
                        .filter(raised -> !isNoCause(raised))
                        .findFirst()
                        .map(raised -> originAt(raised, true)))
                .or(() -> nearest(
                                symptom,
                                tracebacks.all().stream()
                                        .filter(raised -> !isNoCause(raised))
                                        .toList(),
                                Raised::start)
                        .map(raised -> originAt(raised, false)));
    }

    /** Returns the error that the line of a symptom names behind it. */
    private Optional<RecognisedMessage> quoted(RecognisedMessage symptom) {
        int line = tracebacks.at(symptom.start());
        return messages.stream()
                .filter(other -> line >= 0
                        && isCause(other)
                        && other.start() >= symptom.end()
                        && other.start() <= tracebacks.get(line).end())
                .findFirst();
    }

    /** Returns the exceptions that that of a message follows from, the oldest first. */
    private List<Raised> chain(RecognisedMessage message) {
        List<Raised> chain = new ArrayList<>();
        int index = tracebacks.at(message.start());
        while (index >= 0) {
            index = tracebacks.get(index).follows();
            if (index >= 0) {
                chain.add(0, tracebacks.get(index));
            }
        }
        return chain;
    }

    private boolean leadsDirectly(Raised raised) {
        return tracebacks
                .following(tracebacks.all().indexOf(raised))
                .filter(Raised::direct)
                .isPresent();
    }

    private <T> Optional<T> nearest(RecognisedMessage symptom, List<T> candidates, ToIntFunction<T> start) {
        Optional<T> before = Optional.empty();
        for (T candidate : candidates) {
            if (position(start.applyAsInt(candidate)) < symptom.range().start()) {
                before = Optional.of(candidate);
            } else if (before.isEmpty()) {
                return Optional.of(candidate);
            }
        }
        return before;
    }

    private int position(int offset) {
        return pasted.original(offset, offset + 1).start();
    }

    private Origin originAt(RecognisedMessage message) {
        RecognisedMessage telling =
                message.known().kind() == Kind.STEP ? following(message).orElse(message) : message;
        RecognisedMessage known = distinct.getOrDefault(key(telling), telling);
        return new Origin(new ErrorCause(known.shown(), places(known), true), Optional.of(known));
    }

    private Origin originAt(Raised raised, boolean isCertain) {
        return new Origin(
                new ErrorCause(
                        pasted.shown(raised.start(), raised.end()), places.at(raised.start(), raised.end()), isCertain),
                Optional.empty());
    }

    private static boolean isCause(RecognisedMessage message) {
        return message.known().kind() == Kind.CAUSE || message.known().kind() == Kind.STEP;
    }

    private boolean isNoCause(Raised raised) {
        return messageOf(raised).isPresent()
                || NO_CAUSE.matcher(pasted.text().substring(raised.start(), raised.end()))
                        .matches();
    }
}
