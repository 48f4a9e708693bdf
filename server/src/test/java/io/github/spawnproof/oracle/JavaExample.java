package io.github.spawnproof.oracle;

import io.github.spawnproof.analysis.AnalysisResult;
import io.github.spawnproof.analysis.Fixes;
import io.github.spawnproof.corpus.Program;
import io.github.spawnproof.finding.Applicability;
import io.github.spawnproof.finding.Fix;
import io.github.spawnproof.finding.TextEdit;
import io.github.spawnproof.rule.JavaRule;
import io.github.spawnproof.rule.Rule;
import io.github.spawnproof.rules.Case;
import io.github.spawnproof.rules.Catalogue;
import io.github.spawnproof.rules.PageExample;
import io.github.spawnproof.source.CancelToken;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A Java program that the project makes claims about, as something to compile and, if it has a main method, to run.
 *
 * @param name where it is from
 * @param rule the rule whose page or cases it is from; empty for the corpus
 * @param program its text, with the files beside it
 * @param hasOnlyKnownFaults whether there is a rule yet for each fault that it is known to have
 */
record JavaExample(String name, String rule, Case program, boolean hasOnlyKnownFaults) {

    /** The rules that somebody asked for; none means all. */
    private static final List<String> WANTED = Stream.of(
                    System.getProperty("spawnproof.oracle.rules", "").split(",", -1))
            .filter(rule -> !rule.isEmpty())
            .toList();

    /** Libraries by what their packages start with. */
    private static final Map<String, String> LIBRARIES = Map.of(
            "org.apache.spark.", "spark",
            "org.apache.beam.", "beam",
            "org.apache.flink.", "flink",
            "org.apache.storm.", "storm",
            "org.apache.ignite.", "ignite",
            "com.hazelcast.", "hazelcast");

    /** Libraries that are big, or slow: a program of theirs takes a quarter of a minute. */
    private static final List<String> SLOW = List.of("spark", "beam", "ignite");

    private static final Pattern IMPORT = Pattern.compile("(?m)^\\s*import\\s+(?:static\\s+)?([\\w.]+)");
    private static final Pattern MAIN = Pattern.compile("\\bstatic\\s+(?:final\\s+)?void\\s+main\\s*\\(");
    /** How a program wants to be run, in a comment of its own. */
    private static final Pattern DIRECTIVE = Pattern.compile("(?m)^\\s*//\\s*oracle:\\s*(.*)$");

    private static final String RUN_TWICE = "mode=two-jvm";

    /**
     * How a program wants to be run.
     *
     * @param timeout when it has certainly stopped; one that does nothing is noticed sooner
     * @param machine options of the virtual machine
     * @param compiler options of the compiler
     */
    record How(boolean twice, Duration timeout, List<String> libraries, List<String> machine, List<String> compiler) {}

    // Where they are from

    /** Returns every program that can be had here; only those of some rules if somebody asked for these. */
    static Stream<JavaExample> all() {
        return Stream.of(pages(), cases(), corpus())
                .flatMap(examples -> examples)
                .filter(JavaExample::isRunnable)
                .filter(JavaExample::isWanted);
    }

    static Stream<JavaExample> pages() {
        return rules().flatMap(rule -> PageExample.of(rule).stream())
                .filter(page -> page.language().equals("java"))
                .map(page -> new JavaExample(page.toString(), page.rule(), page.asCase(), true));
    }

    static Stream<JavaExample> cases() {
        return rules().flatMap(rule -> Case.of(rule).stream()
                .filter(one -> one.language().equals("java"))
                .map(one -> new JavaExample(rule.id() + ": " + one.heading(), rule.id(), one, isKnownWhole(one))));
    }

    static Stream<JavaExample> corpus() {
        return Program.all().filter(Program::isJava).map(program -> of(program));
    }

    static JavaExample of(Program program) {
        return new JavaExample(program.toString(), "", asCase(program.name(), program.text()), program.isKnownWhole());
    }

    /** Returns a program as a case without marks. */
    static Case asCase(String name, String text) {
        return new Case(name, "java", List.of("file=" + name + ".java"), "", text, List.of(), Map.of(), null, Map.of());
    }

    /** Tells whether all faults of a case have a rule: {@code unclaimed=ID} names one that is not there yet. */
    private static boolean isKnownWhole(Case one) {
        String rule = one.option("unclaimed");
        if (rule != null && Catalogue.ANALYZER.catalog().find(rule).isPresent()) {
            throw new IllegalStateException("%s: the rule %s is there now".formatted(one.heading(), rule));
        }
        return rule == null;
    }

