package io.github.spawnproof.oracle;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
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

    /** What happened: {@code ok} or the class of the failure, and what was printed, its lines sorted. */
    record Verdict(String classification, List<String> printed, String message) {}

    /** Returns the interpreter of a system property. */
    static Oracle of(String property) {
        String python = System.getProperty(property);
        if (python == null) {
            throw new IllegalStateException("no interpreter: set -D" + property + "=PATH, as scripts/test does");
        }
        return new Oracle(python);
    }

    /**
     * Runs a program.
     *
     * @param files what must lie beside it, by path
     */
    Verdict run(String program, Map<String, String> files, String method, String mode, double timeoutSeconds)
            throws IOException, InterruptedException {
        Path known = CACHE.resolve(key(program, new TreeMap<>(files).toString(), method, mode, python));
        if (Files.exists(known)) {
            return verdict(Files.readString(known));
        }
        String result = runAnew(program, files, method, mode, timeoutSeconds);
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

    private String runAnew(String program, Map<String, String> files, String method, String mode, double timeoutSeconds)
            throws IOException, InterruptedException {
        Path folder = Files.createTempDirectory("oracle");
        Path file = folder.resolve("program.py");
        Files.writeString(file, program);
        List<String> command = new ArrayList<>(List.of(
                "python3",
                SCRIPT.toString(),
                "--json",
                "--methods",
                method,
                "--mode",
                mode,
                "--python",
                python,
                "--timeout",
                String.valueOf(timeoutSeconds),
                file.toString()));
        Path beside = Files.createDirectory(folder.resolve("beside"));
        for (Map.Entry<String, String> entry : files.entrySet()) {
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
        return JsonParser.parseString(output)
                .getAsJsonObject()
                .getAsJsonArray("results")
                .get(0)
                .toString();
    }

    private static Verdict verdict(String json) {
        JsonObject result = JsonParser.parseString(json).getAsJsonObject();
        return new Verdict(
                result.get("classification").getAsString(),
                Arrays.stream(result.get("stdout").getAsString().split("\n", -1))
                        .sorted()
                        .toList(),
                result.get("message").isJsonNull() ? "" : result.get("message").getAsString());
    }
}
