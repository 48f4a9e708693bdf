package io.github.spawnproof.analysis;

import io.github.spawnproof.analysis.KnownMessage.Kind;
import io.github.spawnproof.analysis.KnownMessage.Subject;
import io.github.spawnproof.analysis.KnownMessage.Wording;
import io.github.spawnproof.rule.RuleCatalog;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The errors that are known, and where a text has them. Immutable. */
final class ErrorMessages {

    private static final String RESOURCE = "known.messages";

    private static final Pattern PROCESSES = Pattern.compile(
            "multiprocess|concurrent[./\\\\]futures|forkserver|(?:Spawn|Fork|ForkServer)?P(?:rocess|ool|oolWorker)(?:-\\d|\\()"
                    + "|ProcessPool|DataLoader|joblib|loky|jina|torch\\.");
    private static final Pattern JINA = Pattern.compile("(?i)\\bjina|WorkerRuntime|\\bDeployment\\b");
    /** What objects go through from one Java virtual machine to another, and what starts another process. */
    private static final Pattern JVM = Pattern.compile("\\.Object(?:In|Out)putStream\\b|\\bjava\\.rmi\\b|ProcessBuilder"
            + "|\\borg\\.apache\\.(?:spark|flink|beam|storm|ignite)\\b|\\bcom\\.hazelcast\\b|SerializedLambda");
    /** The type of an exception, before its message. */
    private static final Pattern TYPE = Pattern.compile(
            "(?:[A-Za-z_]\\w{0,50}\\.){0,6}[A-Z]\\w{0,50}(?:Error|Exception|Warning|Pool|Source|Start)(?:: ?|\\(')$");

    /** A message that has nothing but its type is told by the line of code before it. */
    private static final Pattern SOURCE_LINE = Pattern.compile("^raise (\\w+) \\1$");

    /** Since Python 3.14 pickle tells the way to what it could not pickle: docs.python.org/3/whatsnew/3.14.html. */
    private static final Pattern NOTE =
            Pattern.compile(" ?when serializing (?=(method)?)[^ ]{1,200}(?: (?!when )[^ ]{1,200}){0,4}");

    /** Of what could be two pages, the one that these notes tell, by whether a method is on the way. */
    private static final String METHOD_RULE = "unpicklable-self";

    private static final String VALUE_RULE = "unpicklable-argument";

    private static final int LONGEST_TYPE = 200;
    /** Parts of a message that are no further apart are one message: what stands between them is its own text. */
    private static final int NEAR = 160;
    /** A text that is no longer and has no frames is a message alone, and meant as one. */
    private static final int SHORT = 600;

    private final List<KnownMessage> known;

    private ErrorMessages(List<KnownMessage> known) {
        this.known = List.copyOf(known);
    }

    /** A match before it is known which of those at a place counts. */
    private record Match(
            KnownMessage known,
            Wording wording,
            int order,
            int start,
            int shownEnd,
            int end,
            List<String> names,
            List<String> quoted) {

        Match(KnownMessage known, Wording wording, int order, int start, int end, List<String> names) {
            this(known, wording, order, start, end, end, names, List.of());
        }

        /** Returns the same with the rules of a message within it, which are all that helps if it has none. */
        Match quoting(Match other) {
            return quoted.isEmpty() && other.start > start
                    ? new Match(known, wording, order, start, shownEnd, end, names, other.known.rules())
                    : this;
        }

        static final Comparator<Match> ORDER = Comparator.comparingInt(Match::start)
                .thenComparing(Comparator.comparingInt(Match::end).reversed())
                .thenComparingInt(Match::order);

        boolean continues(Match before) {
            return known.name().equals(before.known.name())
                    && !wording.varies()
                    && !before.wording.varies()
                    && !wording.anchor().equals(before.wording.anchor())
                    && start - before.end <= NEAR;
        }
    }

