package io.github.spawnproof.rules;

import io.github.spawnproof.rule.Rule;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * One case of a {@code .cases.md} file: a heading, the marked program, and the program after the fixes, if it is given.
 *
 * @param options words behind the language of the fence: {@code platform=linux}, {@code python=3.12}, {@code file=x.py}
 * @param text the program without its mark lines
 * @param fixed the program after all fixes; null if the case does not say
 */
public record Case(
        String heading,
        List<String> options,
        String text,
        List<Mark> marks,
        @Nullable String fixed) {

    /** Where a finding is expected; line and columns from 0, columns in UTF-16 code units. */
    public record Mark(
            int line,
            int start,
            int end,
            String rule,
            @Nullable String message) {}

    private static final Pattern MARK = Pattern.compile("^( *)#( *)(\\^+) ([a-z-]+)(?:: \"(.*)\")?$");
    private static final Pattern FENCE = Pattern.compile("^```(\\w+)((?: \\S+)*)$");

    /** Returns the cases of a rule. */
    public static List<Case> of(Rule rule) {
        try {
            return parse(Catalogue.resource(rule, rule.id() + ".cases.md"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Returns the cases of a file. */
    static List<Case> parse(String markdown) {
        List<Case> cases = new ArrayList<>();
        String heading = "";
        String[] lines = markdown.split("\n", -1);
        for (int i = 0; i < lines.length; i++) {
            Matcher fence = FENCE.matcher(lines[i]);
            if (lines[i].startsWith("## ")) {
                heading = lines[i].substring(3);
            } else if (fence.matches()) {
                List<String> block = new ArrayList<>();
                for (i++; !lines[i].equals("```"); i++) {
                    block.add(lines[i]);
                }
                List<String> options = List.of(fence.group(2).strip().split(" ", -1));
                if (options.contains("fixed")) {
                    Case marked = cases.remove(cases.size() - 1);
                    cases.add(new Case(marked.heading, marked.options, marked.text, marked.marks, join(block)));
                } else {
                    cases.add(marked(heading, options, block));
                }
            }
        }
        return cases;
    }

    private static Case marked(String heading, List<String> options, List<String> block) {
        List<String> code = new ArrayList<>();
        List<Mark> marks = new ArrayList<>();
        for (String line : block) {
            Matcher mark = MARK.matcher(line);
            if (mark.matches()) {
                int carets = mark.start(3);
                // A # that touches the first caret counts as one: otherwise column 0 could not be marked.
                int start = mark.group(2).isEmpty() ? carets - 1 : carets;
                marks.add(new Mark(code.size() - 1, start, mark.end(3), mark.group(4), mark.group(5)));
            } else {
                code.add(line);
            }
        }
        return new Case(heading, options, join(code), marks, null);
    }

    private static String join(List<String> lines) {
        return lines.isEmpty() ? "" : String.join("\n", lines) + "\n";
    }

    /** Returns the value of an option; null if the fence does not have it. */
    public @Nullable String option(String name) {
        for (String option : options) {
            if (option.startsWith(name + "=")) {
                return option.substring(name.length() + 1);
            }
        }
        return null;
    }
}
