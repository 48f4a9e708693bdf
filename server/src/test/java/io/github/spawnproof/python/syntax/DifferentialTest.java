package io.github.spawnproof.python.syntax;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.spawnproof.source.SourceText;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Compares the trees with those of every CPython on the machine; CPython is right. Run with
 * {@code -Dtest.kinds=differential -Dexcluded.test.kinds=none}, and {@code -Dspawnproof.python314=PATH} for one more.
 *
 * <p>What a version of Python has no position for, or a wrong one, is listed in {@code dump_ast.py}. Files that a Python
 * rejects are not compared with it.
 */
@Tag("differential")
class DifferentialTest {

    private static final int OLDEST = 8;
    private static final int NEWEST = 15;
    private static final int FEWEST_FILES = 600;
    private static final int MUTATIONS = 4_000;
    private static final int PREFIXED_FILES = 50;
    private static final int PREFIXES = 2_000;
    private static final int LONGEST_SNIPPET = 1_500;
    private static final int LONGEST_PREFIXED = 40_000;
    private static final long SEED = 20_261_123;

    static List<Path> pythons() throws IOException {
        Set<Path> found = new TreeSet<>();
        List<Path> directories = new ArrayList<>();
        for (String directory : System.getenv("PATH").split(":", -1)) {
            directories.add(Path.of(directory));
        }
        Path versions = Path.of(System.getProperty("user.home"), ".pyenv", "versions");
        if (Files.isDirectory(versions)) {
            try (Stream<Path> installed = Files.list(versions)) {
                installed.forEach(version -> directories.add(version.resolve("bin")));
            }
        }
        for (Path directory : directories) {
            // The shims of pyenv are scripts, and fail for versions that are not switched on.
            for (int minor = OLDEST; minor <= NEWEST && !directory.endsWith("shims"); minor++) {
                Path python = directory.resolve("python3." + minor);
                if (Files.isExecutable(python)) {
                    found.add(python.toRealPath());
                }
            }
        }
        String another = System.getProperty("spawnproof.python314", "");
        if (!another.isEmpty()) {
            found.add(Path.of(another).toRealPath());
        }
        assertThat(found).as("Pythons to compare with").isNotEmpty();
        return List.copyOf(found);
    }

    @ParameterizedTest
    @MethodSource("pythons")
    void the_standard_library_has_the_same_trees(Path python) throws IOException {
        AstComparison comparison = new AstComparison(python);

        comparison.compare(AstComparison.pythonFiles(comparison.library()));

        report(python, comparison);
        assertThat(comparison.differences()).isEmpty();
        assertThat(comparison.compared()).isGreaterThanOrEqualTo(FEWEST_FILES);
    }

    @ParameterizedTest
    @MethodSource("pythons")
    void the_samples_have_the_same_trees_with_all_line_ends(Path python, @TempDir Path directory) throws IOException {
        List<Path> files = new ArrayList<>();
        for (String lineEnd : List.of("\n", "\r\n", "\r")) {
            for (String text : Samples.texts()) {
                files.add(write(directory, files.size(), text.replace("\n", lineEnd)));
            }
        }
        AstComparison comparison = new AstComparison(python);

        comparison.compare(files);

        report(python, comparison);
        assertThat(comparison.differences()).isEmpty();
        assertThat(comparison.compared()).isGreaterThanOrEqualTo(3);
    }

    /** The newest grammar is compared only: what an older Python rejects may be valid in a newer one. */
    @ParameterizedTest
    @MethodSource("newest")
    void mutated_statements_are_damaged_if_and_only_if_python_rejects_them(Path python, @TempDir Path directory)
            throws IOException {
        AstComparison comparison = new AstComparison(python);
        Random random = new Random(SEED);
        List<String> snippets = snippets(comparison.library());
        List<Path> files = new ArrayList<>();
        while (files.size() < MUTATIONS) {
            String snippet = snippets.get(random.nextInt(snippets.size()));
            String mutated = Mutations.at(random.nextInt(snippet.length()), snippet, random);
            // Not a valid text in UTF-8, or for other reasons no concern of the grammar.
            if (mutated.indexOf('\0') < 0 && StandardCharsets.UTF_8.newEncoder().canEncode(mutated)) {
                files.add(write(directory, files.size(), mutated + "\nend = 1\n"));
            }
        }

        comparison.compare(files);

        report(python, comparison);
        assertThat(comparison.differences()).isEmpty();
        List<String> accepted = new ArrayList<>();
        for (String rejection : comparison.rejected()) {
            String text = Files.readString(Path.of(rejection.substring(0, rejection.indexOf(".py: ") + 3)));
            // Names of future features are checked after parsing; 3.14 does not have the syntax of 3.15.
            boolean later = rejection.contains("future feature") || text.contains("lazy import");
            if (!later && Sketch.parse(text).errors().isEmpty()) {
                accepted.add(rejection + "\n" + text);
            }
        }
        assertThat(accepted).isEmpty();
        assertThat(comparison.rejected()).hasSizeGreaterThan(MUTATIONS / 10);
        assertThat(comparison.compared()).isGreaterThan(MUTATIONS / 10);
    }

