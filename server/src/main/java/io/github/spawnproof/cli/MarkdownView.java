package io.github.spawnproof.cli;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Markdown on a terminal with colours: the text stays as it is, its parts stand out. */
final class MarkdownView {

    private static final Pattern CODE = Pattern.compile("`([^`]+)`");

    private MarkdownView() {}

    static String styled(String markdown, Style style) {
        StringBuilder out = new StringBuilder();
        boolean fenced = false;
        for (String line : markdown.lines().toList()) {
            boolean fence = line.startsWith("```");
            if (fence) {
                fenced = !fenced;
                out.append(style.faint(line));
            } else if (fenced) {
                out.append(style.green(line));
            } else if (line.startsWith("#")) {
                out.append(style.bold(line));
            } else {
                out.append(CODE.matcher(line).replaceAll(match -> Matcher.quoteReplacement(style.cyan(match.group()))));
            }
            out.append('\n');
        }
        return out.toString();
    }
}
