package io.github.spawnproof.oracle;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import io.github.spawnproof.boundary.PythonVersion;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Runs Python programs for real, under a given start method: {@code scripts/oracles/python/run_snippet.py}.
 *
 * @param python the interpreter
 */
record Oracle(String python) {

    private static final Path SCRIPT = Path.of(System.getProperty("spawnproof.root", ".."))
            .resolve("scripts/oracles/python/run_snippet.py")
            .toAbsolutePath()
            .normalize();

    /** Verdicts by what they depend on; a program that did not change is not run again. */
    private static final Path CACHE = Path.of(System.getProperty("spawnproof.root", ".."), ".cache", "oracle");

    private static final Map<String, PythonVersion> VERSIONS = new ConcurrentHashMap<>();

    private static final double SECONDS = 20;
    /** Jina starts a process with all its imports for every Executor and gateway. */
    private static final double JINA_SECONDS = 90;

    /**
     * What happened.
     *
     * @param classification {@code ok} or the class of the failure
     * @param isHang whether it never ended by itself
     * @param exception the class of the exception that explains it best; empty if there is none
     * @param printed what was printed, its lines sorted
     * @param lines which lines its own process executed, from 1
     * @param errors what all its processes printed to standard error
     */
    record Verdict(
            String classification,
            boolean isHang,
            String exception,
            List<String> printed,
            String message,
            Set<Integer> lines,
            String errors) {

        boolean isOk() {
            return classification.equals("ok");
        }

        /** Tells whether it ended by an error that has nothing to do with processes: a name that nobody defined. */
        boolean isOfTheProgramItself() {
            return classification.equals("other")
                    || exception.equals("NameError")
                    || exception.equals("ModuleNotFoundError")
                    || message.contains("Torch not compiled with CUDA") // It needs a GPU.
                    || message.contains("No such file or directory")
                    || lacksFile();
        }

        /** Tells whether Jina was told of a file that the program does not have. */
        boolean lacksFile() {
            return message.startsWith("can not find ");
        }

        /** Returns how it failed, in the words of the report. */
        String kind() {
            return isHang ? "hang" : classification.equals("wrong-result") ? "wrong result" : "crash";
        }
    }

    /** Returns the interpreter of a system property. */
    static Oracle of(String property) {
        return ifThere(property)
                .orElseThrow(() ->
                        new IllegalStateException("no interpreter: set -D" + property + "=PATH, as scripts/test does"));
    }

    /** Returns the interpreter of a system property, if it is set. */
    static Optional<Oracle> ifThere(String property) {
        return Optional.ofNullable(System.getProperty(property))
                .filter(path -> !path.isEmpty())
                .map(Oracle::new);
    }