    private static Stream<Rule> rules() {
        return Catalogue.ANALYZER.catalog().all().stream().filter(rule -> rule instanceof JavaRule);
    }

    boolean isRunnable() {
        return program.unrunnable().isEmpty()
                && (Machine.ALL || libraries().stream().noneMatch(SLOW::contains));
    }

    boolean isWanted() {
        return WANTED.isEmpty()
                || WANTED.contains(rule)
                || analyze().findings().stream().anyMatch(finding -> WANTED.contains(finding.rule()));
    }

    // What it is

    String file() {
        return program.file();
    }

    String text() {
        return program.text();
    }

    /** Returns what lies beside it, by path. */
    Map<String, String> files() {
        return program.files();
    }

    /** Tells whether it can be run, or only be compiled. */
    boolean hasMain() {
        return MAIN.matcher(text()).find();
    }

    /** Tells whether what one run of it writes is read by another. */
    boolean runsTwice() {
        return how().twice();
    }

    /** Returns the libraries that it and the files beside it import, or say that they need. */
    List<String> libraries() {
        TreeSet<String> libraries = new TreeSet<>(how().libraries());
        Stream.concat(Stream.of(text()), files().values().stream())
                .flatMap(text -> IMPORT.matcher(text).results())
                .forEach(found -> LIBRARIES.forEach((prefix, library) -> {
                    if (found.group(1).startsWith(prefix)) {
                        libraries.add(library);
                    }
                }));
        return List.copyOf(libraries);
    }

    /** Returns how it wants to be run: what its comments and the options of its fence say. */
    How how() {
        boolean twice = false;
        Duration timeout = Duration.ofSeconds(60);
        List<String> libraries = new ArrayList<>();
        List<String> machine = new ArrayList<>();
        List<String> compiler = new ArrayList<>();
        for (String word : words()) {
            String value = word.substring(word.indexOf('=') + 1);
            if (word.equals(RUN_TWICE)) {
                twice = true;
            } else if (word.startsWith("timeout=")) {
                timeout = Duration.ofSeconds(Long.parseLong(value));
            } else if (word.startsWith("lib=")) {
                libraries.addAll(List.of(value.split(",", -1)));
            } else if (word.startsWith("jvm=")) {
                machine.add(value);
            } else if (word.startsWith("javac=")) {
                compiler.add(value);
            }
        }
        return new How(twice, timeout, libraries, machine, compiler);
    }

    private List<String> words() {
        List<String> words = new ArrayList<>(program.options());
        Matcher directive = DIRECTIVE.matcher(text());
        while (directive.find()) {
            words.addAll(List.of(directive.group(1).strip().split("\\s+", -1)));
        }
        return words;
    }

    // What is said of it, and what happens

    AnalysisResult analyze() {
        return Catalogue.analyze(program, text());
    }

    /** Returns what all its fixes together make of it; the same if there are none. */
    JavaExample fixed() {
        return with(Fixes.applyAll(Catalogue.ANALYZER, analyze(), Applicability.UNSAFE, CancelToken.NEVER));
    }

    /** Returns what a fix makes of it. */
    JavaExample with(Fix fix) {
        Case after = Catalogue.after(program, fix.others());
        String text = TextEdit.apply(analyze().snapshot(), fix.edits()).source().text();
        return new JavaExample(name, rule, with(after, text), hasOnlyKnownFaults);
    }

    private JavaExample with(Fixes.Fixed fixed) {
        Case after = Catalogue.after(program, fixed.others());
        return new JavaExample(name, rule, with(after, fixed.document().source().text()), hasOnlyKnownFaults);
    }

    private static Case with(Case one, String text) {
        return new Case(
                one.heading(),
                one.language(),
                one.options(),
                one.unrunnable(),
                text,
                one.marks(),
                one.files(),
                one.fixed(),
                one.fixedFiles());
    }

    Jvm.Verdict run(Jvm jvm) {
        try {
            return jvm.run(this);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    /** Returns what it stands on, in the words of the report. */
    String kind() {
        return libraries().isEmpty() ? "the JDK alone" : libraries().stream().collect(Collectors.joining(" and "));
    }

    @Override
    public String toString() {
        return name;
    }
}
