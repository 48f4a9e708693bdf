package com.acme.words;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Counts words; {@code it's} two of them. */
public final class WordCounts {

    private static final String MARK = "\"{(\\";
    private final Map<String, Integer> counts = new HashMap<>();
    private transient int total;

    /* A constructor. */
    public WordCounts(Path file, int limit) {
        try (var lines = Files.lines(file)) {
            lines.limit(limit).forEach(this::add);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void add(String line) {
        for (String word : line.split(" ", -1)) {
            if (word.isBlank() || word.startsWith(MARK)) {
                continue;
            }
            counts.merge(word, 1, Integer::sum);
            total++;
        }
    }

    public List<String> most(int count) {
        return counts.entrySet().stream()
                .sorted(Map.Entry.comparingByValue((a, b) -> {
                    int order = Integer.compare(b, a);
                    return order;
                }))
                .limit(count)
                .map(entry -> entry.getKey() + "=" + entry.getValue())
                .toList();
    }

    public String text() {
        String intro = """
                These are "words":
                  {total}
                """;
        switch (total) {
            case 0:
                return "none";
            case 1:
                intro += '1';
                break;
            default:
                intro += total;
        }
        return intro;
    }

    public int total() {
        return total;
    }

    private enum Order {
        FIRST("a") {
            @Override
            int sign() {
                return 1;
            }
        },
        LAST("z");

        private final String letter;

        Order(String letter) {
            this.letter = letter;
        }

        int sign() {
            return -1;
        }
    }
}
