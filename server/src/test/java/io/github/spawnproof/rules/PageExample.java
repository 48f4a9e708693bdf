package io.github.spawnproof.rules;

import io.github.spawnproof.rule.Rule;
import io.github.spawnproof.rule.RulePage;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * An example of a rule's page.
 *
 * @param rule the rule's id
 * @param language what it is written in
 * @param isBad whether it shows the fault, not the remedy
 * @param options words behind: {@code file=PATH}; for Java, how it is run: {@code timeout=8}
 * @param file the path that it needs to have; {@code program.py}, {@code Program.java} or {@code flow.yml} unless the
 *     page says {@code file=PATH}
 * @param unrunnable why nobody can run it here; empty if it can be run
 * @param text the program
 * @param files what lies beside it, by path: all that the page shows, but for a bad example what it calls good
 */
public record PageExample(
        String rule,
        String language,
        boolean isBad,
        List<String> options,
        String file,
        String unrunnable,
        String text,
        Map<String, String> files) {

    private static final String FILE_OPTION = "file=";
    private static final Pattern EXAMPLE =
            Pattern.compile("(?s)```(\\w+) (bad|good)((?: \\w+=\\S+)*)(?: unrunnable: ([^\n]+))?\n(.*?)```");
    private static final Pattern FILE = Pattern.compile("(?s)```\\w+ (good )?([\\w./-]+\\.\\w+)\n(.*?)```");

    /** Returns the examples of a rule's page, in order. */
    public static List<PageExample> of(Rule rule) {
        String markdown = RulePage.of(rule).markdown();
        Map<String, String> besideAll = new TreeMap<>();
        Map<String, String> besideGood = new TreeMap<>();
        Matcher file = FILE.matcher(markdown);
        while (file.find()) {
            besideGood.put(file.group(2), file.group(3));
            if (file.group(1) == null) {
                besideAll.put(file.group(2), file.group(3));
            }
        }
        List<PageExample> examples = new ArrayList<>();
        Matcher example = EXAMPLE.matcher(markdown);
        while (example.find()) {
            boolean isBad = example.group(2).equals("bad");
            List<String> options = List.of(example.group(3).strip().split(" ", -1));
            examples.add(new PageExample(
                    rule.id(),
                    example.group(1),
                    isBad,
                    options,
                    options.stream()
                            .filter(option -> option.startsWith(FILE_OPTION))
                            .map(option -> option.substring(FILE_OPTION.length()))
                            .findFirst()
                            .orElse(defaultFile(example.group(1))),
                    example.group(4) == null ? "" : example.group(4),
                    example.group(5),
                    isBad ? besideAll : besideGood));
        }
        return examples;
    }

    private static String defaultFile(String language) {
        return switch (language) {
            case "yaml" -> "flow.yml";
            case "java" -> "Program.java";
            default -> "program.py";
        };
    }

    /** Tells whether it is of a language that is analysed. */
    boolean isAnalysed() {
        return language.equals("python") || language.equals("yaml") || language.equals("java");
    }

    /** Returns the example as a case without marks. */
    public Case asCase() {
        List<String> all = new ArrayList<>(options);
        all.add(FILE_OPTION + file);
        return new Case(rule, language, all, unrunnable, text, List.of(), files, null, Map.of());
    }

    /** Returns how the program is started: as a script, or as the folder that its {@code __main__.py} lies in. */
    public String mode() {
        return file.endsWith("/__main__.py") ? "directory" : "script";
    }

    @Override
    public String toString() {
        return rule + (isBad ? " bad" : " good");
    }
}
