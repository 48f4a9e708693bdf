package io.github.spawnproof.cli;

import io.github.spawnproof.rule.RuleCatalog;
import io.github.spawnproof.workspace.Words;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Makes the formats that a command line wants. */
final class FormatFactory {

    static final List<String> NAMES = List.of("text", "concise", "json", "sarif", "github", "gitlab", "junit");

    /**
     * A format that somebody wants.
     *
     * @param file where to, as it was typed; empty for standard output
     */
    private record Wanted(String name, Optional<String> file) {

        /** Reads {@code NAME} or {@code NAME=FILE}. */
        static Wanted of(String typed, Optional<String> outputFile) {
            int equals = typed.indexOf('=');
            return equals < 0
                    ? new Wanted(typed, outputFile)
                    : new Wanted(typed.substring(0, equals), Optional.of(typed.substring(equals + 1)));
        }
    }

    private final Console console;
    private final RuleCatalog rules;
    private final String version;
    private final Style style;

    /**
     * Makes a factory.
     *
     * @param version what {@code --version} prints
     * @param style of what goes to standard output
     */
    FormatFactory(Console console, RuleCatalog rules, String version, Style style) {
        this.console = console;
        this.rules = rules;
        this.version = version;
        this.style = style;
    }

    /**
     * Makes the formats.
     *
     * @param shown where what goes to standard output is written
     * @param messages where notices go that no format shows
     * @throws UsageException if they exclude each other, or a file cannot be written
     */
    Formats formats(Arguments arguments, Output shown, Output messages) {
        Optional<String> outputFile = arguments.one(Arguments.OUTPUT_FILE);
        boolean diff = arguments.has(Arguments.DIFF);
        boolean statistics = arguments.has(Arguments.STATISTICS);
        boolean other = (diff || statistics) && outputFile.isEmpty();
        List<String> typed = arguments.list(Arguments.FORMAT).orElse(other ? List.of() : List.of("text"));
        List<Wanted> wanted =
                typed.stream().map(one -> Wanted.of(one, outputFile)).toList();
        refuse(wanted, diff, statistics);
        if (outputFile.isPresent()
                && typed.stream().filter(one -> !one.contains("=")).count() != 1) {
            throw new UsageException("--output-file is the file of one format; others have `--format NAME=FILE`");
        }
        Formats formats = new Formats(messages);
        if (diff) {
            formats.add(new DiffFormat(shown, messages, style));
        }
        if (statistics) {
            formats.add(new StatisticsFormat(shown, style));
        }
        for (Wanted one : wanted) {
            if (one.file().isPresent()) {
                String name = one.file().get();
                formats.add(path(name), name, output -> format(one.name(), output, Style.PLAIN));
            } else {
                formats.add(format(one.name(), shown, style));
            }
        }
        return formats;
    }

    private static void refuse(List<Wanted> wanted, boolean diff, boolean statistics) {
        List<String> shown = new ArrayList<>();
        if (diff) {
            shown.add(Arguments.DIFF);
        }
        if (statistics) {
            shown.add(Arguments.STATISTICS);
        }
        wanted.stream()
                .filter(one -> one.file().isEmpty())
                .forEach(one -> shown.add(Arguments.FORMAT + " " + one.name()));
        if (shown.size() > 1) {
            throw new UsageException(
                    "%s exclude each other on standard output; a format may go to a file, as in `--format json=FILE`"
                            .formatted(Words.list(shown)));
        }
    }

    private Path path(String typed) {
        try {
            return console.workingDirectory().resolve(typed).normalize();
        } catch (InvalidPathException e) {
            throw new UsageException("`%s` is no path: %s".formatted(typed, e.getReason()));
        }
    }

    /** Makes a format; a new one is one more case, and a name above. */
    private Format format(String name, Output output, Style colours) {
        return switch (name) {
            case "text" -> new TextFormat(output, colours, console.outIsTerminal());
            case "concise" -> new ConciseFormat(output, colours);
            case "json" -> new JsonFormat(output);
            case "sarif" -> new SarifFormat(output, rules, product(), console.workingDirectory());
            case "github" -> new GithubFormat(output);
            case "gitlab" -> new GitlabFormat(output);
            case "junit" -> new JunitFormat(output);
            default -> throw new IllegalArgumentException("format " + name);
        };
    }

    /** Returns the version of the product alone. */
    private String product() {
        return version.lines().findFirst().orElse(version).replaceFirst("^spawnproof ", "");
    }
}
