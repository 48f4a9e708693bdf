package io.github.spawnproof.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.PositionalParamSpec;
import picocli.CommandLine.ParseResult;

/** The grammar of the command line, and access to what one command line says. */
final class Arguments {

    static final String CHECK = "check";
    static final String EXPLAIN = "explain";
    static final String RULE = "rule";
    static final String RULES = "rules";
    static final String SERVER = "server";
    static final String SHOW_SETTINGS = "show-settings";

    static final String FORMAT = "--format";
    static final String OUTPUT_FILE = "--output-file";
    static final String FIX = "--fix";
    static final String DIFF = "--diff";
    static final String SELECT = "--select";
    static final String IGNORE = "--ignore";
    static final String SEVERITY = "--severity";
    static final String MIN_SEVERITY = "--min-severity";
    static final String EXIT_ZERO = "--exit-zero";
    static final String STATISTICS = "--statistics";
    static final String STDIN_FILENAME = "--stdin-filename";
    static final String BASELINE = "--baseline";
    static final String WRITE_BASELINE = "--write-baseline";
    static final String PYTHON_VERSION = "--python-version";
    static final String PLATFORM = "--platform";
    static final String START_METHOD = "--start-method";
    static final String COLOR = "--color";

    private static final String SAFE = "safe";

    private final ParseResult parsed;

    Arguments(ParseResult parsed) {
        this.parsed = parsed;
    }

    boolean has(String flag) {
        return parsed.hasMatchedOption(flag);
    }

    Optional<String> one(String option) {
        return Optional.ofNullable(parsed.matchedOptionValue(option, null));
    }

    Optional<List<String>> list(String option) {
        return Optional.ofNullable(parsed.matchedOptionValue(option, null));
    }

    /** Returns the positional arguments. */
    List<String> paths() {
        List<String> none = List.of();
        return parsed.matchedPositionalValue(0, none);
    }

    /** Returns the arguments with {@code --fix} spelt out, since its value is never the argument that follows. */
    static String[] normalised(List<String> arguments) {
        List<String> result = new ArrayList<>(arguments);
        int end = result.indexOf("--");
        result.subList(0, end < 0 ? result.size() : end)
                .replaceAll(argument -> argument.equals(FIX) ? FIX + "=" + SAFE : argument);
        return result.toArray(String[]::new);
    }

    /** Returns the parser. It is built by hand: reading annotations would make every start slower. */
    static CommandLine commandLine() {
        CommandSpec root = command("spawnproof", "Finds code that breaks when it crosses a process boundary.");
        root.addOption(OptionSpec.builder("-V", "--version")
                .versionHelp(true)
                .description("Print the version, and the Java that runs it.")
                .build());
        root.usageMessage()
                .synopsisHeading("Usage: ")
                .customSynopsis("spawnproof COMMAND [OPTION...] [ARGUMENT...]")
                .footer("", "`spawnproof COMMAND --help` explains a command.");
        CommandLine commandLine = new CommandLine(root);
        commandLine.addSubcommand(check());
        commandLine.addSubcommand(explain());
        commandLine.addSubcommand(rule());
        commandLine.addSubcommand(command(RULES, "List all rules."));
        commandLine.addSubcommand(showSettings());
        commandLine.addSubcommand(server());
        return commandLine.setUsageHelpWidth(100);
    }

    private static CommandSpec command(String name, String description) {
        CommandSpec spec = CommandSpec.create().name(name);
        spec.addOption(OptionSpec.builder("-h", "--help")
                .usageHelp(true)
                .description("Print this help.")
                .build());
        spec.usageMessage()
                .description(description)
                .optionListHeading("%nOptions:%n")
                .parameterListHeading("%nArguments:%n")
                .commandListHeading("%nCommands:%n")
                .abbreviateSynopsis(true)
                .sortOptions(false);
        return spec;
    }

    private static CommandSpec check() {
        CommandSpec spec = command(CHECK, "Check Python files, and fix them if asked to.");
        spec.addPositional(PositionalParamSpec.builder()
                .index("0..*")
                .arity("0..*")
                .type(List.class)
                .auxiliaryTypes(String.class)
                .paramLabel("PATH")
                .description(
                        "Files and folders, by default the current one; `-` is standard input.",
                        "In a folder: Python, YAML and environment files that neither .gitignore nor settings leave out.")
                .build());
        list(
                spec,
                FORMAT,
                "FORMAT[=FILE]",
                "How findings are shown: %s; to a file, if one is named."
                        .formatted(String.join(", ", FormatFactory.NAMES)),
                Arguments::format);
        option(spec, OUTPUT_FILE, "FILE", "Write what --format shows to this file instead of standard output.");
        spec.addOption(OptionSpec.builder(FIX)
                .arity("0..1")
                .fallbackValue(SAFE)
                .type(String.class)
                .converters(oneOf(SAFE, "unsafe"))
                .paramLabel("unsafe")
                .description("Apply the safe fixes; with =unsafe also those that may change what the program does.")
                .build());
        flag(
                spec,
                DIFF,
                "Show what --fix would change, and change nothing; exit status 1 if it would change anything.");
        settings(spec);
        option(
                spec,
                WRITE_BASELINE,
                "FILE",
                "List all findings in this file, and show none; what is in it of files that are not checked stays.");
        option(
                spec,
                STDIN_FILENAME,
                "FILE",
                "Check standard input as if it were this file. With --fix, the result goes to standard output.");
        flag(spec, STATISTICS, "Count instead of showing findings: per rule, with targets, files and time.");
        flag(spec, EXIT_ZERO, "Exit with 0 although there are findings.");
        option(spec, COLOR, "WHEN", "Colour: auto (default), always or never.", "auto", "always", "never");
        spec.usageMessage()
                .customSynopsis("spawnproof check [OPTION...] [PATH...]")
                .footer(
                        "",
                        "Settings: spawnproof.toml, or [tool.spawnproof] in pyproject.toml; options count more.",
                        "Exit status: 0 no errors or warnings, 1 some were shown, 2 wrong usage or failure.");
        return spec;
    }

