package io.github.spawnproof.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import io.github.spawnproof.rule.RuleCatalog;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * What programs printed when they ran, on another machine: {@code resources/explain/tracebacks}, named after the version
 * of Python and the program.
 */
class TracebackTest {

    /** The line, and where there is a finding its rule, line and place; by program. */
    private static final Map<String, List<String>> EXPECTED = new TreeMap<>(Map.of(
            "nested", List.of("nested-function-crosses-process nested.py:9 nested.py:8"),
            "unguarded",
                    List.of(
                            "unguarded-process-start unguarded.py:7 unguarded.py:6",
                            "unguarded-process-start! unguarded.py:7 -"),
            "feeder", List.of("lambda-crosses-process feeder.py:10 feeder.py:7"),
            "guardonly", List.of("guard-only-definition guardonly.py:5 guardonly.py:5"),
            "chained", List.of("unpicklable-self chained.py:15 chained.py:15"),
            "join", List.of("lambda-crosses-process join.py:7 join.py:5", "lambda-crosses-process! join.py:9 -"),
            // By Rich, pytest and IPython.
            "richtb", List.of("nested-function-crosses-process richtb.py:12 richtb.py:11"),
            "test_shop",
                    List.of(
                            "lambda-crosses-process test_shop.py:6 test_shop.py:5",
                            // Raised by the test's own code: its text is all there is to know.
                            "unpicklable-self test_shop.py:14 -"),
            "nestedmod", List.of("nested-function-crosses-process nestedmod.py:9 nestedmod.py:8")));

    static {
        EXPECTED.put(
                "group",
                List.of(
                        "thread-primitive-crosses-process group.py:10 group.py:10",
                        "thread-primitive-crosses-process group.py:10 group.py:10"));
        EXPECTED.put(
                "jinapath",
                List.of("jina-relative-path jinapath.py:9 jinapath.py:9", "jina-relative-path! jinapath.py:9 -"));
        EXPECTED.put(
                "jinaguard",
                List.of(
                        "unguarded-process-start jinaguard.py:3 jinaguard.py:3",
                        "unguarded-process-start! jinaguard.py:3 -"));
        EXPECTED.put(
                "joblibtask", List.of("unpicklable-self joblibtask.py:6 -", "unpicklable-self! joblibtask.py:6 -"));
        EXPECTED.put("initializer", List.of("- initializer.py:5 -", "-! initializer.py:10 -"));
        EXPECTED.put("renamed", List.of("shadowed-callable renamed.py:8 renamed.py:8"));
        EXPECTED.put(
                "manager",
                List.of(
                        "unguarded-process-start manager.py:3 manager.py:3",
                        "unguarded-process-start! manager.py:3 -"));
    }

    @TempDir
    private Path folder;

    static Stream<Arguments> tracebacks() {
        List<Arguments> all = new ArrayList<>();
        for (String name : List.of("nested", "unguarded", "feeder", "guardonly", "chained", "join", "group")) {
            for (String version : List.of("3.8", "3.11", "3.13", "3.14")) {
                if (!(name + version).equals("group3.8")) { // Exception groups came with 3.11.
                    all.add(arguments(version, name));
                }
            }
        }
        all.add(arguments("3.14c", "nested")); // in colours
        all.add(arguments("3.11", "richtb"));
        all.add(arguments("3.11", "test_shop"));
        all.add(arguments("3.11", "nestedmod"));
        // With the log of Jina, whose lines are wrapped, and with errors that follow from those of other processes.
        for (String name : List.of("jinapath", "jinaguard", "joblibtask", "initializer", "manager")) {
            all.add(arguments("3.11", name));
        }
        all.add(arguments("3.14", "renamed"));
        return all.stream();
    }

    @ParameterizedTest
    @MethodSource("tracebacks")
    void a_traceback_leads_to_the_line_and_its_finding(String version, String name) throws IOException {
        String program = read("programs/" + name + ".py");
        String traceback = read("tracebacks/" + version + "-" + name + ".log");

        CliRun.Result result = new CliRun(folder)
                .rules(RuleCatalog.load())
                .file(name + ".py", program)
                .input(traceback)
                .run("explain", "--format", "json");

        List<String> expected = EXPECTED.getOrDefault(version + " " + name, EXPECTED.get(name));
        assertThat(explained(result)).isEqualTo(expected);
    }

    private static List<String> explained(CliRun.Result result) {
        JsonArray explanations =
                JsonParser.parseString(result.out()).getAsJsonObject().getAsJsonArray("explanations");
        List<String> lines = new ArrayList<>();
        for (JsonElement element : explanations) {
            JsonObject explanation = element.getAsJsonObject();
            JsonArray rules = explanation.getAsJsonArray("rules");
            JsonArray findings = explanation.getAsJsonArray("findings");
            JsonObject location = explanation.getAsJsonObject("location");
            lines.add("%s%s %s:%s %s"
                    .formatted(
                            rules.isEmpty() ? "-" : rules.get(0).getAsString(),
                            explanation.get("symptom").getAsBoolean() ? "!" : "",
                            location.get("file").getAsString(),
                            location.get("line"),
                            findings.isEmpty() ? "-" : place(findings.get(0).getAsJsonObject())));
        }
        return lines;
    }

    private static String place(JsonObject finding) {
        return finding.get("file").getAsString() + ":"
                + finding.getAsJsonObject("range").getAsJsonObject("start").get("line");
    }

    private static String read(String name) throws IOException {
        try (var in = TracebackTest.class.getResourceAsStream("/explain/" + name)) {
            if (in == null) {
                throw new IOException("no resource " + name);
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }
}
