package io.github.spawnproof.analysis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.tuple;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import io.github.spawnproof.project.Project;
import io.github.spawnproof.rule.PythonRule;
import io.github.spawnproof.rule.Rule;
import io.github.spawnproof.rule.RuleCatalog;
import io.github.spawnproof.rule.RulePage;
import io.github.spawnproof.source.CancelToken;
import io.github.spawnproof.source.DocumentSnapshot;
import io.github.spawnproof.source.Language;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class ErrorExplanationsTest {

    private static final RuleCatalog CATALOG = RuleCatalog.load();

    /** The errors of {@code messages.txt}: what must come first, and the message. */
    static Stream<Arguments> messages() throws IOException {
        String text = new String(
                ErrorExplanationsTest.class
                        .getResourceAsStream("/explain/messages.txt")
                        .readAllBytes(),
                StandardCharsets.UTF_8);
        return text.lines().filter(line -> !line.startsWith("#")).map(line -> {
            int bar = line.indexOf(" | ");
            return arguments(line.substring(0, bar), line.substring(bar + 3));
        });
    }

    @ParameterizedTest(name = "{1}")
    @MethodSource("messages")
    void a_message_leads_to_its_page(String expected, String message) {
        List<ErrorExplanation> explanations = ErrorExplanations.of(message, CATALOG);

        assertThat(explanations).isNotEmpty();
        ErrorExplanation first = explanations.get(0);
        String page = first.rules().isEmpty() ? "-" : first.rules().get(0);
        assertThat(page + (first.symptom() ? "!" : "")).isEqualTo(expected);
        assertThat(first.text()).endsWith(".");
    }

    @ParameterizedTest(name = "{1}")
    @MethodSource("messages")
    void a_message_is_found_in_a_log_with_colours_and_prefixes(String expected, String message) {
        String log = "\u001b[31m2026-11-23 10:00:01,234 ERROR worker-3 | " + message + "\u001b[0m\n";

        assertThat(ErrorExplanations.of("Process SpawnProcess-1:\n" + log, CATALOG))
                .isNotEmpty();
    }

    @ParameterizedTest(name = "{1}")
    @MethodSource("messages")
    void a_message_is_found_however_it_is_laid_out(String expected, String message) {
        String wrapped = message.replace(" ", "\n");

        for (String text : List.of(
                "# " + wrapped.replace("\n", "\n# "),
                "> > " + wrapped.replace("\n", "\r\n> > "),
                "│ " + wrapped.replace("\n", "   │\n│ ") + " │",
                "E       " + wrapped.replace("\n", "\nE       "),
                "  | " + wrapped.replace("\n", "\n  | "),
                "2026-11-23 10:00:01,234 ERROR " + wrapped.replace("\n", "\n2026-11-23 10:00:01,234 ERROR "),
                "worker_1  | " + wrapped.replace("\n", "\nworker_1  | "),
                message.replace('\'', '’').replace('"', '“'),
                message.replace('\'', '`'),
                message.replace("<", "&lt;").replace(">", "&gt;").replace("'", "&#39;"),
                "\u001b[1;35m" + message.replace(":", "\u001b[0m:\u001b[35m") + "\u001b[0m")) {
            assertThat(ErrorExplanations.of(text, CATALOG))
                    .as(text)
                    .isNotEmpty()
                    .first()
                    .extracting(ErrorExplanation::rules)
                    .isEqualTo(ErrorExplanations.of(message, CATALOG).get(0).rules());
        }
    }

    @ParameterizedTest(name = "{1}")
    @MethodSource("messages")
    void a_message_is_one_error(String expected, String message) {
        assertThat(ErrorExplanations.of(message, CATALOG)).hasSize(1);
    }

    @ParameterizedTest(name = "{1}")
    @MethodSource("messages")
    void a_message_that_is_cut_off_is_no_trouble(String expected, String message) {
        for (int end = 0; end < message.length(); end++) {
            int length = end;
            assertThatCode(() -> ErrorExplanations.of(message.substring(0, length), CATALOG))
                    .doesNotThrowAnyException();
            assertThatCode(() -> ErrorExplanations.of(message.substring(length) + "\\", CATALOG))
                    .doesNotThrowAnyException();
        }
    }

    @Test
    void every_rule_that_a_message_names_is_one() {
        assertThat(ErrorExplanations.known())
                .allSatisfy(known -> assertThat(Stream.concat(known.rules().stream(), known.jinaRules().stream()))
                        .allSatisfy(id -> assertThat(CATALOG.find(id)).as(id).isPresent()));
    }

    /** What the pages quote as symptoms. */
    static Stream<Arguments> symptoms() {
        return CATALOG.all().stream()
                .filter(PythonRule.class::isInstance)
                .flatMap(rule -> RulePage.of(rule)
                        .section("Symptoms")
                        .lines()
                        .filter(line -> line.matches("- ``?[\\w.]*(Error|Warning|Pool)[:`].*|- `objc.*"))
                        .map(line -> arguments(rule, line.substring(2))));
    }

    @ParameterizedTest
    @MethodSource("symptoms")
    void a_symptom_of_a_page_leads_back_to_it(Rule rule, String line) {
        String message = line.replaceFirst("^``?", "").replaceFirst("``?(,|;| for|$).*", "");

        assertThat(ErrorExplanations.of(message, CATALOG))
                .flatExtracting(ErrorExplanation::rules)
                .contains(rule.id());
    }

    // The page's own texts, as they are printed there

    private static final String BOOTSTRAPPING = """
            # error
            This probably means that you are not using fork to start your
            child processes and you have forgotten to use the proper idiom
            in the main module:

                if _name_ == '_main_':
                    freeze_support()
                    ...

            The "freeze_support()" line can be omitted if the program
            is not going to be frozen to produce an executable.
            """;

    private static final String OBJECTIVE_C = """
            objc[20337]: +[__NSCFConstantString initialize] may have been in progress in another thread when fork() was called.
            objc[20337]: +[__NSCFConstantString initialize] may have been in progress in another thread when fork() was called. We cannot safely call it or ignore it in the fork() child process. Crashing instead. Set a breakpoint on objc_initializeAfterForkError to debug.```
            """;

    @Test
    void the_mangled_error_of_the_page_is_an_unguarded_start() {
        assertThat(ErrorExplanations.of(BOOTSTRAPPING, CATALOG))
                .singleElement()
                .extracting(explanation -> explanation.rules().get(0))
                .isEqualTo("unguarded-process-start");
    }

    @Test
    void the_two_lines_of_objective_c_are_one_error() {
        assertThat(ErrorExplanations.of(OBJECTIVE_C, CATALOG))
                .singleElement()
                .satisfies(explanation -> assertThat(explanation.message()).startsWith("objc[20337]: +[__NSCF"))
                .extracting(explanation -> explanation.rules().get(0))
                .isEqualTo("fork-on-macos");
    }

    @Test
    void the_two_hints_of_the_page_are_a_cause_and_a_symptom() {
        List<ErrorExplanation> explanations = ErrorExplanations.of("""
                pickle.PicklingError: Can't pickle: it's not the same object
                AssertionError: can only join a started process
                """, CATALOG);

        assertThat(explanations).extracting(ErrorExplanation::symptom).containsExactly(false, true);
        assertThat(explanations.get(0).rules()).startsWith("shadowed-callable");
    }

    // Tracebacks

    @Test
    void a_traceback_names_the_innermost_line_of_the_users_code() {
        List<ErrorExplanation> explanations = ErrorExplanations.of("""
                Traceback (most recent call last):
                  File "/home/me/shop/prices.py", line 12, in <module>
                    main()
                  File "/home/me/shop/prices.py", line 8, in main
                    pool.map(lambda n: n, [1])
                    ~~~~~~~~^^^^^^^^^^^^^^^^^^
                  File "/usr/lib/python3.13/multiprocessing/pool.py", line 367, in map
                    return self._map_async(func, iterable, mapstar, chunksize).get()
                  File "<frozen importlib._bootstrap>", line 1, in x
                  File "/home/me/venv/lib/python3.13/site-packages/other.py", line 3, in y
                _pickle.PicklingError: Can't pickle <function <lambda> at 0x7f2a>: attribute lookup <lambda> on __main__ failed
                """, CATALOG);

        assertThat(explanations).singleElement().satisfies(explanation -> {
            assertThat(explanation.rules()).startsWith("lambda-crosses-process");
            assertThat(explanation.places()).startsWith(new CodePlace("/home/me/shop/prices.py", 8));
        });
    }

    @Test
    void notes_of_python_3_14_belong_to_the_error() {
        List<ErrorExplanation> explanations = ErrorExplanations.of("""
                Traceback (most recent call last):
                  File "run.py", line 15, in main
                    process.start()
                TypeError: cannot pickle 'generator' object
                when serializing tuple item 0
                when serializing dict item '_args'
                when serializing multiprocessing.context.Process state
                when serializing multiprocessing.context.Process object
                """, CATALOG);

        assertThat(explanations).singleElement().satisfies(explanation -> {
            assertThat(explanation.rules()).startsWith("unpicklable-argument");
            assertThat(explanation.places()).startsWith(new CodePlace("run.py", 15));
        });
    }

    @Test
    void of_chained_tracebacks_each_error_has_its_own_line() {
        List<ErrorExplanation> explanations = ErrorExplanations.of("""
                multiprocessing.pool.RemoteTraceback:
                \"""
                Traceback (most recent call last):
                  File "work.py", line 3, in work
                    return options.rate
                NameError: name 'options' is not defined
                \"""

                The above exception was the direct cause of the following exception:

                Traceback (most recent call last):
                  File "run.py", line 20, in <module>
                    pool.map(work, [1])
                NameError: name 'options' is not defined
                """, CATALOG);

        assertThat(explanations).singleElement().satisfies(explanation -> {
            assertThat(explanation.rules()).containsExactly("guard-only-definition");
            assertThat(explanation.places()).contains(new CodePlace("work.py", 3));
        });
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "\n\n",
                "All 12 tests passed in 0.3 s",
                "NameError: name 'x' is not defined\n  File \"a.py\", line 3, in f\nin a program of one process",
                "the lambda function cannot be found"
            })
    void other_texts_are_left_alone(String text) {
        assertThat(ErrorExplanations.of(text, CATALOG)).isEmpty();
    }

    @Test
    void a_symptom_names_the_error_that_its_traceback_follows_from() {
        List<ErrorExplanation> explanations = ErrorExplanations.of("""
                Traceback (most recent call last):
                  File "run.py", line 3, in load
                    raise shop.NoStock(article)
                shop.NoStock: tea

                The above exception was the direct cause of the following exception:

                Traceback (most recent call last):
                  File "run.py", line 20, in <module>
                    print(future.result())
                concurrent.futures.process.BrokenProcessPool: A process in the process pool was terminated abruptly while the future was running or pending.
                """, CATALOG);

        assertThat(explanations).singleElement().satisfies(explanation -> {
            assertThat(explanation.symptom()).isTrue();
            assertThat(explanation.cause())
                    .contains(new ErrorCause("shop.NoStock: tea", List.of(new CodePlace("run.py", 3)), true));
            // What mostly leads to it did not.
            assertThat(explanation.rules()).isEmpty();
        });
    }

    @Test
    void a_symptom_without_a_known_cause_names_the_nearest_error() {
        List<ErrorExplanation> explanations = ErrorExplanations.of("""
                Process SpawnPoolWorker-1:
                Traceback (most recent call last):
                  File "work.py", line 3, in connect
                    raise OSError("no answer")
                OSError: no answer
                Traceback (most recent call last):
                  File "run.py", line 20, in <module>
                    print(future.result())
                BrokenPipeError: [Errno 32] Broken pipe
                """, CATALOG);

        assertThat(explanations)
                .singleElement()
                .extracting(explanation -> explanation.cause().orElseThrow())
                .isEqualTo(new ErrorCause("OSError: no answer", List.of(new CodePlace("work.py", 3)), false));
    }

    @Test
    void a_warning_causes_nothing() {
        List<ErrorExplanation> explanations = ErrorExplanations.of("""
                UserWarning: failed to set multiprocessing start_method to `spawn`: RuntimeError('context has already been set')
                concurrent.futures.process.BrokenProcessPool: A process in the process pool was terminated abruptly while the future was running or pending.
                """, CATALOG);

        assertThat(explanations).extracting(ErrorExplanation::symptom).containsExactly(true, false);
        assertThat(explanations.get(0).cause()).isEmpty();
    }

    @Test
    void a_failed_lookup_gives_way_to_the_error_that_follows_from_it() {
        String log = """
                AttributeError: module '__main__' has no attribute 'Pnt'

                During handling of the above exception, another exception occurred:

                Traceback (most recent call last):
                  File "run.py", line 8, in <module>
                    print(pool.map(str, [Point(1, 2)]))
                  File "/usr/lib/python3.14/multiprocessing/pool.py", line 367, in map
                    return self._map_async(func, iterable, mapstar, chunksize).get()
                _pickle.PicklingError: Can't pickle <class '__main__.Pnt'>: it's not found as __main__.Pnt
                """;

        assertThat(ErrorExplanations.of(log, CATALOG))
                .singleElement()
                .extracting(explanation -> explanation.rules().get(0))
                .isEqualTo("shadowed-callable");
        assertThat(ErrorExplanations.in(log, 3, CATALOG).orElseThrow().markdown())
                .contains("# shadowed-callable\n");
    }

    @Test
    void lines_of_several_services_are_told_apart() {
        List<ErrorExplanation> explanations = ErrorExplanations.of("""
                a-1  | Traceback (most recent call last):
                b-1  | Traceback (most recent call last):
                a-1  |   File "a.py", line 3, in <module>
                b-1  |   File "b.py", line 7, in <module>
                a-1  |     start()
                b-1  |     send()
                a-1  | RuntimeError:
                b-1  | TypeError: cannot pickle '_thread.lock' object
                a-1  |         An attempt has been made to start a new process before the
                b-1  | done
                a-1  |         current process has finished its bootstrapping phase.
                """, CATALOG);

        assertThat(explanations)
                .extracting(explanation -> explanation.rules().get(0), ErrorExplanation::places)
                .containsExactly(
                        tuple("unguarded-process-start", List.of(new CodePlace("a.py", 3))),
                        tuple("unpicklable-self", List.of(new CodePlace("b.py", 7))));
        assertThat(explanations.get(0).message()).endsWith("finished its bootstrapping phase");
    }

    @Test
    void tracebacks_that_were_printed_into_one_another_share_their_lines() {
        List<ErrorExplanation> explanations = ErrorExplanations.of("""
                Traceback (most recent call last):
                  File "a.py", line 3, in <module>
                    start()
                Traceback (most recent call last):
                  File "b.py", line 7, in <module>
                    send()
                TypeError: cannot pickle '_thread.lock' object
                RuntimeError: context has already been set
                Traceback (most recent call last):
                  File "c.py", line 9, in <module>
                    send()
                ValueError: Pool not running
                """, CATALOG);

        assertThat(explanations)
                .extracting(ErrorExplanation::places)
                .containsExactly(
                        List.of(new CodePlace("b.py", 7), new CodePlace("a.py", 3)),
                        List.of(new CodePlace("b.py", 7), new CodePlace("a.py", 3)),
                        List.of(new CodePlace("c.py", 9)));
    }

    // In the editor

    @Test
    void the_block_of_the_page_is_explained_on_each_of_its_lines() {
        String program = "from jina import Deployment\n\n\"\"\"\n" + BOOTSTRAPPING + "\"\"\"\n";
        AnalysisResult result = new Analyzer(CATALOG)
                .analyze(
                        DocumentSnapshot.of("file:///program.py", Language.PYTHON, program),
                        Project.DEFAULT,
                        CancelToken.NEVER);

        for (String word :
                List.of("probably", "idiom", "_name_", "_main_", "freeze_support()\n", "...", "executable")) {
            assertThat(Explanations.at(result, program.indexOf(word), CATALOG))
                    .as(word)
                    .get()
                    .extracting(Explanation::markdown)
                    .asString()
                    .contains("# unguarded-process-start\n");
        }
        assertThat(Explanations.at(result, program.indexOf("# error"), CATALOG)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "# TypeError: cannot pickle '_thread.lock' object\n",
                "x = 1  # seen: cannot pickle\n       # '_thread.lock' object\n",
                "def f():\n    \"\"\"Fails.\n\n    TypeError: cannot pickle '_thread.lock' object\n    \"\"\"\n",
                "raise TypeError(\"cannot pickle '_thread.lock' object\")\n"
            })
    void an_error_in_a_comment_or_string_has_its_pages_on_hover(String program) {
        AnalysisResult result = new Analyzer(CATALOG)
                .analyze(
                        DocumentSnapshot.of("file:///program.py", Language.PYTHON, program),
                        Project.DEFAULT,
                        CancelToken.NEVER);

        Optional<Explanation> explanation = Explanations.at(result, program.indexOf("pickle"), CATALOG);

        assertThat(explanation)
                .get()
                .extracting(Explanation::markdown)
                .asString()
                .contains("# unpicklable-self\n");
        assertThat(Explanations.at(result, 0, CATALOG).isPresent())
                .isEqualTo(explanation.get().range().start() == 0);
    }
}
