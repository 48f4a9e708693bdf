package io.github.spawnproof.oracle;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** How often what happened, by rule or place: a table in {@code target/oracle}, which {@code scripts/test} prints. */
final class Report {

    private final String name;
    private final Map<String, Map<String, Integer>> counts = new TreeMap<>();

    Report(String name) {
        this.name = name;
    }

    synchronized void count(String row, String column) {
        counts.computeIfAbsent(row, key -> new TreeMap<>()).merge(column, 1, Integer::sum);
    }

    synchronized void write() {
        String text = counts.entrySet().stream()
                .map(row -> "%-34s %s%n".formatted(row.getKey(), columns(row.getValue())))
                .collect(Collectors.joining("", "--- " + name + "\n", ""));
        try {
            Path folder = Files.createDirectories(Path.of("target", "oracle"));
            Files.writeString(folder.resolve(name + ".txt"), text);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String columns(Map<String, Integer> columns) {
        return columns.entrySet().stream()
                .map(column -> column.getKey() + " " + column.getValue())
                .collect(Collectors.joining(", "));
    }
}
