package io.github.spawnproof.analysis;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The places that a traceback names. It knows the forms of CPython 3.8 to 3.14 (carets, notes, groups of exceptions and
 * chains are only text between the frames), of IPython, Rich and pytest; Java's are {@link JavaTraces}.
 */
final class CodePlaces {

    /**
     * A frame of a traceback.
     *
     * @param start where it is in the text as {@link PastedText} reads it
     * @param closes whether it stands below its message, as pytest has it
     */
    record Frame(CodePlace place, int start, boolean closes) {

        boolean isUsers() {
            return !FOREIGN.matcher(place.file()).find();
        }
    }

    private static final Pattern FRAME = Pattern.compile("File '([^']{1,1000})', line (\\d{1,9})(?:, in [\\w.<>]+)?"
            // IPython: File ~/shop/run.py:12, in main()
            + "|File ([^\\s',]{1,1000}):(\\d{1,9}), in [\\w.<>]+"
            // Rich: shop/run.py:12 in main. pytest: shop/run.py:12: in main, and below the message shop/run.py:12:
            // Error.
            // Without the path, for which to search at each character would be slow.
            + "|\\.pyw?:(\\d{1,9}):? (?:(in [\\w.<>]+)|[A-Z]\\w*(?:Error|Exception|Pool)|_ _)");

    /** A line after which a traceback goes on for certain: its first one, and the marks below its code. */
    private static final Pattern MIDDLE = Pattern.compile("Traceback \\(most recent call last\\):|[~^ ]+");
    /** A line that may be the last of a traceback. */
    private static final Pattern END = Pattern.compile("[\\w.]+(?::.*)?");

    private static final int LONGEST_PATH = 1000;

    /** Code that is nobody's own: made on the fly, of the standard library, of an installed package. */
    private static final Pattern FOREIGN = Pattern.compile("(?i)^<|[/\\\\](?:site|dist)-packages[/\\\\]"
            + "|[/\\\\]lib(?:64)?[/\\\\]python\\d?(?:\\.\\d+)?t?[/\\\\]|\\bpython\\d+\\.zip[/\\\\]"
            + "|[/\\\\](?:[\\w.-]*python[\\w.-]*|[am]\\w*conda\\d?)[/\\\\](?:envs[/\\\\][^/\\\\]+[/\\\\])?lib[/\\\\]"
            + "|[/\\\\]lib[/\\\\](?:multiprocessing|concurrent|asyncio|threading\\.py|runpy\\.py|pickle\\.py|queue\\.py)"
            + "|^/(?:tmp|var)/.*ipykernel_\\d+[/\\\\]");

    private final String text;
    private final List<Frame> frames;
    /** Where tracebacks start, ascending; of those that were printed into one another the first. */
    private final List<Integer> headers;

    private final JavaTraces java;

    private CodePlaces(PastedText pasted, List<Frame> frames, JavaTraces java) {
        this.text = pasted.text();
        this.frames = frames;
        this.java = java;
        this.headers = Tracebacks.HEADER
                .matcher(text)
                .results()
                .map(MatchResult::start)
                .filter(header -> !isWithinAnother(pasted, header))
                .toList();
    }

    /** Tells whether what stands before the start of a traceback is the middle of another one. */
    private static boolean isWithinAnother(PastedText pasted, int header) {
        List<Integer> lines = pasted.lines();
        int index = Collections.binarySearch(lines, header);
        int line = index < 0 ? -index - 2 : index;
        return line > 0
                && (isMiddle(pasted, line - 1)
                        || (line > 1
                                && isFrame(pasted, line - 2)
                                && !END.matcher(pasted.line(line - 1)).matches()));
    }

    private static boolean isMiddle(PastedText pasted, int line) {
        return isFrame(pasted, line) || MIDDLE.matcher(pasted.line(line)).matches();
    }

    private static boolean isFrame(PastedText pasted, int line) {
        return FRAME.matcher(pasted.line(line)).lookingAt();
    }

