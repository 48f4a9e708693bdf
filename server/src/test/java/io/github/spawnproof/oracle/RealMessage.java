package io.github.spawnproof.oracle;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A program of {@code messages.md} and what it must print.
 *
 * @param rule the rule whose page must come first; {@code -} if there is none
 * @param causes texts that must be printed
 * @param symptoms those that must be printed and be called symptoms
 */
record RealMessage(Example program, Machine machine, String rule, List<String> causes, List<String> symptoms) {

    private static final Pattern SECTION = Pattern.compile("(?ms)^## ([^\n]+)\n(.*?)(?=^## |\\z)");
    private static final Pattern PROGRAM = Pattern.compile("(?ms)^```python ([A-Z_]+) (\\S+)\n(.*?)^```$");
    private static final Pattern FILE = Pattern.compile("(?ms)^```\\w+ ([\\w./-]+\\.\\w+)\n(.*?)^```$");
    private static final Pattern PRINTED = Pattern.compile("(?ms)^```text\n(.*?)^```$");
    private static final String SYMPTOM = "symptom: ";

    static Stream<RealMessage> all() {
        try (var in = RealMessage.class.getResourceAsStream("/explain/messages.md")) {
            if (in == null) {
                throw new IOException("no resource messages.md");
            }
            return SECTION.matcher(new String(in.readAllBytes(), StandardCharsets.UTF_8))
                    .results()
                    .map(section -> of(section.group(1), section.group(2)))
                    .filter(message -> message.program.isWanted());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static RealMessage of(String heading, String section) {
        Matcher program = match(PROGRAM, section);
        Map<String, String> files = new TreeMap<>();
        FILE.matcher(section).results().forEach(file -> files.put(file.group(1), file.group(2)));
        Map<Boolean, List<String>> printed = match(PRINTED, section)
                .group(1)
                .lines()
                .collect(Collectors.partitioningBy(line -> line.startsWith(SYMPTOM)));
        return new RealMessage(
                new Example(
                        heading,
                        program.group(2),
                        "program.py",
                        program.group(3),
                        files,
                        "",
                        false,
                        Optional.empty(),
                        Optional.empty()),
                Machine.valueOf(program.group(1)),
                program.group(2),
                printed.get(false),
                printed.get(true).stream()
                        .map(line -> line.substring(SYMPTOM.length()))
                        .toList());
    }

    private static Matcher match(Pattern pattern, String section) {
        Matcher matcher = pattern.matcher(section);
        if (!matcher.find()) {
            throw new IllegalStateException(pattern + " is not in " + section);
        }
        return matcher;
    }

    /** Tells whether something is printed by Jina, whose lines are as narrow as a terminal. */
    boolean isWrapped() {
        return program.packages().contains("jina");
    }

    /** Returns everything that all processes print, in the order in which they print it. */
    String printed() throws IOException, InterruptedException {
        return machine.oracle(program.packages())
                .orElseThrow()
                .together()
                .run(program, machine)
                .errors();
    }

    @Override
    public String toString() {
        return program.name();
    }
}
