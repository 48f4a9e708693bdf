package io.github.spawnproof.cli;

import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Path;
import java.util.Map;
import java.util.function.LongSupplier;

/**
 * Everything a command has from the outside.
 *
 * @param workingDirectory absolute; relative paths start there
 * @param inIsTerminal whether a person would have to type {@code in}
 * @param outIsTerminal whether a person reads {@code out}
 * @param errIsTerminal whether a person reads {@code err}
 * @param nanoTime a clock for durations
 * @param threads how many files are analysed at a time
 */
public record Console(
        InputStream in,
        OutputStream out,
        OutputStream err,
        Path workingDirectory,
        Map<String, String> environment,
        boolean inIsTerminal,
        boolean outIsTerminal,
        boolean errIsTerminal,
        LongSupplier nanoTime,
        int threads) {

    /** Returns the value of an environment variable; empty if it is not set. */
    String variable(String name) {
        return environment.getOrDefault(name, "");
    }
}
