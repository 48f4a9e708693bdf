package io.github.spawnproof.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import io.github.spawnproof.rule.RuleCatalog;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ExplainTest {

    private static final String PROGRAM = """
            from multiprocessing import Pool


            def main():
                with Pool(2) as pool:
                    pool.map(lambda n: n, [1])


            main()
            """;

    private static final String TRACEBACK = """
            Traceback (most recent call last):
              File "/somewhere/else/shop/prices.py", line 6, in main
                pool.map(lambda n: n, [1])
              File "/usr/lib/python3.11/multiprocessing/pool.py", line 367, in map
                return self._map_async(func, iterable, mapstar, chunksize).get()
            _pickle.PicklingError: Can't pickle <function <lambda> at 0x7f2a>: attribute lookup <lambda> on __main__ failed
            """;

    @TempDir
    private Path folder;

    @Test
    void a_traceback_leads_to_the_finding_in_the_project() throws IOException {
        CliRun.Result result =
                run().file("shop/prices.py", PROGRAM).input(TRACEBACK).run("explain");

        assertThat(result.status()).isZero();
        assertThat(result.out())
                .contains("shop/prices.py:6:18: error[lambda-crosses-process]")
                .contains("# lambda-crosses-process")
                .doesNotContain("unguarded-process-start");
    }

    @Test
    void a_stack_trace_of_java_leads_to_the_source_of_its_class() throws IOException {
        CliRun.Result result = run().file("app/src/main/java/shop/Job.java", """
                        package shop;

                        import java.io.*;

                        class Job {
                            void save(ObjectOutputStream out, Runnable job) throws IOException {
                                out.writeObject(job);
                            }
                        }
                        """)
                .file("app/src/main/java/other/Job.java", "package other;\n\nclass Job {}\n")
                .input("""
                        Exception in thread "main" java.io.NotSerializableException: shop.Job$$Lambda$1/0x00007fe1cd000a08
                        	at java.base/java.io.ObjectOutputStream.writeObject0(ObjectOutputStream.java:1187)
                        	at java.base/java.io.ObjectOutputStream.writeObject(ObjectOutputStream.java:350)
                        	at shop.Job.save(Job.java:7)
                        """)
                .run("explain");

        assertThat(result.status()).isZero();
        assertThat(result.out())
                .contains("app/src/main/java/shop/Job.java:7")
                .contains("# lambda-target-not-serializable");
    }

    @Test
    void a_text_on_the_command_line_needs_no_input() throws IOException {
        CliRun.Result result = run().run("explain", "AssertionError: can only join a started process");

        assertThat(result.status()).isZero();
        assertThat(result.out()).contains("This is only a symptom");
    }

    @Test
    void json_has_the_rules_the_place_and_the_findings() throws IOException {
        CliRun.Result result =
                run().file("shop/prices.py", PROGRAM).input(TRACEBACK).run("explain", "-", "--format", "json");

        JsonObject json = JsonParser.parseString(result.out()).getAsJsonObject();
        assertThat(json.get("version").getAsInt()).isEqualTo(1);
        JsonObject explanation = json.getAsJsonArray("explanations").get(0).getAsJsonObject();
        assertThat(explanation.getAsJsonArray("rules").get(0).getAsString()).isEqualTo("lambda-crosses-process");
        assertThat(explanation.get("symptom").getAsBoolean()).isFalse();
        assertThat(explanation.getAsJsonObject("location").get("file").getAsString())
                .isEqualTo("shop/prices.py");
        assertThat(explanation.getAsJsonObject("location").get("line").getAsInt())
                .isEqualTo(6);
        assertThat(explanation.getAsJsonArray("findings")).hasSize(1);
    }

    @Test
    void what_is_not_known_is_said_and_exits_with_one() throws IOException {
        CliRun.Result result = run().run("explain", "all is well");

        assertThat(result.status()).isEqualTo(1);
        assertThat(result.out()).isEmpty();
        assertThat(result.err()).contains("Nothing in this text is a known error");
    }

    @Test
    void a_terminal_without_a_text_is_wrong_usage() throws IOException {
        CliRun.Result result = run().inputIsTerminal().run("explain");

        assertThat(result.status()).isEqualTo(2);
        assertThat(result.err()).contains("explain");
    }

    @Test
    void input_that_is_no_utf_8_is_read_as_far_as_it_goes() throws IOException {
        byte[] bytes = "caf\u00e9 TypeError: cannot pickle 'generator' object\n".getBytes(StandardCharsets.ISO_8859_1);

        CliRun.Result result = run().input(bytes).run("explain");

        assertThat(result.status()).isZero();
        assertThat(result.out()).contains("# unpicklable-argument");
    }

    private CliRun run() {
        return new CliRun(folder).rules(RuleCatalog.load());
    }
}
