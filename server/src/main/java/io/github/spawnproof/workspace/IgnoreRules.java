package io.github.spawnproof.workspace;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/**
 * The patterns of one {@code .gitignore} file, or of a setting of the same form: git-scm.com/docs/gitignore.
 */
final class IgnoreRules {

    /** What the patterns say of a path. */
    enum Answer {
        IGNORED,
        KEPT,
        SILENT
    }

    private record Rule(Pattern pattern, boolean nameOnly, boolean folderOnly, boolean negated) {}

    static final IgnoreRules NONE = new IgnoreRules(List.of());

    private final List<Rule> rules;

    private IgnoreRules(List<Rule> rules) {
        this.rules = List.copyOf(rules);
    }

    static IgnoreRules parse(String text) {
        return of(List.of((text.startsWith("\uFEFF") ? text.substring(1) : text).split("\r?\n", -1)));
    }

    static IgnoreRules of(List<String> lines) {
        List<Rule> rules = new ArrayList<>();
        for (String line : lines) {
            String pattern = withoutTrailingBlanks(line);
            boolean negated = pattern.startsWith("!");
            pattern = negated ? pattern.substring(1) : pattern;
            boolean folderOnly = pattern.endsWith("/");
            pattern = folderOnly ? pattern.substring(0, pattern.length() - 1) : pattern;
            if (pattern.isEmpty() || (pattern.startsWith("#") && !negated)) {
                continue;
            }
            boolean nameOnly = pattern.indexOf('/') < 0;
            String glob = pattern.startsWith("/") ? pattern.substring(1) : pattern;
            rules.add(new Rule(
                    Pattern.compile(expression(glob, nameOnly), Pattern.DOTALL), nameOnly, folderOnly, negated));
        }
        return rules.isEmpty() ? NONE : new IgnoreRules(rules);
    }

    /**
     * Returns what the last matching pattern says.
     *
     * @param path relative to the folder of the patterns, with {@code /}
     */
    Answer check(String path, boolean folder) {
        String name = path.substring(path.lastIndexOf('/') + 1);
        for (int i = rules.size() - 1; i >= 0; i--) {
            Rule rule = rules.get(i);
            if ((folder || !rule.folderOnly)
                    && rule.pattern.matcher(rule.nameOnly ? name : path).matches()) {
                return rule.negated ? Answer.KEPT : Answer.IGNORED;
            }
        }
        return Answer.SILENT;
    }

    private static String withoutTrailingBlanks(String line) {
        int end = line.length();
        while (end > 0 && line.charAt(end - 1) == ' ' && !(end > 1 && line.charAt(end - 2) == '\\')) {
            end--;
        }
        return line.substring(0, end);
    }

    private static String expression(String glob, boolean nameOnly) {
        StringBuilder out = new StringBuilder();
        boolean wild = false;
        int i = 0;
        while (i < glob.length()) {
            char c = glob.charAt(i);
            boolean wildBefore = wild;
            wild |= c == '*' || c == '?' || c == '[' || c == '\\';
            if (c == '*') {
                int end = i;
                while (end < glob.length() && glob.charAt(end) == '*') {
                    end++;
                }
                // Git compares what comes before the first wildcard by itself, so the rest starts anew behind it.
                boolean startsPart = i == 0 || glob.charAt(i - 1) == '/' || (!nameOnly && !wildBefore);
                boolean deep = end - i >= 2 && startsPart;
                if (deep && end == glob.length()) {
                    out.append(i == 0 ? ".*" : ".+");
                } else if (deep && glob.charAt(end) == '/') {
                    out.append("(?:.*/)?");
                    end++;
                } else {
                    out.append("[^/]*");
                }
                i = end;
            } else if (c == '?') {
                out.append("[^/]");
                i++;
            } else if (c == '[') {
                int end = appendClass(glob, i, out);
                if (end < 0) {
                    return "(?!)"; // As in git, a class without an end matches nothing.
                }
                i = end;
            } else {
                if (c == '\\' && i + 1 < glob.length()) {
                    c = glob.charAt(++i);
                }
                appendLiteral(c, out);
                i++;
            }
        }
        return out.toString();
    }

    /** Appends the class that starts at the offset; returns the offset behind it, or -1 if it has no end. */
    private static int appendClass(String glob, int start, StringBuilder out) {
        int i = start + 1;
        boolean negated = i < glob.length() && (glob.charAt(i) == '!' || glob.charAt(i) == '^');
        if (negated) {
            i++;
        }
        StringBuilder members = new StringBuilder();
        boolean first = true;
        while (i < glob.length() && (first || glob.charAt(i) != ']')) {
            first = false;
            char c = glob.charAt(i);
            if (c == '[' && glob.startsWith("[:", i) && glob.indexOf(":]", i + 2) > 0) {
                int end = glob.indexOf(":]", i + 2);
                members.append(posixClass(glob.substring(i + 2, end)));
                i = end + 2;
                continue;
            }
            if (c == '\\' && i + 1 < glob.length()) {
                c = glob.charAt(++i);
            }
            i++;
            if (i + 1 < glob.length() && glob.charAt(i) == '-' && glob.charAt(i + 1) != ']') {
                char last = glob.charAt(i + 1);
                i += 2;
                if (last == '\\' && i < glob.length()) {
                    last = glob.charAt(i++);
                }
                if (c <= last) {
                    appendLiteral(c, members);
                    members.append('-');
                    appendLiteral(last, members);
                }
            } else {
                appendLiteral(c, members);
            }
        }
        if (i >= glob.length()) {
            return -1;
        }
        if (members.isEmpty()) {
            out.append(negated ? "[^/]" : "(?!)");
        } else {
            out.append("(?!/)[").append(negated ? "^" : "").append(members).append(']');
        }
        return i + 1;
    }

    private static String posixClass(String name) {
        return switch (name) {
            case "alpha" -> "a-zA-Z";
            case "digit" -> "0-9";
            case "alnum" -> "a-zA-Z0-9";
            case "upper" -> "A-Z";
            case "lower" -> "a-z";
            case "space" -> "\\s";
            case "xdigit" -> "0-9a-fA-F";
            case "punct" -> "\\p{Punct}";
            default -> "";
        };
    }

    private static void appendLiteral(char c, StringBuilder out) {
        if (!Character.isLetterOrDigit(c) && c < 128) {
            out.append('\\');
        }
        out.append(c);
    }
}
