package io.github.spawnproof.analysis;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The lines of a log that several processes wrote in turn, brought together process by process, where each line says
 * whose it is. A line that does not belongs to the one before it.
 */
final class LogStreams {

    /** What names the writer, at the start of a line; its time and its colour are no part of the name. */
    private static final Pattern WRITER = Pattern.compile("""
            (?x)
            \\h* (?: \\u001B\\[ [\\d;]* m )* (?: \\d\\d:\\d\\d:\\d\\d \\h )?
            (?: (?<service> [\\w.-]{1,80} ) \\h* \\| (?= \\h | \\u001B | $ )                          # docker compose, foreman
              | \\[ (?<worker> gw\\d+ | rank\\d+ | pod/ [^\\]\\s]{1,200} ) \\]                         # pytest-xdist, torchrun, kubectl
              | \\( (?<actor> [\\w.:-]{1,60} \\h pid=\\d+ [^()\\n]{0,60} ) \\)                             # Ray
              | (?: [A-Z][a-z]{2} \\h+ \\d+ \\h \\d\\d:\\d\\d:\\d\\d | \\d{4}-\\d\\d-\\d\\dT [\\d:.,+Z-]+ ) # journald, syslog
                \\h+ [\\w.-]+ \\h+ (?<program> [\\w./@-]+ \\[ [\\w.]+ \\] ) : )
            """);

    private final String text;
    private final int[] origins;

    private LogStreams(String text, int[] origins) {
        this.text = text;
        this.origins = origins;
    }

    /** Brings the lines of each writer together, in the order in which the writers first wrote. */
    static LogStreams of(String original) {
        Map<String, List<Integer>> starts = new LinkedHashMap<>();
        Matcher writer = WRITER.matcher(original);
        String current = "";
        int end;
        for (int at = 0; at < original.length(); at = end) {
            end = lineEnd(original, at);
            if (writer.region(at, end).lookingAt()) {
                current = name(writer);
            }
            starts.computeIfAbsent(current, name -> new ArrayList<>()).add(at);
        }
        if (starts.size() < 2) {
            return new LogStreams(original, new int[0]);
        }
        StringBuilder text = new StringBuilder(original.length() + starts.size());
        int[] origins = new int[original.length() + starts.size()];
        for (List<Integer> stream : starts.values()) {
            for (int start : stream) {
                end = lineEnd(original, start);
                for (int at = start; at < end; at++) {
                    origins[text.length()] = at;
                    text.append(original.charAt(at));
                }
            }
            if (text.charAt(text.length() - 1) != '\n') { // The last line of all, which need not end.
                origins[text.length()] = original.length() - 1;
                text.append('\n');
            }
        }
        return new LogStreams(text.toString(), origins);
    }

    private static String name(Matcher writer) {
        for (String group : new String[] {"service", "worker", "actor", "program"}) {
            String name = writer.group(group);
            if (name != null) {
                return name;
            }
        }
        return "";
    }

    /** Returns where the line at an offset ends, its line end included. */
    private static int lineEnd(String text, int offset) {
        int end = text.indexOf('\n', offset);
        return end < 0 ? text.length() : end + 1;
    }

    String text() {
        return text;
    }

    /** Returns where a character of the text was in the original. */
    int origin(int offset) {
        return origins.length == 0 ? offset : origins[offset];
    }
}
