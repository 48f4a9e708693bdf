package io.github.spawnproof.lsp;

import java.util.regex.Pattern;

/** Markdown of our pages without its marks, for clients that show plain text. */
final class PlainText {

    private static final Pattern FENCE = Pattern.compile("(?m)^```.*\\R?");
    private static final Pattern HEADING = Pattern.compile("(?m)^#+ +");
    private static final Pattern LINK = Pattern.compile("\\[([^\\]]*)\\]\\(([^)]*)\\)");
    private static final Pattern STRONG = Pattern.compile("\\*\\*([^*]+)\\*\\*");
    private static final Pattern CODE = Pattern.compile("`([^`\\n]+)`");

    private PlainText() {}

    static String of(String markdown) {
        StringBuilder plain = new StringBuilder();
        boolean code = false;
        // Marks within a code block are the code's own.
        for (String part : FENCE.split(markdown, -1)) {
            plain.append(code ? part : prose(part));
            code = !code;
        }
        return plain.toString().strip();
    }

    private static String prose(String markdown) {
        String plain = HEADING.matcher(markdown).replaceAll("");
        plain = LINK.matcher(plain).replaceAll("$1 ($2)");
        plain = STRONG.matcher(plain).replaceAll("$1");
        return CODE.matcher(plain).replaceAll("$1");
    }
}
