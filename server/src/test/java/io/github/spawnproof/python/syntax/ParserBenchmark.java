package io.github.spawnproof.python.syntax;

import com.google.errorprone.annotations.FormatMethod;
import io.github.spawnproof.source.SourceText;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Measures the parser against CPython's {@code ast.parse} over the same files, warm, one thread each, in one run.
 *
 * <p>Arguments: a directory with Python files, and the Python to compare with.
 */
final class ParserBenchmark {

    private static final int ROUNDS = 8;
    private static final double MEGA = 1e6;

    /** Times the parsing of texts that are in memory already, best of three rounds. */
    private static final String PROGRAM = """
            import ast, sys, time, warnings
            warnings.simplefilter("ignore")
            texts = []
            for path in sys.stdin.read().splitlines():
                with open(path, encoding="utf-8", newline="") as file:
                    texts.append(file.read())
            best = None
            for round in range(3):
                start = time.perf_counter()
                for text in texts:
                    ast.parse(text)
                seconds = time.perf_counter() - start
                best = seconds if best is None else min(best, seconds)
            print(best)
            """;

    private ParserBenchmark() {}

    public static void main(String[] arguments) throws IOException {
        List<Path> files = new ArrayList<>();
        List<SourceText> sources = new ArrayList<>();
        long bytes = 0;
        for (Path file : AstComparison.pythonFiles(Path.of(arguments[0]))) {
            SourceText source = readable(file);
            if (source != null) {
                files.add(file);
                sources.add(source);
                bytes += Files.size(file);
            }
        }
        double best = Double.MAX_VALUE;
        long statements = 0;
        for (int round = 0; round < ROUNDS; round++) {
            long start = System.nanoTime();
            for (SourceText source : sources) {
                statements += PythonParser.parse(source).statements().size();
            }
            double seconds = (System.nanoTime() - start) / 1e9;
            best = Math.min(best, seconds);
            print("round %d: %.1f MB/s", round, bytes / MEGA / seconds);
        }
        print("%d files, %.1f MB, %d statements", files.size(), bytes / MEGA, statements / ROUNDS);
        double python = timeOfPython(arguments[1], files);
        print(
                "here %.1f MB/s, ast.parse %.1f MB/s, ratio %.1f",
                bytes / MEGA / best, bytes / MEGA / python, python / best);
    }

    /** Returns the text of a valid UTF-8 file without damage, else null. */
    private static @Nullable SourceText readable(Path file) throws IOException {
        try {
            SourceText source = new SourceText(StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(Files.readAllBytes(file)))
                    .toString());
            boolean cookie = source.text().startsWith("\uFEFF");
            return cookie || !PythonParser.parse(source).errors().isEmpty() ? null : source;
        } catch (CharacterCodingException notUtf8) {
            return null;
        }
    }

    private static double timeOfPython(String python, List<Path> files) throws IOException {
        Process process = new ProcessBuilder(python, "-c", PROGRAM)
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        try (var input = process.getOutputStream()) {
            for (Path file : files) {
                input.write((file + "\n").getBytes(StandardCharsets.UTF_8));
            }
        }
        return Double.parseDouble(new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip());
    }

    @FormatMethod
    private static void print(String format, Object... values) {
        System.out.println(String.format(Locale.ROOT, format, values));
    }
}