    /** Returns the same, but that all that is printed goes to standard error, in the order in which it is printed. */
    Oracle together() {
        try {
            Path launcher = Files.createDirectories(CACHE)
                    .resolve("together-" + key(python).substring(0, 16))
                    .toAbsolutePath()
                    .normalize();
            if (!Files.exists(launcher)) {
                Path fresh = Files.createTempFile(
                        CACHE,
                        "fresh",
                        null,
                        PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwxr-xr-x")));
                // What the script asks the interpreter itself must be answered as ever.
                Files.writeString(fresh, """
                        #!/bin/sh
                        case $1 in -*) exec '%s' "$@" ;; esac
                        exec '%s' "$@" 1>&2
                        """.formatted(python, python));
                Files.move(fresh, launcher, StandardCopyOption.ATOMIC_MOVE);
            }
            return new Oracle(launcher.toString());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Returns the release of the interpreter. */
    PythonVersion version() {
        return VERSIONS.computeIfAbsent(python, path -> {
            try {
                Process process = new ProcessBuilder(path, "-c", "import sys; print('%d.%d' % sys.version_info[:2])")
                        .redirectErrorStream(true)
                        .start();
                String answer = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
                return PythonVersion.parse(answer.strip()).orElseThrow(() -> new IllegalStateException(answer));
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        });
    }

    /** Runs a program on a machine. */
    Verdict run(Example example, Machine machine) throws IOException, InterruptedException {
        String program = machine.asThere(example.text());
        Path known = CACHE.resolve(key(
                program,
                new TreeMap<>(example.files()).toString(),
                machine.method,
                machine.environment().toString(),
                example.mode(),
                python));
        if (Files.exists(known)) {
            return verdict(Files.readString(known));
        }
        String result = runAnew(example, program, machine);
        if (verdict(result).classification().equals("deadlock")) {
            return verdict(result); // A busy machine may have been slow.
        }
        Files.createDirectories(CACHE);
        Path fresh = Files.createTempFile(CACHE, "fresh", null);
        Files.writeString(fresh, result);
        Files.move(fresh, known, StandardCopyOption.ATOMIC_MOVE);
        return verdict(result);
    }

    /** Returns a name for all that a verdict depends on: the program, how it is run, and by which script. */
    private static String key(String... parts) throws IOException {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            digest.update(Files.readAllBytes(SCRIPT));
            for (String part : parts) {
                digest.update(part.getBytes(StandardCharsets.UTF_8));
                digest.update((byte) 0);
            }
            return HexFormat.of().formatHex(digest.digest());
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e); // Every Java has it.
        }
    }

    private String runAnew(Example example, String program, Machine machine) throws IOException, InterruptedException {
        boolean needsJina = example.packages().contains("jina");
        Path folder = Files.createTempDirectory("oracle");
        Path file = folder.resolve("program.py");
        Files.writeString(file, program);
        List<String> command = new ArrayList<>(List.of(
                "python3",
                SCRIPT.toString(),
                "--json",
                "--methods",
                machine.method,
                "--mode",
                example.mode(),
                "--python",
                python,
                "--timeout",
                String.valueOf(needsJina ? JINA_SECONDS : SECONDS),
                file.toString()));
        if (!needsJina && !example.mode().equals("notebook")) { // Each function of its imports would be looked at.
            command.add("--lines");
        }
        Path beside = Files.createDirectory(folder.resolve("beside"));
        for (Map.Entry<String, String> entry : example.files().entrySet()) {
            Path extra = beside.resolve(entry.getKey());
            Files.createDirectories(extra.getParent());
            Files.writeString(extra, entry.getValue());
            String top = beside.resolve(beside.relativize(extra).getName(0)).toString();
            if (!command.contains(top)) {
                command.addAll(List.of("--extra", top));
            }
        }
        ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
        // The order of sets must not differ between two runs.
        builder.environment().put("PYTHONHASHSEED", "0");
        builder.environment().putAll(machine.environment());
        builder.environment().put("JINA_HIDE_SURVEY", "1");
        builder.environment().put("NO_VERSION_CHECK", "1");
        builder.environment().put("JINA_OPTOUT_TELEMETRY", "1");
        Process process = builder.start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        process.waitFor();
        try (Stream<Path> all = Files.walk(folder)) {
            for (Path path : all.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(path);
            }
        }
        JsonObject result = JsonParser.parseString(output)
                .getAsJsonObject()
                .getAsJsonArray("results")
                .get(0)
                .getAsJsonObject();
        if (needsJina
                && result.get("timed_out").getAsBoolean()
                && result.get("exception").isJsonNull()) {
            // A server that nobody stops serves on, at exit too.
            result.addProperty("classification", "ok");
            result.addProperty("timed_out", false);
        }
        return result.toString();
    }

    private static Verdict verdict(String json) {
        JsonObject result = JsonParser.parseString(json).getAsJsonObject();
        return new Verdict(
                result.get("classification").getAsString(),
                result.get("timed_out").getAsBoolean()
                        || result.get("stopped_early").getAsBoolean(),
                result.get("exception").isJsonNull()
                        ? ""
                        : result.get("exception").getAsString(),
                Arrays.stream(result.get("stdout").getAsString().split("\n", -1))
                        .sorted()
                        .toList(),
                result.get("message").isJsonNull() ? "" : result.get("message").getAsString(),
                lines(result),
                result.get("stderr").getAsString());
    }

    private static Set<Integer> lines(JsonObject result) {
        return result.has("lines")
                ? result.getAsJsonArray("lines").asList().stream()
                        .map(JsonElement::getAsInt)
                        .collect(Collectors.toSet())
                : Set.of();
    }
}
