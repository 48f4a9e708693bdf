package io.github.spawnproof.rules;

import io.github.spawnproof.rule.Rule;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * One case of a {@code .cases.md} file: a heading, the marked program, and the program after the fixes, if it is given.
 *
 * @param language what the fence says it is written in
 * @param options words behind the language of the fence: {@code platform=linux}, {@code python=3.12}, {@code file=x.py},
 *     {@code files=a.py,b/c.yml} for files of the project that are only there; for Java, how it is run: {@code timeout=8}
 * @param unrunnable why nobody can run it here; empty if it can be run
 * @param text the program without its mark lines; a notebook in the percent format
 * @param files what lies beside it, by path
 * @param fixed the program after all fixes; null if the case does not say
 * @param fixedFiles what the fixes make of other files, by path
 */
public record Case(
        String heading,
        String language,
        List<String> options,
        String unrunnable,
        String text,
        List<Mark> marks,
        Map<String, String> files,
        @Nullable String fixed,
        Map<String, String> fixedFiles) {

    /** The file that a text is in, unless the case says otherwise; what it is written in follows from that. */
    private static final Map<String, String> DEFAULT_FILES = Map.of(
            "python", "program.py",
            "java", "Program.java",
            "yaml", "flow.yml",
            "json", ".vscode/settings.json",
            "dotenv", ".env",
            "shell", "run.sh",
            "dockerfile", "Dockerfile",
            "ini", "tox.ini",
            "toml", "pyproject.toml");

    /** Where a finding is expected in the analysed text; line and columns from 0, columns in UTF-16 code units. */
    public record Mark(
            int line,
            int start,
            int end,
            String rule,
            @Nullable String message) {}

    private static final Pattern MARK = Pattern.compile("^( *)(?:#|//)( *)(\\^+) ([a-z-]+)(?:: \"(.*)\")?$");
    private static final Pattern FILE_NAME = Pattern.compile("[\\w./-]*\\.\\w+|Dockerfile");
    private static final Pattern FENCE = Pattern.compile("^```(\\w+)((?: \\S+)*?)(?: unrunnable: (.+))?$");

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
                if (options.size() == 2 && options.get(0).equals("fixed")) {
                    cases.add(cases.remove(cases.size() - 1).withFixedFile(options.get(1), join(block)));
                } else if (options.contains("fixed")) {
                    cases.add(cases.remove(cases.size() - 1).withFixed(join(block)));
                } else if (FILE_NAME.matcher(options.get(0)).matches()) {
                    cases.add(cases.remove(cases.size() - 1).with(options.get(0), join(block)));
                } else {
                    String unrunnable = fence.group(3) == null ? "" : fence.group(3);
                    cases.add(marked(heading, fence.group(1), options, unrunnable, block));
                }
            }
        }
        return cases;
    }

    private Case withFixed(String after) {
        return new Case(heading, language, options, unrunnable, text, marks, files, after, fixedFiles);
    }

    private Case withFixedFile(String path, String content) {
        Map<String, String> more = new TreeMap<>(fixedFiles);
        more.put(path, content);
        return new Case(heading, language, options, unrunnable, text, marks, files, fixed, more);
    }

    /** Returns the same case with a file that fixes have changed. */
    Case with(String path, String content) {
        Map<String, String> more = new TreeMap<>(files);
        more.put(path, content);
        return new Case(heading, language, options, unrunnable, text, marks, more, fixed, fixedFiles);
    }

    private static Case marked(
            String heading, String language, List<String> options, String unrunnable, List<String> block) {
        List<String> code = new ArrayList<>();
        List<Mark> marks = new ArrayList<>();
        // The lines that part two cells are no text of the notebook.
        int cells = 0;
        for (String line : block) {
            Matcher mark = MARK.matcher(line);
            if (mark.matches()) {
                int carets = mark.start(3);
                // A mark that touches the first caret counts as one: otherwise column 0 could not be marked.
                int start = mark.group(2).isEmpty() ? mark.end(1) : carets;
                marks.add(new Mark(code.size() - 1 - cells, start, mark.end(3), mark.group(4), mark.group(5)));
            } else {
                cells += line.equals(PercentNotebook.SEPARATOR) ? 1 : 0;
                code.add(line);
            }
        }
        return new Case(heading, language, options, unrunnable, join(code), marks, Map.of(), null, Map.of());
    }

    private static String join(List<String> lines) {
        return lines.isEmpty() ? "" : String.join("\n", lines) + "\n";
    }

    /** Returns the path of the text in its project. */
    public String file() {
        String named = option("file");
        return named != null ? named : DEFAULT_FILES.getOrDefault(language, "program.py");
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