    static List<Path> newest() throws IOException {
        List<Path> newest = new ArrayList<>();
        for (Path python : pythons()) {
            if (python.toString().matches(".*3\\.1[45]")) {
                newest.add(python);
            }
        }
        assertThat(newest).as("Python 3.14, by scripts/get-python314.sh").isNotEmpty();
        return newest;
    }

    @ParameterizedTest
    @MethodSource("pythons")
    void prefixes_of_library_files_start_with_the_same_statements(Path python) throws IOException {
        List<String> texts = texts(new AstComparison(python).library());
        Random random = new Random(SEED);
        for (int i = 0; i < PREFIXED_FILES; i++) {
            String text = texts.get(random.nextInt(texts.size()));
            PythonTree whole = Sketch.parse(text);
            int ends = 0;
            for (int end = text.indexOf('\n'); end >= 0; end = text.indexOf('\n', end + 1)) {
                ends++;
            }
            // At most some hundred line ends of a file, evenly: each prefix is parsed from its start.
            int every = 1 + ends / 400;
            int line = 0;
            for (int end = text.indexOf('\n'); end >= 0; end = text.indexOf('\n', end + 1)) {
                if (line++ % every == 0) {
                    TreeChecks.sameBefore(end, whole, TreeChecks.parse(text.substring(0, end)));
                }
            }
            for (int j = 0; j < PREFIXES / PREFIXED_FILES; j++) {
                int end = random.nextInt(text.length());
                TreeChecks.sameBefore(end, whole, TreeChecks.parse(text.substring(0, end)));
                String mutated = Mutations.at(end, text, random);
                TreeChecks.sameBefore(end, whole, TreeChecks.parse(mutated));
            }
        }
    }

    /** Returns the texts of valid files that are neither tiny nor huge. */
    private static List<String> texts(Path library) throws IOException {
        List<String> texts = new ArrayList<>();
        for (Path file : AstComparison.pythonFiles(library)) {
            byte[] bytes = Files.readAllBytes(file);
            String text = new String(bytes, StandardCharsets.UTF_8);
            boolean utf8 = text.indexOf('\uFFFD') < 0;
            if (utf8 && bytes.length > 1_000 && bytes.length < LONGEST_PREFIXED) {
                texts.add(text);
            }
        }
        return texts;
    }

    private static List<String> snippets(Path library) throws IOException {
        List<String> snippets = new ArrayList<>();
        for (String text : texts(library)) {
            for (TopLevel statement : PythonParser.parse(new SourceText(text)).statements()) {
                int end = statement.offset() + statement.statement().end();
                boolean docstring = text.startsWith("\"\"\"", statement.offset());
                if (!statement.damaged() && !docstring && end - statement.offset() < LONGEST_SNIPPET) {
                    snippets.add(text.substring(statement.offset(), end));
                }
            }
        }
        return snippets;
    }

    private static Path write(Path directory, int number, String text) throws IOException {
        return Files.writeString(directory.resolve("f" + number + ".py"), text);
    }

    /** The counts belong into the report of a run: a comparison of nothing finds no differences either. */
    private static void report(Path python, AstComparison comparison) {
        System.out.println(String.format(
                Locale.ROOT,
                "%s: %d files compared, %d nodes, %d rejected, %d differ",
                python,
                comparison.compared(),
                comparison.nodes(),
                comparison.rejected().size(),
                comparison.differing()));
    }
}