    /** Reads the errors that this program is packed with. */
    static ErrorMessages load() {
        try (InputStream in = ErrorMessages.class.getResourceAsStream(RESOURCE)) {
            if (in == null) {
                throw new IllegalStateException("no resource " + RESOURCE);
            }
            return read(new String(in.readAllBytes(), StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Reads errors in the form that {@code known.messages} describes. */
    private static ErrorMessages read(String resource) {
        List<KnownMessage> known = new ArrayList<>();
        Entry entry = null;
        for (String line : resource.lines().map(String::strip).toList()) {
            if (line.isEmpty() || line.startsWith("#")) {
                continue;
            }
            if (line.startsWith("[") && line.endsWith("]")) {
                if (entry != null) {
                    known.add(entry.message());
                }
                entry = new Entry(line.substring(1, line.length() - 1));
            } else if (entry == null) {
                throw new IllegalArgumentException("a line before the first name: " + line);
            } else {
                entry.read(line);
            }
        }
        if (entry != null) {
            known.add(entry.message());
        }
        return new ErrorMessages(known);
    }

    /** An entry of the resource, while it is read. */
    private static final class Entry {
        private final String name;
        private final List<Wording> wordings = new ArrayList<>();
        private final List<String> rules = new ArrayList<>();
        private final List<String> jinaRules = new ArrayList<>();
        private final List<String> sentences = new ArrayList<>();
        private Kind kind = Kind.CAUSE;
        private Subject only = Subject.ANYTHING;

        Entry(String name) {
            this.name = name;
        }

        void read(String line) {
            int blank = line.indexOf(' ');
            String key = blank < 0 ? line : line.substring(0, blank);
            String value = blank < 0 ? "" : line.substring(blank).strip();
            switch (key) {
                case "text" -> wordings.add(Wording.of(value));
                case "rules" -> rules.addAll(List.of(value.split(",\\s*", -1)));
                case "jina" -> jinaRules.addAll(List.of(value.split(",\\s*", -1)));
                case "say" -> sentences.add(value);
                case "symptom" -> kind = Kind.SYMPTOM;
                case "step" -> kind = Kind.STEP;
                case "remark" -> kind = Kind.REMARK;
                case "detail" -> kind = Kind.DETAIL;
                case "only" -> only = Subject.valueOf(value.toUpperCase(Locale.ROOT));
                default -> throw new IllegalArgumentException(name + ": " + line);
            }
        }

        KnownMessage message() {
            if (wordings.isEmpty() || sentences.isEmpty()) {
                throw new IllegalArgumentException(name + " needs a text and a sentence");
            }
            return new KnownMessage(name, wordings, rules, jinaRules, String.join(" ", sentences), kind, only);
        }
    }

    List<KnownMessage> all() {
        return known;
    }

    /** Tells what a text speaks of, which decides about messages that are not of processes alone. */
    record Context(boolean processes, boolean jina, boolean jvm, boolean messageAlone, boolean showsCode) {

        /** Returns the context of a text that somebody wants explained. */
        static Context of(PastedText pasted, CodePlaces places) {
            String text = pasted.text();
            boolean frames = !places.isEmpty();
            boolean alone = text.length() <= SHORT && !frames;
            return new Context(
                    PROCESSES.matcher(text).find(),
                    JINA.matcher(text).find(),
                    JVM.matcher(text).find(),
                    alone,
                    places.showsCode());
        }

        /** Returns the context of a part of a file, which says more than one message. */
        static Context within(String file, boolean showsCode) {
            return new Context(
                    PROCESSES.matcher(file).find(),
                    JINA.matcher(file).find(),
                    JVM.matcher(file).find(),
                    false,
                    showsCode);
        }

        boolean holds(Subject only) {
            return switch (only) {
                case ANYTHING -> true;
                case PROCESSES -> processes || jina || messageAlone;
                case JINA -> jina || messageAlone;
                case JVM -> jvm || messageAlone;
            };
        }
    }

    /** Returns the messages in a text, in its order; none lies within another. */
    List<RecognisedMessage> find(PastedText pasted, Context context, RuleCatalog catalog) {
        List<Match> matches = new ArrayList<>();
        for (int order = 0; order < known.size(); order++) {
            if (context.holds(known.get(order).only())) {
                collect(pasted.text(), known.get(order), order, context.showsCode(), matches);
            }
        }
        matches.sort(Match.ORDER);
        List<RecognisedMessage> found = new ArrayList<>();
        Match last = null;
        for (Match match : matches) {
            if (last == null) {
                last = match;
            } else if (match.continues(last)) {
                int end = Math.max(last.end, match.end);
                last = new Match(
                        match.known,
                        match.wording,
                        match.order,
                        last.start,
                        // Behind the name of a type its message is worth more than the name alone.
                        match.start - last.end <= ": ".length() ? end : last.shownEnd,
                        end,
                        last.names,
                        last.quoted);
            } else if (match.start < last.end) {
                last = last.quoting(match);
            } else {
                found.add(recognised(pasted, last, context, catalog));
                last = match;
            }
        }
        if (last != null) {
            found.add(recognised(pasted, last, context, catalog));
        }
        return found;
    }

    private static void collect(String text, KnownMessage message, int order, boolean showsCode, List<Match> matches) {
        for (Wording wording : message.wordings()) {
            if (!text.contains(wording.anchor())) {
                continue;
            }
            Matcher matcher = wording.pattern().matcher(text);
            while (matcher.find()) {
                if (showsCode && isCode(text, matcher.start())) {
                    continue;
                }
                List<String> names = new ArrayList<>();
                for (int group = 1; group <= matcher.groupCount(); group++) {
                    names.add(matcher.group(group));
                }
                matches.add(new Match(message, wording, order, matcher.start(), matcher.end(), names));
            }
        }
    }

    /** Tells whether a text is a literal in a line of code, which a traceback shows; the library's own has messages. */
    private static boolean isCode(String text, int start) {
        String before = text.substring(Math.max(0, start - LONGEST_TYPE), start);
        Matcher type = TYPE.matcher(before);
        return type.find()
                ? before.endsWith("('") && before.startsWith("raise ", type.start() - "raise ".length())
                : before.endsWith("'") && !before.endsWith("''");
    }

    private static RecognisedMessage recognised(PastedText pasted, Match match, Context context, RuleCatalog catalog) {
        int start = match.start;
        Matcher type = TYPE.matcher(pasted.text().substring(Math.max(0, start - LONGEST_TYPE), start));
        boolean typed = false;
        if (type.find()) {
            start -= type.end() - type.start();
            typed = !type.group().endsWith("'"); // A representation, which is a quotation too.
        }
        return new RecognisedMessage(
                match.known,
                pasted.original(start, match.end),
                start,
                match.end,
                SOURCE_LINE.matcher(pasted.shown(start, match.shownEnd)).replaceFirst("$1"),
                typed,
                match.names,
                rules(match, pasted.text(), context, catalog));
    }

    private static List<String> rules(Match match, String text, Context context, RuleCatalog catalog) {
        Set<String> rules = new LinkedHashSet<>();
        if (context.jina) {
            rules.addAll(match.known.jinaRules());
        }
        Matcher note = NOTE.matcher(text).region(match.end, text.length());
        if (note.lookingAt()) {
            boolean method = false;
            do {
                method |= note.group(1) != null;
            } while (note.region(note.end(), text.length()).lookingAt());
            String likelier = method ? METHOD_RULE : VALUE_RULE;
            match.known.rules().stream().filter(likelier::equals).forEach(rules::add);
        }
        rules.addAll(match.known.rules());
        if (rules.isEmpty()) {
            rules.addAll(match.quoted);
        }
        rules.removeIf(id -> catalog.find(id).isEmpty());
        return List.copyOf(rules);
    }
}
