package io.github.spawnproof.python.syntax;

import io.github.spawnproof.source.TextRange;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;

/** A growing list of ranges of the text. */
final class Spans {

    private static final int INITIAL_CAPACITY = 16;

    private int[] bounds = new int[2 * INITIAL_CAPACITY];
    private int count;

    void add(int start, int end) {
        if (2 * count == bounds.length) {
            bounds = Arrays.copyOf(bounds, bounds.length * 2);
        }
        bounds[2 * count] = start;
        bounds[2 * count + 1] = end;
        count++;
    }

    int count() {
        return count;
    }

    /** Forgets all ranges but the first ones. */
    void truncate(int newCount) {
        count = newCount;
    }

    /** Returns the text of a range without the parts that are in this list, which must be in order. */
    String textWithout(String text, int start, int end) {
        int low = 0;
        int high = count;
        while (low < high) {
            int middle = (low + high) >>> 1;
            if (bounds[2 * middle] < start) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        StringBuilder kept = new StringBuilder(end - start);
        int at = start;
        for (int i = low; i < count && bounds[2 * i] < end; i++) {
            kept.append(text, at, bounds[2 * i]);
            at = bounds[2 * i + 1];
        }
        return kept.append(text, at, end).toString();
    }

    /** Returns the ranges in the order of the text. */
    List<TextRange> toList() {
        List<TextRange> ranges = new ArrayList<>(count);
        boolean sorted = true;
        for (int i = 0; i < count; i++) {
            ranges.add(new TextRange(bounds[2 * i], bounds[2 * i + 1]));
            sorted &= i == 0 || bounds[2 * i - 2] <= bounds[2 * i];
        }
        if (!sorted) {
            Collections.sort(ranges);
        }
        return List.copyOf(ranges);
    }
}
