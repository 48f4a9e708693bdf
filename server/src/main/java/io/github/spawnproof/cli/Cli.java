package io.github.spawnproof.cli;

import io.github.spawnproof.analysis.Analyzer;
import io.github.spawnproof.finding.Applicability;
import io.github.spawnproof.finding.Severity;
import io.github.spawnproof.rule.Rule;
import io.github.spawnproof.rule.RuleCatalog;
import io.github.spawnproof.rule.RulePage;
import io.github.spawnproof.source.Spelling;
import io.github.spawnproof.workspace.Overrides;
import io.github.spawnproof.workspace.SettingsLayer;
import io.github.spawnproof.workspace.SettingsValues;
import io.github.spawnproof.workspace.SettingsValues.Problem;
import java.io.PrintWriter;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Help.Ansi;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.UnmatchedArgumentException;

/** Runs one command. */
public final class Cli {

    /** Exit status: nothing worse than information. */
    static final int CLEAN = 0;
    /** Exit status: errors or warnings were shown; of {@code explain}, that nothing is known. */
    static final int FINDINGS = 1;
    /** Exit status: wrong usage, or the command could not do its work. */
    static final int FAILURE = 2;

    /** Settings keys by the flag that sets them. */
    private static final Map<String, String> FLAG_OF_KEY = Map.of(
            SettingsValues.SELECT, Arguments.SELECT,
            SettingsValues.IGNORE, Arguments.IGNORE,
            SettingsValues.SEVERITY, Arguments.SEVERITY,
            SettingsValues.MIN_SEVERITY, Arguments.MIN_SEVERITY,
            SettingsValues.PLATFORMS, Arguments.PLATFORM,
            SettingsValues.PYTHON_VERSIONS, Arguments.PYTHON_VERSION,
            SettingsValues.START_METHOD, Arguments.START_METHOD,
            SettingsValues.BASELINE, Arguments.BASELINE);

    private final Console console;
    private final Supplier<RuleCatalog> catalog;
    private final String version;
    private final Output out;
    private final Output err;

    private Cli(Console console, Supplier<RuleCatalog> catalog, String version) {
        this.console = console;
        this.catalog = catalog;
        this.version = version;
        this.out = new Output(console.out());
        this.err = new Output(console.err());
    }

    /**
     * Runs the command that the arguments name and returns the exit status; never throws.
     *
     * @param catalog gives the rules, if the command needs them
     * @param version what {@code --version} prints
     */
    public static int run(List<String> arguments, Console console, Supplier<RuleCatalog> catalog, String version) {
        return new Cli(console, catalog, version).run(arguments);
    }

    private int run(List<String> arguments) {
        try {
            int status = dispatch(arguments);
            out.flush();
            return status;
        } catch (Output.Closed e) {
            return CLEAN; // The reader has seen enough.
        } catch (UsageException e) {
            return failure(e.getMessage());
        } catch (RuntimeException e) {
            int status = failure("internal error, please report it: " + e);
            e.printStackTrace(new PrintWriter(err, true));
            return status;
        }
    }

    private int failure(@Nullable String message) {
        try {
            out.flush();
            err.line("spawnproof: " + message);
            err.flush();
        } catch (Output.Closed e) {
            return FAILURE; // Nobody is left to be told.
        }
        return FAILURE;
    }

    private int dispatch(List<String> arguments) {
        CommandLine root = Arguments.commandLine();
        ParseResult parsed;
        try {
            parsed = root.parseArgs(Arguments.normalised(arguments));
        } catch (ParameterException e) {
            return wrongUsage(e);
        }
        ParseResult command = parsed.hasSubcommand() ? parsed.subcommand() : parsed;
        if (command.isUsageHelpRequested()) {
            Ansi ansi = Style.of("auto", console).enabled() ? Ansi.ON : Ansi.OFF;
            out.print(command.commandSpec().commandLine().getUsageMessage(ansi));
            return CLEAN;
        }
        if (parsed.isVersionHelpRequested()) {
            out.line(version);
            return CLEAN;
        }
        return switch (command.commandSpec().name()) {
            case Arguments.CHECK -> check(new Arguments(command));
            case Arguments.EXPLAIN -> explain(new Arguments(command));
            case Arguments.RULE -> rule(new Arguments(command));
            case Arguments.RULES -> rules();
            case Arguments.SHOW_SETTINGS -> showSettings(new Arguments(command));
            case Arguments.SERVER -> throw new UsageException("`server` must be the first argument");
            default -> {
                err.print(root.getUsageMessage(Ansi.OFF));
                err.flush();
                yield FAILURE;
            }
        };
    }

