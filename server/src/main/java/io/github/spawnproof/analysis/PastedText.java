package io.github.spawnproof.analysis;

import io.github.spawnproof.source.TextRange;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * An error text as people paste it, read past its dress: colours of a terminal, margins of comments, boxes, mails and
 * logs, line ends and indentation, quotes of all kinds, escapes. Any run of white space is one blank and any quote is
 * {@code '}. Each character knows where it was; offsets are UTF-16 code units.
 */
final class PastedText {

    /** ECMA-48, sections 5.4 and 5.6: control sequences, and strings such as the target of a link. */
    private static final Pattern COLOUR =
            Pattern.compile("\u001B(?:\\[[0-?]*[ -/]*[@-~]|\\][^\u0007\u001B]*(?:\u0007|\u001B\\\\))");

    private static final String QUOTES = "'\"`´‘’‚‛“”„‟«»‹›";
    /** What stands at the edge of a line without belonging to the text: of comments, quotations, groups and boxes. */
    private static final String EDGES = "#>|│┃║▌❱⚠✖╭╰╮╯┌└┐┘├┤─━═";

    /** Only boxes close at the right. */
    private static final String RIGHT_EDGES = "|│┃║╮╯┐┘┤─━═";

    private static final Pattern LOG_PREFIX = Pattern.compile("""
            (?x)
            (?: [\\w.-]+ \\h* \\| (?= \\h | \\u001B | \\R ) \\h? )?                # docker compose: worker_1 |
            (?: \\( [\\w.:-]{1,60} \\h pid=\\d+ [^()\\n]{0,60} \\) (?= \\h | \\u001B ) \\h? )? # Ray: (work pid=123)
            (?: \\d\\d/\\d\\d/\\d\\d \\h \\d\\d:\\d\\d:\\d\\d \\h+ (?: DEBUG | INFO | WARN | ERROR | FATAL ) \\h+ # Spark: … ERROR Executor:
                (?! [\\w.$]* (?: Error | Exception ) : ) [\\w.$]{1,120} : \\h+
              | (?: \\d{4}-\\d\\d-\\d\\d [T\\h] )? \\d\\d:\\d\\d:\\d\\d [\\d.,]* (?: Z | [+-]\\d\\d:?\\d\\d )? \\h+ (?: \\[ [^\\]\\n]{1,80} \\] \\h+ )?
                (?: TRACE | DEBUG | INFO | WARN | ERROR | FATAL ) \\h+ (?: \\d+ \\h+ --- \\h+ )? (?: \\[ [^\\]\\n]{1,80} \\] \\h+ ){0,2}
                [\\w.$]{1,120} (?: : \\d+ )? \\h+ [-:] \\h+                         # Logback, Log4j, Spring: … [main] ERROR shop.Job -
              | \\[? \\d{4}-\\d\\d-\\d\\d [T\\h] \\d\\d:\\d\\d:\\d\\d [\\d.,]* \\h? (?: Z | [+-]\\d\\d:?\\d\\d )? \\]? \\h+
                (?: [\\w.-]+ \\h+ (?= [\\w./@-]+ \\[ [\\w.]+ \\] : ) )?          # journald: the host
              | \\[ \\d{4}-\\d\\d-\\d\\d [^\\]\\n]{1,80} \\] \\h+                 # Celery: [… ERROR/MainProcess]
              | \\[? \\d\\d:\\d\\d:\\d\\d [\\d.,]* \\]? \\h+
              | [IWEF]\\d{4} \\h \\d\\d:\\d\\d:\\d\\d [\\d.]* \\h+ \\d+ \\h [^\\]\\n]{1,80} \\] \\h+ # glog
              | [A-Z][a-z]{2} \\h+ \\d+ \\h \\d\\d:\\d\\d:\\d\\d \\h+ [\\w.-]+ \\h+ )?         # syslog: Nov 23 10:00:00 host
            (?: std(?: out | err ) \\h [FP] \\h )?                             # containers
            (?: [-:]\\h+ )?
            (?: (?!objc) [\\w./@-]+ \\[ [\\w.]+ \\] : \\h* )?                           # syslog: program[123]:
            (?: \\[ (?: error | warning | notice | debug ) \\] )?                   # GitHub Actions: ##[error]
            (?: [\\[(]? (?: DEBUG | INFO | WARN | WARNING | ERROR | CRITICAL | FATAL ) [\\])]? \\h* [-:|]? \\h+
                (?: (?! [\\w.]* (?: Error | Exception | Warning | Pool | Source | Start ) : )
                    [a-z] [\\w.-]{0,60} : \\h )? )?                             # the name of the logger
            (?: \\[ [\\w\\h.:/-]{1,40} \\] \\h* [-:]? \\h+ )*
            """);

    /** Between two strings that follow one another: their quotes are no part of what they say. */
    private static final Pattern CONCATENATION = Pattern.compile("(['\"])\\h*\\\\?\\R\\s*[rRuUbBfFtT]{0,2}\\1(?!\\1)");

    private static final Pattern ENTITY = Pattern.compile("&(?:lt|gt|amp|quot|apos|#39|#x27|nbsp);");
    /** Where a log of Rich has the time: behind the text of a line. */
    private static final Pattern TIME_BEHIND = Pattern.compile(" \\[\\d\\d/\\d\\d/\\d\\d \\d\\d:\\d\\d:\\d\\d]$");

    private static final int LONGEST_TIME = " [11/23/26 10:00:00]".length();
    private static final Pattern PYTEST = Pattern.compile("E(?=\\h{2})");

    private final String text;
    private final String shown;
    private final int[] offsets;
    private final List<Integer> lines;

    private PastedText(String text, String shown, int[] offsets, List<Integer> lines) {
        this.text = text;
        this.shown = shown;
        this.offsets = offsets;
        this.lines = List.copyOf(lines);
    }

    /** Reads text as somebody pastes it; of JSON or of a literal, which is seen by its escaped line ends, the content. */
    static PastedText of(String original) {
        LogStreams streams = LogStreams.of(original);
        PastedText read = new Reading(streams.text(), original.contains("\\n  File ")).run();
        for (int i = 0; i < read.offsets.length; i++) {
            read.offsets[i] = streams.origin(read.offsets[i]);
        }
        return read;
    }

    /** Reads source text in which {@code \n} is a line end, as in a string of Python. */
    static PastedText ofLiteral(String original) {
        return new Reading(original, true).run();
    }

    /** Returns the text to look for messages in. */
    String text() {
        return text;
    }

    /** Returns where the lines start in the text to look for messages in, ascending; those that say something. */
    List<Integer> lines() {
        return lines;
    }

    /** Returns where a line ends, without the blank for its line end. */
    int lineEnd(int index) {
        int end = index + 1 < lines.size() ? lines.get(index + 1) : text.length();
        return end > lines.get(index) && text.charAt(end - 1) == ' ' ? end - 1 : end;
    }

    String line(int index) {
        return text.substring(lines.get(index), lineEnd(index));
    }

    /** Returns a part as it was written, but for white space and dress. */
    String shown(int start, int end) {
        return shown.substring(start, end).strip();
    }

    /** Returns where a part that is not empty was in the original text. */
    TextRange original(int start, int end) {
        return new TextRange(offsets[start], offsets[end - 1] + 1);
    }

    /** One reading from the start of the text to its end. */
    private static final class Reading {
        private final String original;
        private final boolean escaped;
        private final Matcher colour;
        private final Matcher logPrefix;
        private final Matcher concatenation;
        private final Matcher entity;
        private final Matcher pytest;
        private final StringBuilder text = new StringBuilder();
        private final StringBuilder shown = new StringBuilder();
        private int[] offsets = new int[256];
        private final List<Integer> lines = new ArrayList<>();
        private int at;

        Reading(String original, boolean escaped) {
            this.original = original;
            this.escaped = escaped;
            this.colour = COLOUR.matcher(original);
            this.logPrefix = LOG_PREFIX.matcher(original);
            this.concatenation = CONCATENATION.matcher(original);
            this.entity = ENTITY.matcher(original);
            this.pytest = PYTEST.matcher(original);
        }

        PastedText run() {
            skipMargin();
            while (at < original.length()) {
                step();
            }
            lines.removeIf(line -> line >= text.length());
            return new PastedText(text.toString(), shown.toString(), Arrays.copyOf(offsets, text.length()), lines);
        }

        private void step() {
            char c = original.charAt(at);
            if (c == '\u001B' && skips(colour)) {
                return;
            }
            if (escaped && (c == '\'' || c == '"') && skips(concatenation)) {
                return;
            }
            if (c == '\n' || c == '\r') {
                endLine();
            } else if (c == '\\' && at + 1 < original.length()) {
                escape(original.charAt(at + 1));
            } else if (c == '&' && looking(entity)) {
                add(plain(entity.group()), at);
                at = entity.end();
            } else {
                add(c, at);
                at++;
            }
        }

        private static char plain(String entity) {
            return switch (entity) {
                case "&lt;" -> '<';
                case "&gt;" -> '>';
                case "&amp;" -> '&';
                case "&nbsp;" -> ' ';
                default -> '\'';
            };
        }

        private void escape(char next) {
            if (next == '\'' || next == '"') {
                at++; // A quote within a representation.
            } else if (escaped && (next == 'n' || next == 'r' || next == 't')) {
                add(' ', at);
                at += 2;
                if (next == 'n') {
                    skipMargin();
                }
            } else if (next == '\n' || next == '\r') {
                at++; // The line goes on.
            } else {
                add('\\', at);
                at += escaped && next == '\\' ? 2 : 1;
            }
        }

        private void endLine() {
            int last = text.length();
            while (last > 0 && (text.charAt(last - 1) == ' ' || RIGHT_EDGES.indexOf(text.charAt(last - 1)) >= 0)) {
                last--;
            }
            Matcher time = TIME_BEHIND.matcher(text).region(Math.max(0, last - LONGEST_TIME), last);
            if (time.find()) {
                last = time.start();
            }
            text.setLength(last);
            shown.setLength(last);
            add(' ', at);
            at++;
            skipMargin();
        }

        /** Skips what a line starts with and does not say. */
        private void skipMargin() {
            int before;
            do {
                before = at;
                while (at < original.length() && isMargin(at)) {
                    at++;
                }
                skips(colour);
                skips(pytest);
                skips(logPrefix);
            } while (at > before);
            if (lines.isEmpty() || lines.get(lines.size() - 1) < text.length()) {
                lines.add(text.length());
            }
        }

        private boolean isMargin(int index) {
            char c = original.charAt(index);
            if (c == '\n' || c == '\r') {
                return false;
            }
            boolean bullet = (c == '-' || c == '*' || c == '+' || c == '/')
                    && index + 1 < original.length()
                    && " -/*".indexOf(original.charAt(index + 1)) >= 0;
            return isBlank(c) || isEdge(c) || bullet;
        }

        private boolean looking(Matcher matcher) {
            return matcher.region(at, original.length()).lookingAt();
        }

        private boolean skips(Matcher matcher) {
            if (looking(matcher) && matcher.end() > at) {
                at = matcher.end();
                return true;
            }
            return false;
        }

        private void add(char c, int offset) {
            char plain = isBlank(c) ? ' ' : QUOTES.indexOf(c) >= 0 ? '\'' : c;
            if (plain == ' ' && (text.length() == 0 || text.charAt(text.length() - 1) == ' ')) {
                return;
            }
            if (text.length() == offsets.length) {
                offsets = Arrays.copyOf(offsets, offsets.length * 2);
            }
            offsets[text.length()] = offset;
            text.append(plain);
            shown.append(plain == ' ' ? ' ' : c);
        }

        private static boolean isBlank(char c) {
            return Character.isWhitespace(c) || Character.isSpaceChar(c) || c == '\u200B' || c == '\uFEFF';
        }

        private static boolean isEdge(char c) {
            return EDGES.indexOf(c) >= 0;
        }
    }
}
