package io.github.spawnproof.oracle;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import io.github.spawnproof.cli.CliRun;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Really runs the programs of {@code messages.md}, and has {@code explain} explain all that their processes print. */
@Tag("oracle")
class MessagesRunTest {

    /** How logs dress what a program prints, line by line. */
    private static final Map<String, UnaryOperator<String>> DRESSES = new LinkedHashMap<>();

    static {
        DRESSES.put("line ends of Windows", line -> line + "\r");
        DRESSES.put("time stamps of GitHub Actions", line -> "2026-11-23T10:00:00.1234567Z " + line);
        DRESSES.put("a logger", line -> "2026-11-23 10:00:00,123 ERROR    shop.worker: " + line);
        DRESSES.put("Celery", line -> "[2026-11-23 10:00:00,123: WARNING/ForkPoolWorker-1] " + line);
        DRESSES.put("colours", line -> "\u001b[1;31m" + line.replace(": ", "\u001b[0m: \u001b[31m") + "\u001b[0m");
        DRESSES.put("a quotation", line -> "> " + line);
        DRESSES.put(
                "docker compose, with another service",
                line -> "\u001b[36mworker-1  | \u001b[0m" + line + "\n\u001b[33mweb-1     | \u001b[0mGET /health 200");
        DRESSES.put(
                "journald, with another unit",
                line -> "Nov 23 10:00:00 box python[17]: " + line + "\nNov 23 10:00:00 box sshd[9]: session opened");
        DRESSES.put(
                "the log of a pod, with another one",
                line -> "[pod/worker-7f/shop] " + line + "\n[pod/web-9c/shop] GET /health 200");
        DRESSES.put("Spark", line -> "26/11/23 10:00:00 ERROR Executor: " + line);
        DRESSES.put("Logback", line -> "10:00:00.123 [main] ERROR shop.Worker - " + line);
        DRESSES.put("Spring", line -> "2026-11-23T10:00:00.123+01:00 ERROR 4711 --- [main] shop.Worker : " + line);
        DRESSES.put("Ray", line -> "\u001b[36m(work pid=4711)\u001b[0m " + line);
    }

    /** Those that no line of Jina's log outlives, since its messages are wrapped at any word; nor a trace of Java. */
    private static final Map<String, UnaryOperator<String>> INTERLEAVED = Map.of(
            "another process that fails alike", line -> line + "\n" + line,
            "another process that prints", line -> line + "\nINFO:shop.worker:still here");

    @TempDir
    private Path folder;

    static Stream<RealMessage> messages() {
        return RealMessage.all();
    }

    @ParameterizedTest(allowZeroInvocations = true)
    @MethodSource("messages")
    void what_a_program_prints_is_explained(RealMessage message) throws IOException, InterruptedException {
        String printed = message.printed();
        List<JsonObject> explained = explain(message, printed);

        assertThat(Stream.of(message.causes(), message.symptoms()).flatMap(List::stream))
                .allSatisfy(text -> assertThat(printed.replaceAll("\\s+", " ")).containsPattern(pattern(text)));
        assertThat(explained).as(printed).isNotEmpty();
        assertThat(rule(explained.get(0))).as(printed).isEqualTo(message.rule());
        for (String symptom : message.symptoms()) {
            assertThat(explained)
                    .as(printed)
                    .filteredOn(one -> isSame(symptom, text(one, "message")))
                    .isNotEmpty()
                    .allSatisfy(one -> {
                        assertThat(one.get("symptom").getAsBoolean()).isTrue();
                        if (!one.equals(explained.get(0))) {
                            assertThat(text(one.getAsJsonObject("cause"), "message"))
                                    .isEqualTo(text(explained.get(0), "message"));
                        }
                    });
        }
    }

    @ParameterizedTest(allowZeroInvocations = true)
    @MethodSource("messages")
    void it_is_explained_in_any_log(RealMessage message) throws IOException, InterruptedException {
        String printed = message.printed();
        List<String> plain = summary(explain(message, printed));

        for (Map.Entry<String, UnaryOperator<String>> dress : DRESSES.entrySet()) {
            assertThat(summary(explain(message, dressed(printed, dress.getValue()))))
                    .as(dress.getKey() + ": " + printed)
                    .isEqualTo(plain);
        }
        for (Map.Entry<String, UnaryOperator<String>> dress :
                message.isWhole() ? Set.<Map.Entry<String, UnaryOperator<String>>>of() : INTERLEAVED.entrySet()) {
            JsonObject first =
                    explain(message, dressed(printed, dress.getValue())).get(0);
            // Notes that stand apart from their message do not say which of its pages is likelier.
            assertThat(
                            first.getAsJsonArray("rules").isEmpty()
                                    ? List.of("-")
                                    : first.getAsJsonArray("rules").asList().stream()
                                            .map(JsonElement::getAsString)
                                            .toList())
                    .as(dress.getKey() + ": " + printed)
                    .contains(message.rule());
        }
    }

    private static String dressed(String printed, UnaryOperator<String> dress) {
        return printed.lines().map(dress).collect(Collectors.joining("\n", "", "\n"));
    }

    /** Returns a pattern for a text in which {@code …} stands for anything, where white space is one blank. */
    private static Pattern pattern(String text) {
        return Pattern.compile(Stream.of(text.strip().split("…", -1))
                .map(part -> part.isEmpty() ? "" : Pattern.quote(part))
                .collect(Collectors.joining(".*?")));
    }

    /** Tells whether a message is the one that is expected: known are their first sentences. */
    private static boolean isSame(String expected, String message) {
        return expected.contains(message) || pattern(expected).matcher(message).find();
    }

    private List<JsonObject> explain(RealMessage message, String printed) throws IOException {
        CliRun run = new CliRun(folder).rules(Example.ANALYZER.catalog());
        for (Map.Entry<String, String> file : message.files().entrySet()) {
            run.file(file.getKey(), file.getValue());
        }
        List<JsonObject> explained = new ArrayList<>();
        String json = run.input(printed).run("explain", "--format", "json").out();
        if (!json.isEmpty()) {
            for (JsonElement one :
                    JsonParser.parseString(json).getAsJsonObject().getAsJsonArray("explanations")) {
                explained.add(one.getAsJsonObject());
            }
        }
        return explained;
    }

    private static List<String> summary(List<JsonObject> explained) {
        return explained.stream()
                .map(one -> rule(one) + " " + one.get("symptom") + " " + one.get("location"))
                .toList();
    }

    private static String rule(JsonObject explained) {
        return explained.getAsJsonArray("rules").isEmpty()
                ? "-"
                : explained.getAsJsonArray("rules").get(0).getAsString();
    }

    private static String text(JsonObject object, String name) {
        return object.get(name).getAsString();
    }
}