    private int wrongUsage(ParameterException e) {
        String message = e.getMessage() == null
                ? "wrong usage"
                : e.getMessage().replaceFirst("^Invalid value for option '(--[a-z-]+)'( \\([^()]*\\))?", "$1");
        CommandLine command = e.getCommandLine();
        String meant = "";
        if (e instanceof UnmatchedArgumentException unmatched) {
            String first = unmatched.getUnmatched().get(0).replaceFirst("=.*", "");
            boolean option = first.startsWith("-");
            message = (option ? "there is no option `%s`" : "there is no command `%s`").formatted(first);
            if (!option && command.getParent() != null) {
                message = "`%s` is one argument too many".formatted(first);
            }
            List<String> known = option
                    ? command.getCommandSpec().options().stream()
                            .map(found -> found.longestName())
                            .toList()
                    : List.copyOf(command.getSubcommands().keySet());
            meant = Spelling.nearest(first, known)
                    .map("; did you mean `%s`?"::formatted)
                    .orElse("");
        }
        return failure(message + meant + "\nTry `" + command.getCommandSpec().qualifiedName() + " --help`.");
    }

    private int check(Arguments arguments) {
        RuleCatalog rules = catalog.get();
        CheckRequest request = request(arguments, rules);
        boolean diff = arguments.has(Arguments.DIFF);
        // With --fix, standard output is for the fixed text.
        boolean filter = request.standardInput().isPresent() && request.writesFixes();
        Summary summary;
        FormatFactory factory = new FormatFactory(console, rules, version, style(arguments));
        try (Formats formats = factory.formats(arguments, filter ? err : out, err)) {
            summary = new Check(request, console, new Analyzer(rules))
                    .run(formats, new Progress(err, console), filter ? out::bytes : bytes -> {});
        }
        if (summary.failed()) {
            return FAILURE;
        }
        boolean found =
                diff ? summary.changedFiles() > 0 : summary.count(Severity.ERROR) + summary.count(Severity.WARNING) > 0;
        return found && !arguments.has(Arguments.EXIT_ZERO) ? FINDINGS : CLEAN;
    }

    private Style style(Arguments arguments) {
        return Style.of(arguments.one(Arguments.COLOR).orElse("auto"), console);
    }

    private CheckRequest request(Arguments arguments, RuleCatalog rules) {
        List<String> paths = arguments.paths();
        Optional<String> standardInput = arguments.one(Arguments.STDIN_FILENAME);
        if (paths.contains("-") && standardInput.isEmpty()) {
            standardInput = Optional.of("-");
        }
        if (standardInput.isPresent() && paths.stream().anyMatch(path -> !path.equals("-"))) {
            throw new UsageException("standard input and other paths cannot be checked together");
        }
        boolean diff = arguments.has(Arguments.DIFF);
        boolean writesBaseline = arguments.has(Arguments.WRITE_BASELINE);
        if (writesBaseline && (diff || standardInput.isPresent() || arguments.has(Arguments.BASELINE))) {
            throw new UsageException(
                    "--write-baseline goes neither with --diff nor with --baseline nor with standard input");
        }
        SettingsLayer flags = layer(arguments, rules);
        Optional<Applicability> fix = arguments
                .one(Arguments.FIX)
                .map(level -> level.equals("unsafe") ? Applicability.UNSAFE : Applicability.SAFE)
                .or(() -> diff ? Optional.of(Applicability.SAFE) : Optional.empty());
        return new CheckRequest(
                paths.isEmpty() ? List.of(".") : paths,
                standardInput,
                fix,
                !diff,
                arguments.one(Arguments.WRITE_BASELINE).map(this::file),
                Overrides.ofCommandLine(
                        // What is to be listed must not be hidden by what is listed already.
                        writesBaseline ? flags.withBaseline("") : flags, console.workingDirectory()));
    }

    private Path file(String typed) {
        try {
            return console.workingDirectory().resolve(typed).normalize();
        } catch (InvalidPathException e) {
            throw new UsageException("`%s` is no path: %s".formatted(typed, e.getReason()));
        }
    }

