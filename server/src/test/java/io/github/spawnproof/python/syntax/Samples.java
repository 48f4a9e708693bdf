package io.github.spawnproof.python.syntax;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** The programs in {@code src/test/resources/syntax/samples}, which together hold all syntax. */
final class Samples {

    private Samples() {}

    static List<Path> files() {
        try {
            return AstComparison.pythonFiles(
                    Path.of(Samples.class.getResource("/syntax/samples").toURI()));
        } catch (URISyntaxException e) {
            throw new IllegalStateException(e);
        }
    }

    static List<String> texts() {
        return files().stream().map(Samples::read).toList();
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
