package io.github.spawnproof.lsp;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import io.github.spawnproof.finding.TextEdit;
import io.github.spawnproof.source.SourceText;
import io.github.spawnproof.source.TextRange;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.eclipse.lsp4j.Position;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The packaged jar as a real process, driven as an editor drives it; the path is in {@code -Dspawnproof.jar}. */
@Tag("endtoend")
@Timeout(120)
class EndToEndTest {

    private static final String TEXT = """
            from multiprocessing import Pool

            if __name__ == "__main__":
                with Pool(2) as pool:
                    print(pool.map(lambda x: x + 1, [1, 2]))
            """;
    private static final String RULE = "lambda-crosses-process";
    private static final String LAMBDA = TestClient.range(4, 23, 4, 38);
    private static final String CAPABILITIES = """
            {"textDocument": {
                "publishDiagnostics": {"versionSupport": true, "codeDescriptionSupport": true,
                    "relatedInformation": true, "dataSupport": true},
                "hover": {"contentFormat": ["markdown"]},
                "codeAction": {"codeActionLiteralSupport": {"codeActionKind": {"valueSet": ["quickfix", "source"]}},
                    "isPreferredSupport": true, "dataSupport": true, "resolveSupport": {"properties": ["edit"]}}},
             "workspace": {"workspaceEdit": {"documentChanges": true}},
             "general": {"positionEncodings": ["utf-16"]}}
            """;

    @TempDir
    private Path folder;

    private final List<Process> processes = new ArrayList<>();

    @AfterEach
    void endWhatIsLeft() {
        processes.forEach(Process::destroyForcibly);
    }

    private Path log() {
        return folder.resolve("log.txt");
    }

    private Path cache() {
        return folder.resolve("cache");
    }

    private String logText() throws IOException {
        return Files.readString(log());
    }

    private TestClient start(String... options) throws IOException {
        Path jar = Path.of(System.getProperty("spawnproof.jar", "target/spawnproof.jar"));
        assertThat(jar).as("the packaged jar").exists();
        String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
        List<String> command = new ArrayList<>(List.of(java));
        command.addAll(List.of(options));
        command.addAll(List.of("-jar", jar.toString(), "server"));
        ProcessBuilder builder = new ProcessBuilder(command).redirectError(log().toFile());
        builder.environment().put("SPAWNPROOF_CACHE_DIR", cache().toString());
        Process server = builder.start();
        processes.add(server);
        return new TestClient(
                        server.getInputStream(),
                        server.getOutputStream(),
                        server.onExit().thenApply(Process::exitValue))
                .reading();
    }

    private static JsonArray withRule(JsonArray diagnostics) {
        JsonArray found = new JsonArray();
        for (JsonElement diagnostic : diagnostics) {
            if (Json.string(diagnostic, "code").equals(RULE)) {
                found.add(diagnostic);
            }
        }
        return found;
    }

    private static JsonElement preferred(JsonArray actions) {
        for (JsonElement action : actions) {
            if (Json.isTrue(action, "isPreferred")) {
                return action;
            }
        }
        throw new AssertionError("no preferred action among " + actions);
    }

    private static String applied(String text, JsonObject resolved) {
        SourceText source = new SourceText(text);
        Positions positions = new Positions(source, PositionEncoding.UTF_16);
        JsonObject change = Json.at(resolved, "result", "edit", "documentChanges")
                .getAsJsonArray()
                .get(0)
                .getAsJsonObject();
        List<TextEdit> edits = new ArrayList<>();
        for (JsonElement edit : change.getAsJsonArray("edits")) {
            edits.add(new TextEdit(
                    new TextRange(offset(positions, edit, "start"), offset(positions, edit, "end")),
                    Json.string(edit, "newText")));
        }
        return TextEdit.apply(text, edits);
    }

    private static int offset(Positions positions, JsonElement edit, String end) {
        JsonElement position = Json.at(edit, "range", end);
        return positions.offset(new Position(
                Json.at(position, "line").getAsInt(),
                Json.at(position, "character").getAsInt()));
    }

    @Test
    void an_editor_sees_understands_and_mends_a_fault() throws IOException {
        try (TestClient client = start()) {
            JsonObject result = client.initialize(CAPABILITIES);
            assertThat(Json.string(result, "serverInfo", "name")).isEqualTo("Spawnproof");
            assertThat(Json.string(result, "serverInfo", "version")).matches("\\d+\\.\\d+\\.\\d+.*");

            client.open(1, TEXT);
            JsonArray found = withRule(client.awaitDiagnostics(1));
            assertThat(found).hasSize(1);
            assertThat(found.get(0).getAsJsonObject().get("range")).isEqualTo(TestClient.json(LAMBDA));
            assertThat(Json.string(found.get(0), "codeDescription", "href")).startsWith("https://");

            assertThat(Json.string(client.hover(4, 25), "result", "contents", "value"))
                    .startsWith("# " + RULE);

            JsonArray actions =
                    client.codeActions(LAMBDA, "{\"diagnostics\": " + found + ", \"only\": [\"quickfix\"]}");
            String mended = applied(TEXT, client.request("codeAction/resolve", preferred(actions)));
            client.change(2, mended);
            assertThat(withRule(client.awaitDiagnostics(2))).isEmpty();

            client.change(3, TEXT);
            assertThat(withRule(client.awaitDiagnostics(3))).hasSize(1);
            JsonArray all = client.codeActions(
                    TestClient.range(0, 0, 0, 0), "{\"diagnostics\": [], \"only\": [\"source.fixAll\"]}");
            assertThat(all).hasSize(1);
            client.change(4, applied(TEXT, client.request("codeAction/resolve", all.get(0))));
            assertThat(withRule(client.awaitDiagnostics(4))).isEmpty();

            client.closeDocument(TestClient.URI);
            assertThat(client.shutDownAndExit()).isZero();
            client.assertOnlyMessagesCame();
        }
        assertThat(logText()).doesNotContain("Exception", "pool.map");
    }

