package io.github.spawnproof.oracle;

import io.github.spawnproof.analysis.AnalysisResult;
import io.github.spawnproof.analysis.Analyzer;
import io.github.spawnproof.analysis.Fixes;
import io.github.spawnproof.boundary.OperatingSystem;
import io.github.spawnproof.boundary.PythonVersion;
import io.github.spawnproof.corpus.Program;
import io.github.spawnproof.project.Project;
import io.github.spawnproof.rule.PythonRule;
import io.github.spawnproof.rule.Rule;
import io.github.spawnproof.rule.RuleCatalog;
import io.github.spawnproof.rule.YamlRule;
import io.github.spawnproof.rules.Case;
import io.github.spawnproof.rules.PageExample;
import io.github.spawnproof.rules.PercentNotebook;
import io.github.spawnproof.rules.ProjectFiles;
import io.github.spawnproof.source.CancelToken;
import io.github.spawnproof.source.DocumentSnapshot;
import io.github.spawnproof.source.Language;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * A program that the project makes claims about, as something to run.
 *
 * @param name where it is from
 * @param rule the rule whose page or cases it is from; empty for the corpora
 * @param file the path that it needs to have
 * @param text the program
 * @param files what lies beside it, by path
 * @param unrunnable why nobody can run it here; empty if it can be run
 * @param hasOnlyKnownFaults whether each fault that it is known to have is in it, and there is a rule for it yet
 * @param system the only system that it is judged for; empty means all
 * @param version the only version that it is judged for; empty means all
 */
