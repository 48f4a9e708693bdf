package io.github.spawnproof.oracle;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

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

    Verdict run(String program, String method, String mode, double timeoutSeconds)
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
        ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
        // The order of sets must not differ between two runs.
        builder.environment().put("PYTHONHASHSEED", "0");
        builder.environment().put("JINA_HIDE_SURVEY", "1");
        builder.environment().put("NO_VERSION_CHECK", "1");
        builder.environment().put("JINA_OPTOUT_TELEMETRY", "1");
        Process process = builder.start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        process.waitFor();
        Files.delete(file);
        Files.delete(folder);
        JsonObject result = JsonParser.parseString(output)
                .getAsJsonObject()
                .getAsJsonArray("results")
                .get(0)
                .getAsJsonObject();
        return new Verdict(
                result.get("classification").getAsString(),
                Arrays.stream(result.get("stdout").getAsString().split("\n", -1))
                        .sorted()
                        .toList(),
                result.get("message").isJsonNull() ? "" : result.get("message").getAsString());
    }
}
