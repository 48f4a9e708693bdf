package io.github.spawnproof.analysis;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The stack traces of Java in a text: what was thrown, which of it comes from which, and the places that the frames name.
 * It knows the forms of {@code Throwable.printStackTrace}, of Logback and Log4j (jars behind the frames, the root cause
 * first), and of Spark, which logs exceptions of other machines in the middle of a line.
 */
final class JavaTraces {

    private static final String NAME = "(?:[A-Za-z_][\\w$]{0,80}\\.){0,12}[A-Z][\\w$]{0,100}";
    private static final String TYPE = "(" + NAME + ")(?=:|;| *$)";

    /** Names that types of exceptions have, without which a line is no exception. */
    private static final Pattern THROWABLE =
            Pattern.compile("(?:[\\w$]+\\.)*[\\w$]*(?:Exception|Error|Throwable|Failure)");

    /** A line that says itself what it is. */
    private static final Pattern MARKED =
            Pattern.compile("(?:(Caused by|Wrapped by|Suppressed): |Exception in thread '.{0,200}?' )" + TYPE);

    private static final Pattern BARE = Pattern.compile(TYPE);
    /** Behind what a log says before: {@code Lost task 0.0 in stage 0.0 (TID 0): java.lang.IllegalStateException: …}. */
    private static final Pattern BEHIND = Pattern.compile("(?:: | - |] )" + TYPE);

    private static final Pattern FRAME = Pattern.compile(
            "at (?:[\\w.@-]{0,100}/){0,2}((?:[\\w$]{1,200}\\.){0,30})([\\w$]{1,200})\\.[\\w$<>-]{1,200}"
                    + "\\((?:([\\w$-]{1,200}\\.(?:java|kt|scala|groovy)):(\\d{1,9})|[^()]{0,100})\\)(?: ~?\\[([^]]{0,200})])?");
    private static final Pattern ELIDED = Pattern.compile("\\.\\.\\. \\d+ (?:more|common frames omitted)");
    /** What the exception says goes on in the next line. */
    private static final String NESTED = "nested exception is:";

    /** Code that is nobody's own. */
    private static final Pattern FOREIGN =
            Pattern.compile("(?:java|javax|jdk|sun|jakarta|scala|kotlin|groovy|py4j|reactor)\\."
                    + "|com\\.(?:sun|hazelcast|fasterxml|google\\.(?:common|inject))\\.|io\\.(?:netty|grpc|micrometer)\\."
                    + "|org\\.(?:apache|springframework|hibernate|quartz|slf4j|junit|codehaus|gradle|jboss|reactivestreams"
                    + "|eclipse\\.jetty)\\.|ch\\.qos\\.|net\\.bytebuddy\\.");

    /** Where a frame's class was loaded from, if that is no jar. */
    private static final Pattern OWN_CLASSES = Pattern.compile("(?:test-)?classes/?:.*|\\?:.*|main:.*|na:.*");

    /**
     * Something that was thrown.
     *
     * @param start where its type starts in the text as {@link PastedText} reads it
     * @param end where that line ends
     * @param segmentEnd where what belongs to it ends: the rest of its message and its frames
     * @param cause the index of what it comes from; -1 if there is none
     * @param wrapper the index of what comes from it; -1 if there is none
     * @param places in the user's code, the innermost first; without those that it shares with its wrapper
     */
    record Thrown(int start, int end, int segmentEnd, int cause, int wrapper, List<CodePlace> places) {}

    /** An exception while its trace is read. */
    private static final class Reading {
        private final int start;
        private final int end;
        private int segmentEnd;
        private int cause = -1;
        private int wrapper = -1;
        private boolean hasFrames;
        private boolean isOver;
        private final List<CodePlace> places = new ArrayList<>();

        Reading(int start, int end) {
            this.start = start;
            this.end = end;
            this.segmentEnd = end;
        }

        Thrown thrown() {
            return new Thrown(start, end, segmentEnd, cause, wrapper, List.copyOf(places));
        }
    }

    private final List<Thrown> thrown;

    private JavaTraces(List<Thrown> thrown) {
        this.thrown = List.copyOf(thrown);
    }