record Example(
        String name,
        String rule,
        String file,
        String text,
        Map<String, String> files,
        String unrunnable,
        boolean hasOnlyKnownFaults,
        Optional<OperatingSystem> system,
        Optional<PythonVersion> version) {

    private static final String URI_BASE = "file:///project/";

    static final Analyzer ANALYZER = new Analyzer(RuleCatalog.load());

    /** The rules that somebody asked for; none means all. */
    private static final List<String> WANTED = Stream.of(
                    System.getProperty("spawnproof.oracle.rules", "").split(",", -1))
            .filter(rule -> !rule.isEmpty())
            .toList();

    private static final Pattern IMPORT = Pattern.compile("(?m)^ *(?:from|import) (\\w+)");
    private static final Pattern FUNCTION_WITHOUT_PARAMETERS =
            Pattern.compile("(?m)(?<!^@[^\n]{0,80}\n)^def (\\w+)\\(\\):");

    /** Packages that are installed for the tests, in the order in which they decide on the interpreter. */
    private static final List<String> PACKAGES = List.of(
            "torch",
            "IPython",
            "jina",
            "docarray",
            "joblib",
            "loky",
            "multiprocess",
            "pathos",
            "tqdm",
            "numpy",
            "parmap");

    // Where they are from

    /** Returns every program that can run here; only those of some rules if somebody asked for these. */
    static Stream<Example> all() {
        return Stream.of(pages(), cases(), corpus())
                .flatMap(examples -> examples)
                .filter(example -> example.unrunnable().isEmpty() && example.isWanted())
                .filter(example -> Machine.ALL || !example.isSlow());
    }

    /** Tells whether it needs what takes minutes to install, or is one of many that take seconds each. */
    private boolean isSlow() {
        return packages().contains("torch") || (packages().contains("jina") && name.startsWith(rule + ": "));
    }

    boolean isWanted() {
        return WANTED.isEmpty()
                || WANTED.contains(rule)
                || analyze().findings().stream().anyMatch(finding -> WANTED.contains(finding.rule()));
    }

    static Stream<Example> pages() {
        return rules().flatMap(rule -> PageExample.of(rule).stream()).map(Example::of);
    }

    private static Example of(PageExample page) {
        Map<String, String> files = new TreeMap<>(page.files());
        boolean isPython = page.language().equals("python");
        if (!isPython) {
            files.put(page.file(), page.text());
        }
        return new Example(
                page.toString(),
                page.rule(),
                isPython ? page.file() : "program.py",
                // The page of a fault in a file of configuration shows the program that loads it, which has none
                // itself.
                isPython ? page.text() : files.remove("program.py"),
                files,
                page.unrunnable(),
                isPython,
                Optional.empty(),
                Optional.empty());
    }

    static Stream<Example> cases() {
        return rules().flatMap(rule -> Case.of(rule).stream()
                .filter(one -> one.language().equals("python"))
                .map(one -> new Example(
                        rule.id() + ": " + one.heading(),
                        rule.id(),
                        one.file(),
                        one.text(),
                        one.files(),
                        "",
                        isKnownWhole(one),
                        Optional.ofNullable(one.option("platform")).flatMap(OperatingSystem::parse),
                        Optional.ofNullable(one.option("python")).flatMap(PythonVersion::parse))));
    }

    static Stream<Example> corpus() {
        return Program.all()
                .filter(Program::isPython)
                .map(program -> new Example(
                        program.toString(),
                        "",
                        file(program),
                        program.text(),
                        program.files(),
                        program.unrunnable(),
                        program.isKnownWhole(),
                        Optional.empty(),
                        Optional.empty()));
    }

    /** Tells whether all faults of a case have a rule: {@code unclaimed=ID} names one that is not there yet. */
    private static boolean isKnownWhole(Case one) {
        String rule = one.option("unclaimed");
        if (rule != null && ANALYZER.catalog().find(rule).isPresent()) {
            throw new IllegalStateException("%s: the rule %s is there now".formatted(one.heading(), rule));
        }
        return rule == null;
    }

    private static String file(Program program) {
        return switch (program.mode()) {
            case "directory" -> "program/__main__.py";
            default -> "program.py";
        };
    }

    private static Stream<Rule> rules() {
        return ANALYZER.catalog().all().stream().filter(rule -> rule instanceof PythonRule || rule instanceof YamlRule);
    }

    // What it needs

    /** Returns the installed packages that it imports. */
    List<String> packages() {
        TreeSet<String> imported = new TreeSet<>();
        Matcher matcher = IMPORT.matcher(text);
        while (matcher.find()) {
            imported.add(matcher.group(1));
        }
        if (isNotebook()) {
            imported.add("IPython");
        }
        return PACKAGES.stream().filter(imported::contains).toList();
    }

    /** Tells whether it is pasted from Jina's documentation without its imports. */
    boolean isFragment() {
        return !text.contains("import") && (text.contains("Deployment(") || text.contains("(Executor)"));
    }

    /**
     * Returns the same program with calls of what it only defines: a case shows what a function does, and leaves out that
     * somebody calls it.
     */
    Example called() {
        List<String> calls = new ArrayList<>();
        Matcher function = FUNCTION_WITHOUT_PARAMETERS.matcher(text);
        while (function.find()) {
            if (text.split("\\b" + function.group(1) + "\\b", -1).length == 2) {
                calls.add("    " + function.group(1) + "()\n");
            }
        }
        return calls.isEmpty() || isNotebook()
                ? this
                : with(text + "\n\nif __name__ == \"__main__\":\n" + String.join("", calls));
    }

    private Example with(String changed) {
        return new Example(name, rule, file, changed, files, unrunnable, hasOnlyKnownFaults, system, version);
    }

    /** Returns the program that fixes make of it, with what they do to other files. */
    Example with(Fixes.Fixed fixed) {
        Map<String, String> others = new TreeMap<>(files);
        String folder = URI_BASE + file.substring(0, file.lastIndexOf('/') + 1);
        fixed.others().forEach(other -> others.put(other.file().uri().substring(folder.length()), other.after()));
        String after = PercentNotebook.text(fixed.document());
        return new Example(name, rule, file, after, others, unrunnable, hasOnlyKnownFaults, system, version);
    }

    private boolean isNotebook() {
        return file.endsWith(".ipynb");
    }

    // What is said of it, and what happens

    AnalysisResult analyze(Project project) {
        DocumentSnapshot document = isNotebook()
                ? PercentNotebook.parse(URI_BASE + file, text)
                : DocumentSnapshot.of(URI_BASE + file, Language.PYTHON, text);
        return ANALYZER.analyze(document, project.with(new ProjectFiles(file, files, List.of())), CancelToken.NEVER);
    }

    AnalysisResult analyze() {
        return analyze(Project.DEFAULT);
    }

    /** Really runs it; empty if no interpreter is at hand that has what it imports. */
    Optional<Oracle.Verdict> run(Machine machine) {
        if (system.isPresent() && system.get() != machine.system) {
            return Optional.empty();
        }
        Optional<Oracle> found = machine.oracle(packages());
        return found.filter(oracle -> version.isEmpty() || isLikeThose(oracle.version()))
                .map(oracle -> {
                    try {
                        return oracle.run(this, machine);
                    } catch (IOException e) {
                        throw new UncheckedIOException(e);
                    } catch (InterruptedException e) {
                        Thread.currentThread().interrupt();
                        throw new IllegalStateException(e);
                    }
                });
    }

    /** Tells whether a release has the default start methods of the one that the program is judged for. */
    private boolean isLikeThose(PythonVersion release) {
        PythonVersion first = new PythonVersion(3, 14);
        return (release.compareTo(first) >= 0) == (version.orElseThrow().compareTo(first) >= 0);
    }

    /** Returns how it is started: as a script, as the folder that its {@code __main__.py} lies in, or cell by cell. */
    String mode() {
        return isNotebook() ? "notebook" : file.endsWith("/__main__.py") ? "directory" : "script";
    }

    @Override
    public String toString() {
        return name;
    }
}
