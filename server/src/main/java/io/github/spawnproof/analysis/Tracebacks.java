package io.github.spawnproof.analysis;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The exceptions that the tracebacks of a text end with, or start with in Java; and which of them follows from which. */
final class Tracebacks {

    static final Pattern HEADER = Pattern.compile("Traceback \\(most recent call last\\)");
    static final Pattern CHAIN = Pattern.compile("(The above exception was the direct cause of the following exception)"
            + "|During handling of the above exception, another exception occurred");

    /** The last line of a traceback: a type, which has a module or a name that types of exceptions have. */
    private static final Pattern RAISED = Pattern.compile("(?:(?:[A-Za-z_]\\w{0,60}\\.){1,8}[A-Z_]\\w{0,60}"
            + "|[A-Z]\\w{0,60}?(?:Error|Exception|Exit|Interrupt|Iteration|Warning|Pool|Empty|Full|Timeout|Expired"
            + "|Failure|Cancelled|Start|Source))(?<!Traceback)(?::.*)?");

    /**
     * An exception as a traceback ends with it, or starts with it.
     *
     * @param start where its line starts in the text as {@link PastedText} reads it; in Java, its type
     * @param end where that line ends
     * @param follows the index of the exception that it follows from; -1 if there is none
     * @param direct whether the program says so itself, by {@code raise … from} or as a cause
     */
    record Raised(int start, int end, int follows, boolean direct) {}

    private final List<Raised> raised = new ArrayList<>();

    private Tracebacks() {}

    static Tracebacks of(PastedText pasted, JavaTraces java) {
        Tracebacks tracebacks = new Tracebacks();
        tracebacks.read(pasted);
        if (!java.isEmpty()) {
            tracebacks.add(java.all());
        }
        return tracebacks;
    }

    /** Adds what Java threw, in the order of the text. */
    private void add(List<JavaTraces.Thrown> thrown) {
        record Numbered(Raised raised, int follows, boolean isJava) {}
        List<Numbered> all = new ArrayList<>();
        for (Raised one : raised) {
            // Within the traceback of a program that drives a virtual machine, its exceptions look like Python's.
            boolean isJava = thrown.stream().anyMatch(other -> other.start() == one.start());
            if (!isJava) {
                all.add(new Numbered(one, one.follows(), false));
            }
        }
        for (JavaTraces.Thrown one : thrown) {
            all.add(new Numbered(new Raised(one.start(), one.end(), -1, one.cause() >= 0), one.cause(), true));
        }
        List<Raised> python = List.copyOf(raised);
        List<Numbered> ordered = all.stream()
                .sorted(Comparator.comparingInt(one -> one.raised().start()))
                .toList();
        List<Integer> starts = ordered.stream().map(one -> one.raised().start()).toList();
        raised.clear();
        for (Numbered one : ordered) {
            int from = one.follows() < 0
                    ? -1
                    : one.isJava()
                            ? thrown.get(one.follows()).start()
                            : python.get(one.follows()).start();
            Raised old = one.raised();
            raised.add(new Raised(old.start(), old.end(), starts.indexOf(from), old.direct()));
        }
    }

    private void read(PastedText pasted) {
        String text = pasted.text();
        List<Integer> lines = pasted.lines();
        int open = 0;
        int follows = -1;
        boolean direct = false;
        for (int i = 0; i < lines.size(); i++) {
            int start = lines.get(i);
            int end = pasted.lineEnd(i);
            Matcher chain = CHAIN.matcher(text).region(start, end);
            if (HEADER.matcher(text).region(start, end).find()) {
                open++;
            } else if (chain.lookingAt()) {
                follows = raised.size() - 1;
                direct = chain.group(1) != null;
            } else if ((open > 0 || follows >= 0 || leadsOn(pasted, i))
                    && RAISED.matcher(text).region(start, end).matches()) {
                raised.add(new Raised(start, end, follows, direct));
                open = Math.max(0, open - 1);
                follows = -1;
                direct = false;
            }
        }
    }

    /** Tells whether the line after one says that another exception follows: one that was only raised in C has no frames. */
    private static boolean leadsOn(PastedText pasted, int line) {
        return line + 1 < pasted.lines().size()
                && CHAIN.matcher(pasted.line(line + 1)).lookingAt();
    }

    List<Raised> all() {
        return raised;
    }

    Raised get(int index) {
        return raised.get(index);
    }

    /** Returns the index of the exception whose line has an offset; -1 if there is none. */
    int at(int offset) {
        for (int i = 0; i < raised.size(); i++) {
            if (raised.get(i).start() <= offset && offset <= raised.get(i).end()) {
                return i;
            }
        }
        return -1;
    }

    /** Returns the exception that follows from another. */
    Optional<Raised> following(int index) {
        return raised.stream()
                .filter(one -> index >= 0 && one.follows() == index)
                .findFirst();
    }
}