    static JavaTraces of(PastedText pasted) {
        if (!pasted.text().contains("at ")) {
            return new JavaTraces(List.of());
        }
        List<Reading> all = new ArrayList<>();
        int current = -1;
        for (int i = 0; i < pasted.lines().size(); i++) {
            String line = pasted.line(i);
            int start = pasted.lines().get(i);
            Matcher frame = FRAME.matcher(line);
            if (frame.lookingAt() || ELIDED.matcher(line).lookingAt()) {
                if (current >= 0 && !all.get(current).isOver) {
                    Reading reading = all.get(current);
                    reading.hasFrames = true;
                    reading.segmentEnd = pasted.lineEnd(i);
                    if (frame.lookingAt()) {
                        place(frame).filter(at -> !reading.places.contains(at)).ifPresent(reading.places::add);
                    }
                }
                continue;
            }
            Matcher marked = MARKED.matcher(line);
            if (marked.lookingAt()) {
                all.add(new Reading(start + marked.start(2), pasted.lineEnd(i)));
                link(all, current, marked.group(1) == null ? "" : marked.group(1));
                current = all.size() - 1;
                continue;
            }
            int type = startOfType(pasted, i, line);
            if (type >= 0) {
                all.add(new Reading(start + type, pasted.lineEnd(i)));
                current = all.size() - 1;
            } else if (current >= 0) {
                Reading reading = all.get(current);
                reading.isOver |= reading.hasFrames;
                reading.segmentEnd = reading.isOver ? reading.segmentEnd : pasted.lineEnd(i);
            }
        }
        return new JavaTraces(withTraces(all));
    }

    private static void link(List<Reading> all, int before, String mark) {
        int last = all.size() - 1;
        if (before >= 0 && mark.equals("Caused by")) {
            all.get(before).cause = last;
            all.get(last).wrapper = before;
        } else if (before >= 0 && mark.equals("Wrapped by")) {
            all.get(last).cause = before;
            all.get(before).wrapper = last;
        }
    }

    /** Returns where in a line that says nothing of itself the type of an exception starts; -1 if there is none. */
    private static int startOfType(PastedText pasted, int index, String line) {
        Matcher bare = BARE.matcher(line);
        if (bare.lookingAt() && THROWABLE.matcher(bare.group(1)).matches()) {
            return index > 0 && pasted.line(index - 1).endsWith(NESTED) ? -1 : 0;
        }
        if (index + 1 < pasted.lines().size()
                && FRAME.matcher(pasted.line(index + 1)).lookingAt()) {
            Matcher behind = BEHIND.matcher(line);
            while (behind.find()) {
                if (THROWABLE.matcher(behind.group(1)).matches()) {
                    return behind.start(1);
                }
            }
        }
        return -1;
    }

    /** Returns what has frames or is in a chain; other lines may look alike, as Python's last ones do. */
    private static List<Thrown> withTraces(List<Reading> all) {
        List<Integer> places = new ArrayList<>();
        int kept = 0;
        for (Reading reading : all) {
            places.add(isTrace(reading) ? kept++ : -1);
        }
        List<Thrown> thrown = new ArrayList<>();
        for (Reading reading : all) {
            if (isTrace(reading)) {
                reading.cause = reading.cause < 0 ? -1 : places.get(reading.cause);
                reading.wrapper = reading.wrapper < 0 ? -1 : places.get(reading.wrapper);
                thrown.add(reading.thrown());
            }
        }
        return thrown;
    }

    private static boolean isTrace(Reading reading) {
        return reading.hasFrames || reading.cause >= 0 || reading.wrapper >= 0;
    }

    /** Returns the place of a frame, if it is in the user's code: the path that the package and the file's name make. */
    private static Optional<CodePlace> place(Matcher frame) {
        String origin = frame.group(5);
        boolean isForeign = FOREIGN.matcher(frame.group(1)).lookingAt()
                || (origin != null && !OWN_CLASSES.matcher(origin).matches());
        return frame.group(3) == null || isForeign
                ? Optional.empty()
                : Optional.of(new CodePlace(
                        frame.group(1).replace('.', '/') + frame.group(3), Integer.parseInt(frame.group(4))));
    }

    List<Thrown> all() {
        return thrown;
    }

    boolean isEmpty() {
        return thrown.isEmpty();
    }

    /**
     * Returns places in the user's code for what stands at an offset, the likeliest first: those of its own exception,
     * those of what comes from it, which has the frames that both share, and those of what it comes from. Empty if it
     * stands in no trace.
     */
    Optional<List<CodePlace>> at(int offset) {
        for (Thrown one : thrown) {
            if (one.start() <= offset && offset <= one.segmentEnd()) {
                return Optional.of(around(one));
            }
        }
        return Optional.empty();
    }

    /** Returns places for what stands outside of all traces: those of the next one, else of the last. */
    List<CodePlace> near(int offset) {
        List<CodePlace> before = List.of();
        for (Thrown one : thrown) {
            List<CodePlace> places = around(one);
            if (!places.isEmpty() && one.start() >= offset) {
                return places;
            }
            before = places.isEmpty() ? before : places;
        }
        return before;
    }

    private List<CodePlace> around(Thrown one) {
        Set<CodePlace> places = new LinkedHashSet<>(one.places());
        for (int i = one.wrapper(); i >= 0; i = thrown.get(i).wrapper()) {
            places.addAll(thrown.get(i).places());
        }
        for (int i = one.cause(); i >= 0; i = thrown.get(i).cause()) {
            places.addAll(thrown.get(i).places());
        }
        return List.copyOf(places);
    }
}
