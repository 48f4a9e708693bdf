package io.github.spawnproof.oracle;

import io.github.spawnproof.rules.Case;
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
record RealMessage(Printing program, String rule, List<String> causes, List<String> symptoms) {

    private static final Pattern SECTION = Pattern.compile("(?ms)^## ([^\n]+)\n(.*?)(?=^## |\\z)");
    private static final Pattern PROGRAM = Pattern.compile("(?ms)^```(python|java) ([A-Z_]+) (\\S+)\n(.*?)^```$");
    private static final Pattern FILE = Pattern.compile("(?ms)^```\\w+ ([\\w./-]+\\.\\w+)\n(.*?)^```$");
    private static final Pattern PRINTED = Pattern.compile("(?ms)^```text\n(.*?)^```$");
    private static final String SYMPTOM = "symptom: ";

    /** A program that prints something. */
    private sealed interface Printing permits PythonPrinting, JavaPrinting {

        String name();

        boolean isWanted();

        /** Returns everything that all its processes print, in the order in which they print it. */
        String printed() throws IOException, InterruptedException;

        /** Returns the program and what lies beside it, by path. */
        Map<String, String> files();

        /** Tells whether its lines are as narrow as a terminal, or what it prints is never parted by others. */
        boolean isWhole();
    }

    private record PythonPrinting(Example program, Machine machine) implements Printing {

        @Override
        public String name() {
            return program.name();
        }

        @Override
        public boolean isWanted() {
            return program.isWanted();
        }

        @Override
        public String printed() throws IOException, InterruptedException {
            return machine.oracle(program.packages())
                    .orElseThrow()
                    .together()
                    .run(program, machine)
                    .errors();
        }

        @Override
        public Map<String, String> files() {
            Map<String, String> files = new TreeMap<>(program.files());
            files.put("program.py", program.text());
            return files;
        }

        @Override
        public boolean isWhole() {
            return program.packages().contains("jina");
        }
    }

    private record JavaPrinting(JavaExample program, Jvm jvm) implements Printing {

        @Override
        public String name() {
            return jvm + ": " + program.name();
        }

        @Override
        public boolean isWanted() {
            return program.isRunnable() && program.isWanted();
        }

        @Override
        public String printed() throws IOException, InterruptedException {
            return jvm.runPlainly(program).printed();
        }

        @Override
        public Map<String, String> files() {
            Map<String, String> files = new TreeMap<>(program.files());
            files.put(program.file(), program.text());
            return files;
        }

        @Override
        public boolean isWhole() {
            return true; // A stack trace is printed at once.
        }
    }

    static Stream<RealMessage> all() {
        try (var in = RealMessage.class.getResourceAsStream("/explain/messages.md")) {
            if (in == null) {
                throw new IOException("no resource messages.md");
            }
            return SECTION.matcher(new String(in.readAllBytes(), StandardCharsets.UTF_8))
                    .results()
                    .flatMap(section -> of(section.group(1), section.group(2)))
                    .filter(message -> message.program.isWanted());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Stream<RealMessage> of(String heading, String section) {
        Matcher program = match(PROGRAM, section);
        Map<String, String> files = new TreeMap<>();
        FILE.matcher(section).results().forEach(file -> files.put(file.group(1), file.group(2)));
        Map<Boolean, List<String>> printed = match(PRINTED, section)
                .group(1)
                .lines()
                .collect(Collectors.partitioningBy(line -> line.startsWith(SYMPTOM)));
        String rule = program.group(3);
        String text = program.group(4);
        Stream<Printing> programs = program.group(1).equals("java")
                ? onEachJvm(heading, rule, text)
                : Stream.of(new PythonPrinting(
                        new Example(
                                heading,
                                rule,
                                "program.py",
                                text,
                                files,
                                "",
                                false,
                                Optional.empty(),
                                Optional.empty()),
                        Machine.valueOf(program.group(2))));
        return programs.map(one -> new RealMessage(
                one,
                rule,
                printed.get(false),
                printed.get(true).stream()
                        .map(line -> line.substring(SYMPTOM.length()))
                        .toList()));
    }

    private static Stream<Printing> onEachJvm(String heading, String rule, String text) {
        Case program = JavaExample.asCase("Program", text);
        return Jvm.chosen().stream().map(jvm -> new JavaPrinting(new JavaExample(heading, rule, program, false), jvm));
    }

    private static Matcher match(Pattern pattern, String section) {
        Matcher matcher = pattern.matcher(section);
        if (!matcher.find()) {
            throw new IllegalStateException(pattern + " is not in " + section);
        }
        return matcher;
    }

    /** Tells whether other lines between those of the program take away what it says. */
    boolean isWhole() {
        return program.isWhole();
    }

    /** Returns everything that all processes print, in the order in which they print it. */
    String printed() throws IOException, InterruptedException {
        return program.printed();
    }

    /** Returns the program and what lies beside it, by path. */
    Map<String, String> files() {
        return program.files();
    }

    @Override
    public String toString() {
        return program.name();
    }
}
