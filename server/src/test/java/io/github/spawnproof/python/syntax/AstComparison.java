package io.github.spawnproof.python.syntax;

import io.github.spawnproof.source.SourceText;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Compares our trees of Python files with those that a Python makes of them. */
final class AstComparison {

    private static final int SHOWN = 20;

    private final Path python;
    private final List<String> differences = new ArrayList<>();
    private final List<String> rejected = new ArrayList<>();
    private int compared;
    private long nodes;
    private int differing;

    AstComparison(Path python) {
        this.python = python;
    }

    int compared() {
        return compared;
    }

    long nodes() {
        return nodes;
    }

    List<String> rejected() {
        return rejected;
    }

    /** Returns the number of files that differ. */
    int differing() {
        return differing;
    }

    /** Returns the first differences. */
    List<String> differences() {
        return differences;
    }

    static List<Path> pythonFiles(Path directory) {
        try (Stream<Path> files = Files.walk(directory)) {
            return files.filter(file -> file.toString().endsWith(".py") && Files.isRegularFile(file))
                    .sorted()
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Returns the directory of the standard library. */
    Path library() {
        return Path.of(output("import os; print(os.path.dirname(os.__file__))"));
    }

    private String output(String program) {
        try {
            Process process = new ProcessBuilder(python.toString(), "-c", program)
                    .redirectError(ProcessBuilder.Redirect.INHERIT)
                    .start();
            String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            return output.strip();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    void compare(List<Path> files) throws IOException {
        Path script = Files.createTempFile("dump_ast", ".py");
        Path list = Files.createTempFile("files", ".txt");
        try (var resource = AstComparison.class.getResourceAsStream("/syntax/dump_ast.py")) {
            Files.write(script, resource.readAllBytes());
        }
        Files.write(list, files.stream().map(Path::toString).toList(), StandardCharsets.UTF_8);
        Process process = new ProcessBuilder(python.toString(), script.toString())
                .redirectInput(list.toFile())
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        try (BufferedReader dump =
                new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))) {
            for (Path file : files) {
                compareNext(file, dump);
            }
        } finally {
            process.destroy();
            Files.delete(script);
            Files.delete(list);
        }
    }

    private void compareNext(Path file, BufferedReader dump) throws IOException {
        String header = dump.readLine();
        if (header == null) {
            throw new IOException(python + " ended before " + file);
        }
        List<String> expected = new ArrayList<>();
        for (String line = dump.readLine(); !line.equals("."); line = dump.readLine()) {
            expected.add(line);
        }
        if (header.startsWith("X ")) {
            rejected.add(file + ": " + header.substring(2));
            return;
        }
        Charset charset = Charset.forName(header.substring(2).replace("utf-8-sig", "utf-8"));
        String text = charset.newDecoder()
                .decode(ByteBuffer.wrap(Files.readAllBytes(file)))
                .toString();
        PythonTree tree = PythonParser.parse(new SourceText(text));
        compared++;
        nodes += expected.size();
        String difference = difference(expected, TreeDump.of(tree));
        if (difference == null && !tree.errors().isEmpty()) {
            difference = "error: " + tree.errors().get(0);
        }
        if (difference != null) {
            differing++;
            if (differences.size() < SHOWN) {
                differences.add(file + ": " + difference);
            }
        }
    }

    private static @Nullable String difference(List<String> expected, List<String> actual) {
        for (int i = 0; i < expected.size(); i++) {
            if (i >= actual.size()) {
                return "lacks " + expected.get(i);
            }
            if (!same(expected.get(i), actual.get(i))) {
                return "expected " + shortened(expected.get(i)) + " but was " + shortened(actual.get(i));
            }
        }
        return actual.size() > expected.size() ? "has in addition " + actual.get(expected.size()) : null;
    }

    private static String shortened(String line) {
        return line.length() > 300 ? line.substring(0, 300) + "…" : line;
    }

    /** Compares two lines; a position that Python does not know is {@code ?}. */
    private static boolean same(String expected, String actual) {
        if (expected.equals(actual)) {
            return true;
        }
        int unknown = expected.indexOf(" ? ");
        if (unknown < 0 || !actual.startsWith(expected.substring(0, unknown + 1))) {
            return false;
        }
        int end = actual.indexOf(' ', unknown + 1);
        return end >= 0 && actual.substring(end).equals(expected.substring(unknown + 2));
    }
}
