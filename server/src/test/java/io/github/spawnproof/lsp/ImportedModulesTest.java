package io.github.spawnproof.lsp;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import io.github.spawnproof.rule.Rule;
import io.github.spawnproof.rule.RuleCatalog;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Findings of a file that rest on modules which it imports, while those are edited. */
@Timeout(120)
class ImportedModulesTest {

    private static final List<Rule> RULES = List.copyOf(RuleCatalog.load().all());

    private static final String SCRIPT = "from jobs import run\n\nrun()\n";
    private static final String STARTS = """
            from multiprocessing import Pool


            def run():
                with Pool(1) as pool:
                    pool.map(abs, [1])
            """;
    private static final String STARTS_NOTHING = "def run():\n    return abs(1)\n";

    @TempDir
    Path temporary;

    private Path project;

    @BeforeEach
    void makeProject() throws IOException {
        project = temporary.toRealPath();
        Files.createDirectories(project.resolve(".git"));
        Files.writeString(project.resolve("jobs.py"), STARTS);
        Files.writeString(project.resolve("script.py"), SCRIPT);
    }

    private String uri(String path) {
        return project.resolve(path).toUri().toString();
    }

    private TestClient start() {
        TestClient client = TestClient.start(RULES);
        client.request(
                "initialize",
                "{\"rootUri\": \"" + project.toUri() + "\", \"capabilities\": {\"textDocument\": {"
                        + "\"publishDiagnostics\": {\"versionSupport\": true, \"relatedInformation\": true}}}}");
        client.notify("initialized", "{}");
        return client;
    }

    private static void change(TestClient client, String uri, int version, String text) {
        JsonObject whole = new JsonObject();
        whole.addProperty("text", text);
        JsonArray changes = new JsonArray();
        changes.add(whole);
        client.change(uri, version, changes);
    }

    /** Waits until the last diagnostics of the script are so many. */
    private void awaitCount(TestClient client, int count) {
        client.await(count + " diagnostics at last", message -> {
            List<JsonObject> all = client.published(uri("script.py"));
            return !all.isEmpty()
                    && all.get(all.size() - 1).getAsJsonArray("diagnostics").size() == count;
        });
    }

    @Test
    void a_finding_leads_to_the_module_that_starts() {
        try (TestClient client = start()) {
            client.open(uri("script.py"), "python", 1, SCRIPT);

            JsonArray diagnostics = client.awaitPublished(uri("script.py"), 1).getAsJsonArray("diagnostics");

            assertThat(diagnostics).hasSize(1);
            JsonElement place = diagnostics
                    .get(0)
                    .getAsJsonObject()
                    .getAsJsonArray("relatedInformation")
                    .get(0);
            assertThat(Json.string(place, "location", "uri")).isEqualTo(uri("jobs.py"));
            assertThat(Json.at(place, "location", "range", "start", "line").getAsInt())
                    .isEqualTo(4);
        }
    }

    @Test
    void what_is_typed_in_a_module_counts_in_others_at_once() {
        try (TestClient client = start()) {
            client.open(uri("script.py"), "python", 1, SCRIPT);
            client.open(uri("jobs.py"), "python", 1, STARTS);
            awaitCount(client, 1);

            change(client, uri("jobs.py"), 2, STARTS_NOTHING);
            awaitCount(client, 0);

            change(client, uri("jobs.py"), 3, STARTS);
            awaitCount(client, 1);
        }
    }

    @Test
    void who_rests_on_a_module_is_left_alone_while_it_means_the_same() {
        try (TestClient client = start()) {
            client.open(uri("script.py"), "python", 1, SCRIPT);
            client.open(uri("jobs.py"), "python", 1, STARTS);
            awaitCount(client, 1);
            int before = client.published(uri("script.py")).size();

            for (int version = 2; version < 6; version++) {
                change(client, uri("jobs.py"), version, "# " + version + "\n" + STARTS);
                client.awaitPublished(uri("jobs.py"), version);
            }

            assertThat(client.published(uri("script.py"))).hasSize(before);
        }
    }

    @Test
    void files_that_come_go_and_change_on_disk_count_too() throws IOException {
        try (TestClient client = start()) {
            client.open(uri("script.py"), "python", 1, SCRIPT);
            awaitCount(client, 1);

            Files.delete(project.resolve("jobs.py"));
            watched(client, 3);
            awaitCount(client, 0);

            Files.writeString(project.resolve("jobs.py"), STARTS);
            watched(client, 1);
            awaitCount(client, 1);

            Files.writeString(project.resolve("jobs.py"), STARTS_NOTHING);
            watched(client, 2);
            awaitCount(client, 0);
        }
    }

    private void watched(TestClient client, int type) {
        client.notify(
                "workspace/didChangeWatchedFiles",
                "{\"changes\": [{\"uri\": \"%s\", \"type\": %d}]}".formatted(uri("jobs.py"), type));
    }
}
