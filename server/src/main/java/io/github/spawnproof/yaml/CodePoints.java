package io.github.spawnproof.yaml;

import java.util.Arrays;

/** Turns indices that count code points, as the YAML parser does, into offsets, which count UTF-16 code units. */
final class CodePoints {

    private final int length;
    /** The indices of the code points that take two code units, ascending. */
    private final int[] wide;

    CodePoints(String text) {
        this.length = text.length();
        int[] found = new int[8];
        int count = 0;
        int index = 0;
        for (int i = 0; i < text.length(); i++, index++) {
            if (Character.isSurrogate(text.charAt(i)) && Character.isSupplementaryCodePoint(text.codePointAt(i))) {
                if (count == found.length) {
                    found = Arrays.copyOf(found, count * 2);
                }
                found[count++] = index;
                i++;
            }
        }
        this.wide = Arrays.copyOf(found, count);
    }

    /** Returns the offset of the code point, or the length of the text for what lies behind it. */
    int offset(int index) {
        int at = Arrays.binarySearch(wide, index);
        return Math.min(index + (at >= 0 ? at : -at - 1), length);
    }
}
