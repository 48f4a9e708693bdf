package io.github.spawnproof.workspace;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/**
 * The difference of two texts in the form that {@code patch -p0} and {@code git apply -p0} take.
 *
 * <p>Lines end at {@code \n} alone, as they do for these two; the algorithm is that of Myers, "An O(ND) Difference
 * Algorithm and Its Variations" (1986).
 */
public final class UnifiedDiff {

    private static final int CONTEXT = 3;
    /** Texts that differ in more lines than this are shown as replaced from the first difference to the last. */
    private static final int MAX_DIFFERENCES = 2000;

    /** One line of the result: kept (blank), deleted (-) or inserted (+). */
    private record Line(char kind, String text) {}

    private UnifiedDiff() {}

    /** Returns the difference with three lines of context; empty if there is none. */
    public static String of(String file, String before, String after) {
        if (before.equals(after)) {
            return "";
        }
        List<Line> lines = compare(lines(before), lines(after));
        StringBuilder out = new StringBuilder();
        out.append("--- ").append(file).append("\n+++ ").append(file).append('\n');
        int at = 0;
        int oldLine = 1;
        int newLine = 1;
        while (at < lines.size()) {
            int first = nextChange(lines, at);
            if (first == lines.size()) {
                break;
            }
            int start = Math.max(at, first - CONTEXT);
            // Everything skipped is kept, so both sides go on alike.
            oldLine += start - at;
            newLine += start - at;
            int end = hunkEnd(lines, first);
            List<Line> hunk = lines.subList(start, end);
            int deleted = count(hunk, '-');
            int inserted = count(hunk, '+');
            int oldCount = hunk.size() - inserted;
            int newCount = hunk.size() - deleted;
            out.append("@@ -").append(position(oldLine, oldCount));
            out.append(" +").append(position(newLine, newCount)).append(" @@\n");
            for (Line line : hunk) {
                out.append(line.kind).append(line.text);
                if (!line.text.endsWith("\n")) {
                    out.append("\n\\ No newline at end of file\n");
                }
            }
            oldLine += oldCount;
            newLine += newCount;
            at = end;
        }
        return out.toString();
    }

    private static String position(int line, int count) {
        // A hunk without lines on one side names the line before it.
        return (count == 0 ? line - 1 : line) + (count == 1 ? "" : "," + count);
    }

    private static int count(List<Line> lines, char kind) {
        return (int) lines.stream().filter(line -> line.kind == kind).count();
    }

    private static int nextChange(List<Line> lines, int from) {
        int at = from;
        while (at < lines.size() && lines.get(at).kind == ' ') {
            at++;
        }
        return at;
    }

    /** Returns the end of the hunk with the given change: changes whose contexts touch belong together. */
    private static int hunkEnd(List<Line> lines, int firstChange) {
        int end = firstChange;
        int next = firstChange;
        while (next < lines.size() && next - end <= 2 * CONTEXT) {
            end = next + 1;
            next = nextChange(lines, end);
        }
        return Math.min(lines.size(), end + CONTEXT);
    }

    private static List<String> lines(String text) {
        List<String> lines = new ArrayList<>();
        int start = 0;
        while (start < text.length()) {
            int end = text.indexOf('\n', start) + 1;
            end = end == 0 ? text.length() : end;
            lines.add(text.substring(start, end));
            start = end;
        }
        return lines;
    }

    private static List<Line> compare(List<String> before, List<String> after) {
        int shorter = Math.min(before.size(), after.size());
        int head = 0;
        while (head < shorter && before.get(head).equals(after.get(head))) {
            head++;
        }
        int tail = 0;
        while (tail < shorter - head
                && before.get(before.size() - 1 - tail).equals(after.get(after.size() - 1 - tail))) {
            tail++;
        }
        List<Line> lines = new ArrayList<>();
        before.subList(0, head).forEach(line -> lines.add(new Line(' ', line)));
        lines.addAll(changes(before.subList(head, before.size() - tail), after.subList(head, after.size() - tail)));
        before.subList(before.size() - tail, before.size()).forEach(line -> lines.add(new Line(' ', line)));
        return lines;
    }

    private static List<Line> changes(List<String> a, List<String> b) {
        int max = Math.min(a.size() + b.size(), MAX_DIFFERENCES);
        int[] furthest = new int[2 * max + 3];
        List<int[]> steps = new ArrayList<>();
        for (int d = 0; d <= max; d++) {
            steps.add(furthest.clone());
            for (int k = -d; k <= d; k += 2) {
                boolean down = isDown(furthest, max, k, d);
                int x = down ? furthest[max + k + 2] : furthest[max + k] + 1;
                int y = x - k;
                while (x < a.size() && y < b.size() && a.get(x).equals(b.get(y))) {
                    x++;
                    y++;
                }
                furthest[max + k + 1] = x;
                if (x >= a.size() && y >= b.size()) {
                    return path(a, b, steps, max);
                }
            }
        }
        List<Line> replaced = new ArrayList<>();
        a.forEach(line -> replaced.add(new Line('-', line)));
        b.forEach(line -> replaced.add(new Line('+', line)));
        return replaced;
    }

    /** Returns whether the best way to a diagonal is an insertion; entry {@code max + k + 1} is that of diagonal k. */
    private static boolean isDown(int[] furthest, int max, int k, int d) {
        return k == -d || (k != d && furthest[max + k] < furthest[max + k + 2]);
    }

    private static List<Line> path(List<String> a, List<String> b, List<int[]> steps, int max) {
        List<Line> reversed = new ArrayList<>();
        int x = a.size();
        int y = b.size();
        for (int d = steps.size() - 1; d >= 0; d--) {
            int[] furthest = steps.get(d);
            int k = x - y;
            boolean down = isDown(furthest, max, k, d);
            int previousK = down ? k + 1 : k - 1;
            int previousX = d == 0 ? 0 : furthest[max + previousK + 1];
            int previousY = d == 0 ? 0 : previousX - previousK;
            while (x > previousX && y > previousY) {
                x--;
                y--;
                reversed.add(new Line(' ', a.get(x)));
            }
            if (d > 0) {
                reversed.add(down ? new Line('+', b.get(previousY)) : new Line('-', a.get(previousX)));
                x = previousX;
                y = previousY;
            }
        }
        Collections.reverse(reversed);
        return deletionsFirst(reversed);
    }

    /** Returns the same lines with the deletions of each changed place before its insertions, as readers expect. */
    private static List<Line> deletionsFirst(List<Line> lines) {
        List<Line> sorted = new ArrayList<>(lines.size());
        int at = 0;
        while (at < lines.size()) {
            int end = at;
            while (end < lines.size() && lines.get(end).kind != ' ') {
                end++;
            }
            for (char kind : new char[] {'-', '+'}) {
                lines.subList(at, end).stream()
                        .filter(line -> line.kind == kind)
                        .forEach(sorted::add);
            }
            if (end < lines.size()) {
                sorted.add(lines.get(end));
            }
            at = end + 1;
        }
        return sorted;
    }
}