    /** Adds the options that set what settings files do. */
    private static void settings(CommandSpec spec) {
        list(spec, SELECT, "RULE", "Only these rules; may be given several times.");
        list(spec, IGNORE, "RULE", "Not these rules; stronger than --select.");
        list(spec, SEVERITY, "RULE=SEVERITY", "Give findings of a rule this severity, or switch it off: RULE=off.");
        option(
                spec,
                MIN_SEVERITY,
                "SEVERITY",
                "Show findings from this severity up: error, warning, information or hint (default).");
        option(spec, BASELINE, "FILE", "Show only findings that this file does not list.");
        list(spec, PYTHON_VERSION, "VERSION", "Judge for these versions of Python, such as 3.14.");
        list(spec, PLATFORM, "SYSTEM", "Judge for these systems: windows, macos, linux.");
        option(
                spec,
                START_METHOD,
                "METHOD",
                "Judge as if the environment chose this start method: fork, spawn or forkserver.");
    }

    private static CommandSpec showSettings() {
        CommandSpec spec = command(SHOW_SETTINGS, "Show the settings in force for a file, and where each comes from.");
        spec.addPositional(PositionalParamSpec.builder()
                .index("0")
                .arity("0..1")
                .type(List.class)
                .auxiliaryTypes(String.class)
                .paramLabel("FILE")
                .description("A file or a folder, by default the current one.")
                .build());
        option(spec, FORMAT, "FORMAT", "How they are shown: text (default) or json.", "text", "json");
        settings(spec);
        spec.usageMessage()
                .customSynopsis("spawnproof show-settings [OPTION...] [FILE]")
                .footer("", "The options are those of `check`, and count as they do there.");
        return spec;
    }

    private static CommandSpec explain() {
        CommandSpec spec = command(EXPLAIN, "Explain an error: which pitfall it is, where in your code, what to do.");
        spec.addPositional(PositionalParamSpec.builder()
                .index("0..*")
                .arity("0..*")
                .type(List.class)
                .auxiliaryTypes(String.class)
                .paramLabel("TEXT")
                .description(
                        "An error message; `-` or nothing reads a traceback or a log from standard input.",
                        "Files that it names are looked for below the current folder.")
                .build());
        option(spec, FORMAT, "FORMAT", "How it is shown: text (default) or json.", "text", "json");
        option(spec, COLOR, "WHEN", "Colour: auto (default), always or never.", "auto", "always", "never");
        spec.usageMessage()
                .customSynopsis("spawnproof explain [OPTION...] [TEXT|-]")
                .footer(
                        "",
                        "Exit status: 0 something was explained, 1 nothing is known of it, 2 wrong usage or failure.");
        return spec;
    }

    private static CommandSpec rule() {
        CommandSpec spec = command(RULE, "Print the page of a rule: what happens, example, fix.");
        spec.addPositional(PositionalParamSpec.builder()
                .index("0")
                .arity("1")
                .type(List.class)
                .auxiliaryTypes(String.class)
                .required(true)
                .paramLabel("ID")
                .description("The rule's id, as findings show it in brackets.")
                .build());
        option(spec, COLOR, "WHEN", "Colour: auto (default), always or never.", "auto", "always", "never");
        return spec;
    }

    private static CommandSpec server() {
        CommandSpec spec = command(SERVER, "Run the language server over standard input and output, for editors.");
        option(spec, "--socket", "PORT", "Listen on this port of the local machine instead; for debugging.");
        return spec;
    }

    private static void flag(CommandSpec spec, String name, String description) {
        spec.addOption(OptionSpec.builder(name)
                .arity("0")
                .type(boolean.class)
                .description(description)
                .build());
    }

    private static void option(CommandSpec spec, String name, String label, String description, String... allowed) {
        OptionSpec.Builder option = OptionSpec.builder(name)
                .arity("1")
                .type(String.class)
                .paramLabel(label)
                .description(description);
        if (allowed.length > 0) {
            option.converters(oneOf(allowed));
        }
        spec.addOption(option.build());
    }

    /** Returns what was typed, if it names a format. */
    private static String format(String typed) throws Exception {
        oneOf(FormatFactory.NAMES.toArray(String[]::new)).convert(typed.replaceFirst("=.*", ""));
        if (typed.endsWith("=")) {
            throw new CommandLine.TypeConversionException("`%s` names no file".formatted(typed));
        }
        return typed;
    }

    private static void list(CommandSpec spec, String name, String label, String description) {
        list(spec, name, label, description, value -> value);
    }

    private static void list(
            CommandSpec spec,
            String name,
            String label,
            String description,
            CommandLine.ITypeConverter<String> converter) {
        spec.addOption(OptionSpec.builder(name)
                .arity("1")
                .type(List.class)
                .auxiliaryTypes(String.class)
                .converters(converter)
                .splitRegex("\\s*,\\s*")
                .paramLabel(label + ",...")
                .hideParamSyntax(true)
                .description(description)
                .build());
    }

    private static CommandLine.ITypeConverter<String> oneOf(String... allowed) {
        List<String> known = List.of(allowed);
        return value -> {
            if (!known.contains(value)) {
                throw new CommandLine.TypeConversionException(
                        "`%s` is not one of %s".formatted(value, String.join(", ", known)));
            }
            return value;
        };
    }
}
