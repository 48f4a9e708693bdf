package io.github.spawnproof.workspace;

import java.nio.file.Path;
import java.util.Comparator;

/** The order of all output: folder by folder, names compared by UTF-16 code unit on every system. */
public final class PathOrder {

    public static final Comparator<Path> BY_NAMES = PathOrder::compare;

    private PathOrder() {}

    private static int compare(Path a, Path b) {
        String left = a.toString();
        String right = b.toString();
        char separator = a.getFileSystem().getSeparator().charAt(0);
        int length = Math.min(left.length(), right.length());
        for (int i = 0; i < length; i++) {
            char x = left.charAt(i);
            char y = right.charAt(i);
            if (x != y) {
                // The end of a name comes before every character that could go on with it.
                return x == separator ? -1 : y == separator ? 1 : Character.compare(x, y);
            }
        }
        return Integer.compare(left.length(), right.length());
    }
}
