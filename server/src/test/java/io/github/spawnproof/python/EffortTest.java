package io.github.spawnproof.python;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import io.github.spawnproof.analysis.Analyzer;
import io.github.spawnproof.boundary.BoundaryTable;
import io.github.spawnproof.project.Surroundings;
import io.github.spawnproof.source.CancelToken;
import io.github.spawnproof.source.DocumentSnapshot;
import io.github.spawnproof.source.Language;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.IntFunction;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Programs that would cost exponential time, or the stack, if what is found were not remembered or bounded. */
class EffortTest {

    private static final PythonFrontEnd FRONT_END = new PythonFrontEnd(BoundaryTable.load());
    /** Far above what they take; without the bounds they would not end at all. */
    private static final Duration FOR_EVER = Duration.ofSeconds(60);

    @Test
    void functions_that_call_the_next_one_twice() {
        String program = lines(
                40,
                i -> "def f%d(flag=True):\n    if flag:\n        f%d(True)\n        f%d(flag=False)\n"
                        .formatted(i, i + 1, i + 1));

        assertReads(program + "\nf0()\n");
    }

    @Test
    void functions_that_call_each_other() {
        String program = lines(
                60, i -> "def f%d(a=%s):\n    f%d(a)\n    f%d()\n".formatted(i, "True", (i + 7) % 60, (i + 11) % 60));

        assertReads(program + "\nf0()\n");
    }

    @Test
    void names_bound_to_each_other() {
        String program = lines(200, i -> "a%d = a%d if x else a%d\n".formatted(i, (i + 1) % 200, (i + 7) % 200));

        assertReads(program + "Pool(a0).map(a1, [a2])\n");
    }

    @Test
    void attributes_that_lead_to_themselves() {
        assertReads("""
                class Node(Node):
                    def __init__(self):
                        self.next = self.next.next
                        self.all = [self.all, self.next]

                    def __enter__(self):
                        return self.next

                with Node().next as n:
                    Pool(n).map(n.all, n.all)
                """);
    }

    @Test
    void containers_within_containers() {
        String program = "x0 = [lambda: 1]\n" + lines(60, i -> "x%d = [x%d, x%d]\n".formatted(i + 1, i, i));

        assertReads(program + "Pool(2).map(print, x60)\n");
    }

    @Test
    void a_long_chain_of_calls_and_a_deep_nest() {
        assertReads("f" + ".add()".repeat(900) + "\n");
        assertReads("Pool(" + "[".repeat(150) + "]".repeat(150) + ")\n");
        assertReads("if x:\n    Pool(2)\n" + "elif y:\n    Pool(3)\n".repeat(2000));
    }

    @Test
    void layers_of_functions_that_pass_their_arguments_on() {
        StringBuilder program = new StringBuilder();
        for (int layer = 11; layer >= 0; layer--) {
            for (int i = 0; i < 6; i++) {
                program.append("def f%d_%d(n):\n    pass\n".formatted(layer, i));
                for (int next = 0; next < 6 && layer < 11; next++) {
                    program.append("    f%d_%d(n)\n    f%d_%d(%d)\n".formatted(layer + 1, next, layer + 1, next, next));
                }
            }
        }

        assertReads(program + "f0_0(1)\n");
    }

    @Test
    void a_fix_for_very_many_starts_is_not_repeated_for_each() throws InterruptedException {
        PythonModule module = read("from multiprocessing import Pool\n" + "Pool(2)\n".repeat(3000));

        assertThat(module.processStarts()).hasSize(3000);
        assertThat(module.processStarts().stream()
                        .mapToInt(start -> start.guard().size())
                        .sum())
                .isBetween(3000, 200_000);
    }

    private static String lines(int count, IntFunction<String> line) {
        return IntStream.range(0, count).mapToObj(line).collect(Collectors.joining());
    }

    private static void assertReads(String program) {
        String text = "from multiprocessing import Pool\n\n" + program;

        PythonModule module = assertTimeoutPreemptively(FOR_EVER, () -> read(text));

        assertThat(module.source().text()).isEqualTo(text);
    }

    /** Reads on a thread as both shells have it. */
    private static PythonModule read(String text) throws InterruptedException {
        AtomicReference<PythonModule> module = new AtomicReference<>();
        Thread thread = new Thread(
                null,
                () -> module.set(FRONT_END.read(
                        DocumentSnapshot.of("file:///p.py", Language.PYTHON, text),
                        Surroundings.UNKNOWN,
                        CancelToken.NEVER)),
                "reader",
                Analyzer.STACK_BYTES);
        thread.start();
        thread.join();
        return module.get();
    }
}
