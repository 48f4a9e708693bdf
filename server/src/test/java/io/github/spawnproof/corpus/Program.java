package io.github.spawnproof.corpus;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import io.github.spawnproof.analysis.AnalysisResult;
import io.github.spawnproof.analysis.Analyzer;
import io.github.spawnproof.finding.Finding;
import io.github.spawnproof.project.Project;
import io.github.spawnproof.rule.RuleCatalog;
import io.github.spawnproof.source.CancelToken;
import io.github.spawnproof.source.DocumentSnapshot;
import io.github.spawnproof.source.Language;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A labelled program or configuration of {@code src/test/resources/corpus}: what must be found in it, and what happened when it ran.
 *
 * @param folder {@code python}, {@code jina} or {@code java}
 * @param name the file's name without its ending
 * @param sidecar the labels: {@code expected}, {@code tolerated}, {@code oracle}, {@code needs}, {@code mode}
 */
public record Program(String folder, String name, Path path, String text, JsonObject sidecar) {

    static final Analyzer ANALYZER = new Analyzer(RuleCatalog.load());

    private static final Map<String, Language> LANGUAGES =
            Map.of(".py", Language.PYTHON, ".yml", Language.YAML, ".java", Language.JAVA);

    /** A rule on a line, counted from 1. */
    record Label(int line, String rule) implements Comparable<Label> {
        @Override
        public int compareTo(Label other) {
            return line != other.line ? Integer.compare(line, other.line) : rule.compareTo(other.rule);
        }
    }

    public static Stream<Program> all() {
        return Stream.of("python", "jina", "java").flatMap(Program::in);
    }

    private static Stream<Program> in(String folder) {
        try {
            Path root = Path.of(Program.class.getResource("/corpus/" + folder).toURI());
            try (Stream<Path> files = Files.list(root)) {
                return files.filter(file -> LANGUAGES.containsKey(ending(file))).sorted().toList().stream()
                        .map(file -> read(folder, file));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (URISyntaxException e) {
            throw new IllegalStateException(e);
        }
    }

    private static String ending(Path file) {
        String name = file.getFileName().toString();
        return name.substring(Math.max(0, name.lastIndexOf('.')));
    }

    private static Program read(String folder, Path file) {
        try {
            String fileName = file.getFileName().toString();
            String name = fileName.substring(0, fileName.lastIndexOf('.'));
            JsonObject sidecar = JsonParser.parseString(Files.readString(file.resolveSibling(name + ".json")))
                    .getAsJsonObject();
            return new Program(folder, name, file, Files.readString(file), sidecar);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Returns what is found in a text that stands for this program. */
    AnalysisResult analyze(String changed) {
        boolean packageMain = "directory".equals(mode());
        String uri = "file:///corpus/" + (packageMain ? name + "/__main__.py" : path.getFileName());
        return ANALYZER.analyze(DocumentSnapshot.of(uri, language(), changed), Project.DEFAULT, CancelToken.NEVER);
    }

    private Language language() {
        return LANGUAGES.get(ending(path));
    }

    /** Tells whether it is a Python program, not a file of configuration. */
    public boolean isPython() {
        return language() == Language.PYTHON;
    }

    public boolean isJava() {
        return language() == Language.JAVA;
    }

    AnalysisResult analyze() {
        return analyze(text);
    }

    /** Returns how the program is started: {@code script} unless the sidecar says otherwise. */
    public String mode() {
        return sidecar.has("mode") ? sidecar.get("mode").getAsString() : "script";
    }

    /** Returns what lies beside it, by path: what is in the folder {@code NAME.extra}. */
    public Map<String, String> files() {
        Path extra = path.resolveSibling(name + ".extra");
        Map<String, String> files = new TreeMap<>();
        if (Files.isDirectory(extra)) {
            try (Stream<Path> all = Files.walk(extra)) {
                for (Path file : all.filter(Files::isRegularFile).toList()) {
                    files.put(extra.relativize(file).toString(), Files.readString(file));
                }
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
        return files;
    }

    /** Returns why it is not run; empty if it is. */
    public String unrunnable() {
        return sidecar.has("oracle") ? "" : sidecar.get("verified").getAsString();
    }

    /** Tells whether there is a rule yet for each of its faults. */
    public boolean isKnownWhole() {
        return labels("expected").stream()
                .allMatch(label -> ANALYZER.catalog().find(label.rule()).isPresent());
    }

    /** Returns the labels that the rules there are must give. */
    Set<Label> expected() {
        return labels("expected").stream()
                .filter(label -> ANALYZER.catalog().find(label.rule()).isPresent())
                .collect(Collectors.toCollection(TreeSet::new));
    }

    /** Returns the rules that may find something besides. */
    Set<String> tolerated() {
        return elements("tolerated")
                .map(element -> element.isJsonObject()
                        ? element.getAsJsonObject().get("rule").getAsString()
                        : element.getAsString())
                .collect(Collectors.toSet());
    }

    /** Returns the ids of the rules that must find something. */
    Set<String> expectedRules() {
        return labels("expected").stream().map(Label::rule).collect(Collectors.toSet());
    }

    private List<Label> labels(String key) {
        return elements(key)
                .map(JsonElement::getAsJsonObject)
                .map(label -> new Label(
                        label.get("line").getAsInt(), label.get("rule").getAsString()))
                .toList();
    }

    private Stream<JsonElement> elements(String key) {
        return sidecar.has(key) ? sidecar.getAsJsonArray(key).asList().stream() : Stream.empty();
    }

    /** Returns what happened under a start method; empty if it was not run. */
    Optional<String> verdict(String method) {
        return Optional.ofNullable(sidecar.getAsJsonObject("oracle"))
                .map(verdicts -> verdicts.get(method))
                .map(JsonElement::getAsString);
    }

    /** Returns the packages that the program needs to run. */
    List<String> needs() {
        return elements("needs").map(JsonElement::getAsString).toList();
    }

    static Set<Label> found(AnalysisResult result) {
        return result.findings().stream()
                .map(finding -> new Label(line(result, finding), finding.rule()))
                .collect(Collectors.toCollection(TreeSet::new));
    }

    static int line(AnalysisResult result, Finding finding) {
        return result.snapshot().source().lines().lineAt(finding.range().start()) + 1;
    }

    @Override
    public String toString() {
        return folder + "/" + name;
    }
}
