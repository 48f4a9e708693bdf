package io.github.spawnproof.analysis;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The exceptions that the tracebacks of a text end with, and which of them follows from which. */
final class Tracebacks {

    static final Pattern HEADER = Pattern.compile("Traceback \\(most recent call last\\)");
    static final Pattern CHAIN = Pattern.compile("(The above exception was the direct cause of the following exception)"
            + "|During handling of the above exception, another exception occurred");

    /** The last line of a traceback: a type, which has a module or a name that types of exceptions have. */
    private static final Pattern RAISED = Pattern.compile("(?:(?:[A-Za-z_]\\w{0,60}\\.){1,8}[A-Z_]\\w{0,60}"
            + "|[A-Z]\\w{0,60}?(?:Error|Exception|Exit|Interrupt|Iteration|Warning|Pool|Empty|Full|Timeout|Expired"
            + "|Failure|Cancelled|Start|Source))(?<!Traceback)(?::.*)?");

    /**
     * An exception as a traceback ends with it.
     *
     * @param start where its line starts in the text as {@link PastedText} reads it
     * @param end where that line ends
     * @param follows the index of the exception that it follows from; -1 if there is none
     * @param direct whether the program says so itself, by {@code raise … from}
     */
    record Raised(int start, int end, int follows, boolean direct) {}

    private final List<Raised> raised = new ArrayList<>();

    private Tracebacks() {}

    static Tracebacks of(PastedText pasted) {
        Tracebacks tracebacks = new Tracebacks();
        tracebacks.read(pasted);
        return tracebacks;
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