    /** Most projects have no Java: what reads it is many classes and tables. */
    @Test
    void what_reads_java_is_loaded_with_the_first_java_file() throws IOException {
        Path classes = folder.resolve("classes.txt");
        try (TestClient client = start("-Xlog:class+load:file=" + classes)) {
            client.initialize(CAPABILITIES);
            client.open(1, TEXT);
            assertThat(withRule(client.awaitDiagnostics(1))).hasSize(1);
            assertThat(Files.readString(classes))
                    .contains("io.github.spawnproof.python.PythonFrontEnd")
                    .doesNotContain(
                            "com.github.javaparser",
                            "io.github.spawnproof.java.JavaFrontEnd",
                            "io.github.spawnproof.java.JavaReader",
                            "io.github.spawnproof.java.ClassTable",
                            " org.objectweb.asm");

            String uri = "file:///A.java";
            client.open(
                    uri,
                    "java",
                    1,
                    "// spawnproof: ignore[shadowed-callable]\nclass A { void f() { new ProcessBuilder(");
            assertThat(client.awaitPublished(uri, 1).toString()).contains("unused-suppression");
            assertThat(Files.readString(classes))
                    .contains("com.github.javaparser.JavaParser", "io.github.spawnproof.java.JavaFrontEnd");
        }
    }

    @Test
    void the_end_of_the_input_ends_the_process_within_a_second_or_so() throws IOException {
        TestClient client = start();
        client.initialize("{}");
        client.open(1, TEXT);
        client.awaitDiagnostics(1);

        long startNanos = System.nanoTime();
        client.close();

        assertThat(client.awaitStatus()).isEqualTo(1);
        assertThat(System.nanoTime() - startNanos).isLessThan(TimeUnit.SECONDS.toNanos(5));
        client.assertOnlyMessagesCame();
        assertThat(logText().lines()).hasSize(1);
    }

    @Test
    void the_end_of_the_clients_process_ends_the_process() throws IOException {
        Process editor = ClientProcess.start();
        processes.add(editor);
        try (TestClient client = start()) {
            client.request("initialize", "{\"processId\": " + editor.pid() + ", \"capabilities\": {}}");
            long startNanos = System.nanoTime();

            editor.destroy();

            assertThat(client.awaitStatus()).isEqualTo(1);
            // Three seconds are promised; the machine may be busy.
            assertThat(System.nanoTime() - startNanos).isLessThan(TimeUnit.SECONDS.toNanos(6));
        }
    }

    @Test
    void input_that_is_no_protocol_ends_the_process_with_a_word() throws IOException {
        try (TestClient client = start()) {
            client.sendRaw("hello\r\n\r\n");

            assertThat(client.awaitStatus()).isEqualTo(1);
            assertThat(logText().lines()).hasSize(1);
        }
    }

    @Test
    void what_modules_import_is_kept_for_the_next_server() throws Exception {
        Path project = Files.createDirectories(folder.resolve("project"));
        Files.writeString(project.resolve("pyproject.toml"), "");
        Files.writeString(project.resolve("first.py"), "from second import work\n");
        Files.writeString(project.resolve("second.py"), "from third import work\n");
        Path third = project.resolve("third.py");
        Files.writeString(third, TEXT.replace("if __name__ == \"__main__\"", "def work()"));
        try (Stream<Path> files = Files.list(project)) {
            for (Path file : files.toList()) {
                Files.setLastModifiedTime(file, FileTime.from(Instant.now().minusSeconds(60)));
            }
        }
        String script = "from first import work\n\nwork()\n";
        String rule = "unguarded-process-start";

        assertThat(rules(project, script)).containsExactly(rule);
        Path index;
        try (Stream<Path> files = Files.list(cache())) {
            index = files.toList().get(0);
        }
        assertThat(index.getFileName().toString()).matches("project-[0-9a-f]{8}\\.outlines");
        byte[] whole = Files.readAllBytes(index);
        assertThat(rules(project, script)).containsExactly(rule);
        assertThat(index).as("known already").hasBinaryContent(whole);

        Files.writeString(third, "def work():\n    pass\n");
        assertThat(rules(project, script)).isEmpty();

        Files.writeString(index, "damaged");
        assertThat(rules(project, script)).isEmpty();
        assertThat(Files.readString(index, StandardCharsets.ISO_8859_1))
                .as("written anew")
                .contains("second.py");
    }

    /** Returns the rules of what a server of its own finds in a script. */
    private List<String> rules(Path project, String script) throws Exception {
        try (TestClient client = start()) {
            client.request(
                    "initialize",
                    "{\"rootUri\": \"%s\", \"capabilities\": %s}".formatted(project.toUri(), CAPABILITIES));
            client.notify("initialized", "{}");
            String uri = project.resolve("script.py").toUri().toString();
            client.open(uri, "python", 1, script);
            List<String> rules = new ArrayList<>();
            Json.at(client.awaitPublished(uri, 1), "diagnostics")
                    .getAsJsonArray()
                    .forEach(found -> rules.add(Json.string(found, "code")));
            assertThat(client.shutDownAndExit()).isZero();
            return rules;
        }
    }
}
