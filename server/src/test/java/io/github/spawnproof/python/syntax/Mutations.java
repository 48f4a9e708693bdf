package io.github.spawnproof.python.syntax;

import java.util.Random;

/** Breaks programs at random, the way typing does. */
final class Mutations {

    private static final String[] PIECES = {
        "(",
        ")",
        "[",
        "]",
        "{",
        "}",
        "\"",
        "'",
        "\"\"\"",
        "'''",
        "f\"",
        "f'{",
        "t'",
        "\n",
        "\n    ",
        "    ",
        "\t",
        "\\",
        "\\\n",
        ":",
        ",",
        "=",
        ".",
        ";",
        "->",
        ":=",
        "*",
        "**",
        "@",
        "#",
        "!",
        "`",
        "$",
        "<>",
        "\0",
        "é",
        "\ud83d",
        "\ud83d\ude00",
        "\r",
        "\f",
        "\u00a0",
        "\ufeff",
        " x ",
        " 1 ",
        "0x",
        "1e",
        " lambda ",
        " def ",
        " class ",
        " if ",
        " else:",
        " match ",
        " case ",
        " for ",
        " in ",
        " import ",
        " from ",
        " async ",
        " await ",
        " return ",
        " yield ",
        " with ",
        " try:",
        " except ",
        " print \"x\" ",
        "{x!r:>{w}}",
        " not ",
        " type ",
        " lazy import "
    };

    private Mutations() {}

    /** Returns the text with one change that begins at the offset. */
    static String at(int offset, String text, Random random) {
        String before = text.substring(0, offset);
        String after = text.substring(offset);
        switch (random.nextInt(3)) {
            case 0 -> {
                return before + PIECES[random.nextInt(PIECES.length)] + after;
            }
            case 1 -> {
                return before + after.substring(Math.min(after.length(), 1 + random.nextInt(8)));
            }
            default -> {
                int from = random.nextInt(text.length() + 1);
                return before + text.substring(from, Math.min(text.length(), from + random.nextInt(30))) + after;
            }
        }
    }
}