    static CodePlaces of(PastedText pasted, JavaTraces java) {
        List<Frame> frames = new ArrayList<>();
        Matcher frame = FRAME.matcher(pasted.text());
        while (frame.find()) {
            int form = frame.group(1) != null ? 1 : frame.group(3) != null ? 3 : 5;
            boolean bare = form == 5;
            int start = bare ? pathStart(pasted.text(), frame.start()) : frame.start(form);
            int end = bare ? frame.start(form) - 1 : frame.end(form);
            if (start < end) {
                // The file as it was written: its quotes may be others than in the reading.
                String file = pasted.shown(start, end);
                int line = Integer.parseInt(frame.group(bare ? form : form + 1));
                boolean closes = bare && frame.group(6) == null;
                frames.add(new Frame(new CodePlace(file, line), bare ? start : frame.start(), closes));
            }
        }
        return new CodePlaces(pasted, frames, java);
    }

    /** Returns where a path starts whose ending is at an offset; the offset itself if there is none. */
    private static int pathStart(String text, int ending) {
        int start = ending;
        while (start > 0 && ending - start < LONGEST_PATH && " ':,()".indexOf(text.charAt(start - 1)) < 0) {
            start--;
        }
        boolean drive = start >= 2
                && text.charAt(start - 1) == ':'
                && Character.isLetter(text.charAt(start - 2))
                && start < ending
                && "/\\".indexOf(text.charAt(start)) >= 0;
        return drive ? start - 2 : start;
    }

    boolean isEmpty() {
        return frames.isEmpty() && java.isEmpty();
    }

    /** Tells whether lines of code stand in the text, between the frames of Python. */
    boolean showsCode() {
        return !frames.isEmpty();
    }

    /**
     * Returns places in the user's code for a message: those of its own traceback, the innermost first. Where that has
     * none, as if the error came from another process or thread, those of the traceback that follows from it, else of
     * the one before, else of the next.
     */
    List<CodePlace> of(RecognisedMessage message) {
        return at(message.start(), message.end());
    }

    /** Returns places in the user's code for what stands at a part of the text, in the same way. */
    List<CodePlace> at(int from, int to) {
        Optional<List<CodePlace>> inJava = java.at(from);
        if (inJava.isPresent()) {
            return inJava.get();
        }
        List<CodePlace> inPython = inPython(from, to);
        return inPython.isEmpty() ? java.near(to) : inPython;
    }

    private List<CodePlace> inPython(int from, int to) {
        int start = lastHeaderBefore(from);
        List<CodePlace> own = between(start, from);
        if (!own.isEmpty()) {
            return closing(to, own);
        }
        int next = nextHeader(to);
        boolean leadsOn = Tracebacks.CHAIN.matcher(text).region(to, next).find();
        List<CodePlace> following = between(to, nextHeader(next + 1));
        if (leadsOn && !following.isEmpty()) {
            return following;
        }
        List<CodePlace> before = lastBefore(start);
        return !before.isEmpty() ? before : !following.isEmpty() ? following : between(to, text.length());
    }

    /** Returns the places with that of pytest's last frame first, which stands below the message. */
    private List<CodePlace> closing(int end, List<CodePlace> own) {
        for (Frame frame : frames) {
            if (frame.start >= end) {
                if (!frame.closes || !frame.isUsers() || own.contains(frame.place)) {
                    return own;
                }
                List<CodePlace> all = new ArrayList<>(own);
                all.add(0, frame.place);
                return all;
            }
        }
        return own;
    }

    private int lastHeaderBefore(int offset) {
        int index = Collections.binarySearch(headers, offset);
        int before = index < 0 ? -index - 2 : index - 1;
        return before < 0 ? 0 : headers.get(before);
    }

    private int nextHeader(int offset) {
        int index = Collections.binarySearch(headers, offset);
        int next = index < 0 ? -index - 1 : index;
        return next < headers.size() ? headers.get(next) : text.length();
    }

    /** Returns the places of the last traceback before an offset that has any. */
    private List<CodePlace> lastBefore(int offset) {
        for (int i = frames.size() - 1; i >= 0; i--) {
            Frame frame = frames.get(i);
            if (frame.start < offset && frame.isUsers()) {
                return between(lastHeaderBefore(frame.start), frame.start + 1);
            }
        }
        return List.of();
    }

    /** Returns the places in the user's code of the frames in a part of the text, the innermost first. */
    private List<CodePlace> between(int start, int end) {
        List<CodePlace> places = new ArrayList<>();
        for (Frame frame : frames) {
            if (frame.start >= start && frame.start < end && frame.isUsers() && !places.contains(frame.place)) {
                places.add(0, frame.place);
            }
        }
        return places;
    }
}
