package io.github.spawnproof.python.syntax;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Prefixes and mutations of programs: never an exception, linear work, and nothing before the damage changes. */
class BrokenTextTest {

    private static final int MUTATIONS_PER_SEED = 50;

    static IntStream seeds() {
        return IntStream.range(0, 200);
    }

    @Test
    void samples_are_valid() {
        List<String> texts = Samples.texts();

        assertThat(texts).hasSizeGreaterThan(7);
        assertThat(texts)
                .allSatisfy(text -> assertThat(TreeChecks.parse(text).errors()).isEmpty());
    }

    @Test
    void every_prefix_of_a_sample_has_a_tree_that_starts_the_same() {
        for (String text : Samples.texts()) {
            PythonTree whole = Sketch.parse(text);

            for (int end = 0; end < text.length(); end++) {
                PythonTree prefix = TreeChecks.parse(text.substring(0, end));

                TreeChecks.sameBefore(end, whole, prefix);
            }
        }
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void a_mutation_leaves_what_is_before_it(int seed) {
        Random random = new Random(seed);
        List<String> texts = Samples.texts();
        for (int i = 0; i < MUTATIONS_PER_SEED; i++) {
            String text = texts.get(random.nextInt(texts.size()));
            int offset = random.nextInt(text.length());
            String mutated = Mutations.at(offset, text, random);

            PythonTree tree = TreeChecks.parse(mutated);

            TreeChecks.sameBefore(offset, Sketch.parse(text), tree);
        }
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void several_mutations_never_throw(int seed) {
        Random random = new Random(seed);
        List<String> texts = Samples.texts();
        String text = texts.get(random.nextInt(texts.size()));
        for (int i = 0; i < MUTATIONS_PER_SEED && !text.isEmpty(); i++) {
            text = Mutations.at(random.nextInt(text.length()), text, random);

            PythonTree tree = TreeChecks.parse(text);

            assertThat(tree.source().text()).isEqualTo(text);
        }
    }
}
