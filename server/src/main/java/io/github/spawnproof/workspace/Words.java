package io.github.spawnproof.workspace;

import java.util.List;

/** Small pieces of English. */
public final class Words {

    private Words() {}

    /** Returns {@code 1 file}, {@code 2 files}. */
    public static String count(int number, String noun) {
        return number + " " + noun + (number == 1 ? "" : "s");
    }

    /** Returns {@code a, b and c}. */
    public static String list(List<String> parts) {
        int last = parts.size() - 1;
        return last <= 0
                ? String.join("", parts)
                : String.join(", ", parts.subList(0, last)) + " and " + parts.get(last);
    }
}