    private static SettingsLayer layer(Arguments arguments, RuleCatalog rules) {
        Map<String, Object> values = new LinkedHashMap<>();
        for (String key : List.of(
                SettingsValues.SELECT,
                SettingsValues.IGNORE,
                SettingsValues.PLATFORMS,
                SettingsValues.PYTHON_VERSIONS)) {
            arguments.list(flag(key)).ifPresent(list -> values.put(key, list));
        }
        for (String key : List.of(SettingsValues.MIN_SEVERITY, SettingsValues.START_METHOD, SettingsValues.BASELINE)) {
            arguments.one(flag(key)).ifPresent(value -> values.put(key, value));
        }
        for (String override : arguments.list(Arguments.SEVERITY).orElse(List.of())) {
            int equals = override.indexOf('=');
            if (equals < 1) {
                throw new UsageException(
                        "--severity: `%s` is not of the form `RULE=SEVERITY`, such as `unguarded-process-start=warning`"
                                .formatted(override));
            }
            values.put(SettingsValues.SEVERITY + '.' + override.substring(0, equals), override.substring(equals + 1));
        }
        SettingsValues.Read read = SettingsValues.read(values, rules);
        if (!read.problems().isEmpty()) {
            Problem problem = read.problems().get(0);
            throw new UsageException(flag(problem.key()) + ": " + problem.message());
        }
        return read.layer();
    }

    private static String flag(String key) {
        int dot = key.indexOf('.');
        String flag = FLAG_OF_KEY.get(dot < 0 ? key : key.substring(0, dot));
        if (flag == null) {
            throw new IllegalArgumentException("no flag for " + key);
        }
        return flag;
    }

    private int showSettings(Arguments arguments) {
        RuleCatalog rules = catalog.get();
        String file = arguments.paths().isEmpty() ? "." : arguments.paths().get(0);
        boolean json = arguments.one(Arguments.FORMAT).orElse("text").equals("json");
        new ShowSettings(console, rules).run(file, layer(arguments, rules), json, out);
        return CLEAN;
    }

    private int explain(Arguments arguments) {
        List<String> words = arguments.paths();
        boolean read = words.isEmpty() || words.equals(List.of("-"));
        if (words.isEmpty() && console.inIsTerminal()) {
            throw new UsageException(
                    "give the error as an argument, or a traceback by standard input:" + " `spawnproof explain < log`");
        }
        ErrorInput input = read ? ErrorInput.read(console.in()) : new ErrorInput(String.join(" ", words), false);
        if (input.cut()) {
            err.line("spawnproof: only the first %d MB are read".formatted(ErrorInput.LIMIT >> 20));
            err.flush();
        }
        List<Explained> explained = new Explain(console, new Analyzer(catalog.get())).run(input.text());
        boolean json = arguments.one(Arguments.FORMAT).orElse("text").equals("json");
        if (json) {
            ExplainedJson.write(out, explained);
        } else if (explained.isEmpty()) {
            err.line(
                    "Nothing in this text is a known error between processes; `spawnproof rules` lists what is known.");
            err.flush();
        } else {
            new ExplainedText(out, style(arguments), catalog.get()).show(explained);
        }
        return explained.isEmpty() ? FINDINGS : CLEAN;
    }

    private int rule(Arguments arguments) {
        String id = arguments.paths().get(0);
        RuleCatalog rules = catalog.get();
        Rule rule = rules.find(id)
                .orElseThrow(() -> new UsageException("there is no rule `%s`".formatted(id)
                        + rules.nearest(id)
                                .map("; did you mean `%s`?"::formatted)
                                .orElse("; `spawnproof rules` lists them")));
        String page = RulePage.of(rule).markdown();
        Style style = style(arguments);
        out.print(style.enabled() ? MarkdownView.styled(page, style) : page);
        return CLEAN;
    }

    private int rules() {
        RuleCatalog rules = catalog.get();
        int width =
                rules.all().stream().mapToInt(rule -> rule.id().length()).max().orElse(0);
        for (Rule rule : rules.all()) {
            String summary = RulePage.of(rule).summary().replaceAll("\\s+", " ");
            out.line(rule.id() + " ".repeat(width - rule.id().length() + 2) + summary);
        }
        return CLEAN;
    }
}
