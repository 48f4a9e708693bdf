package io.github.spawnproof.workspace;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class UnifiedDiffTest {

    private static final Pattern HUNK = Pattern.compile("@@ -(\\d+)(?:,(\\d+))? \\+(\\d+)(?:,(\\d+))? @@");

    @Test
    void equal_texts_have_no_difference() {
        assertThat(UnifiedDiff.of("a.py", "x\n", "x\n")).isEmpty();
    }

    @Test
    void distant_changes_make_two_hunks_and_near_ones_make_one() {
        String before = lines(1, 20);

        assertThat(UnifiedDiff.of(
                        "a.py", before, before.replace("\n2\n", "\ntwo\n").replace("\n10\n", "\nten\n")))
                .isEqualTo("""
                        --- a.py
                        +++ a.py
                        @@ -1,5 +1,5 @@
                         1
                        -2
                        +two
                         3
                         4
                         5
                        @@ -7,7 +7,7 @@
                         7
                         8
                         9
                        -10
                        +ten
                         11
                         12
                         13
                        """);
        assertThat(UnifiedDiff.of("a.py", before, before.replace("\n2\n", "\n").replace("\n8\n", "\n8\n8\n")))
                .containsOnlyOnce("@@ -1,11 +1,11 @@");
    }

    @Test
    void an_empty_side_and_a_missing_newline_are_marked() {
        assertThat(UnifiedDiff.of("a.py", "", "x"))
                .isEqualTo("--- a.py\n+++ a.py\n@@ -0,0 +1 @@\n+x\n\\ No newline at end of file\n");
        assertThat(UnifiedDiff.of("a.py", "x\n", "")).isEqualTo("--- a.py\n+++ a.py\n@@ -1 +0,0 @@\n-x\n");
    }

    @Test
    void texts_with_nothing_in_common_are_replaced_as_a_whole() {
        String diff = UnifiedDiff.of("a.py", lines(1, 3000), lines(4000, 7000));

        assertThat(patched(lines(1, 3000), diff)).isEqualTo(lines(4000, 7000));
    }

    static List<Integer> seeds() {
        return new Random(11).ints(200, 0, Integer.MAX_VALUE).boxed().toList();
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void the_difference_leads_from_the_one_to_the_other(int seed) {
        Random random = new Random(seed);
        String before = text(random);
        String after = text(random);

        assertThat(patched(before, UnifiedDiff.of("a.py", before, after))).isEqualTo(after);
    }

    private static String text(Random random) {
        String lines = random.ints(random.nextInt(30), 0, 4)
                .mapToObj(number -> "line " + number + "\n")
                .collect(Collectors.joining());
        return random.nextBoolean() ? lines : lines + "end";
    }

    private static String lines(int first, int last) {
        return IntStream.rangeClosed(first, last)
                .mapToObj(number -> number + "\n")
                .collect(Collectors.joining());
    }

    /** Applies a difference the strict way: every number and every kept or deleted line has to be right. */
    private static String patched(String before, String diff) {
        List<String> old = parts(before);
        List<String> result = new ArrayList<>();
        int at = 0;
        List<String> lines = parts(diff.replace("\n\\ No newline at end of file\n", "\u0000"));
        for (int i = 2; i < lines.size(); ) {
            Matcher hunk = HUNK.matcher(lines.get(i++).strip());
            assertThat(hunk.matches()).isTrue();
            int oldLeft = hunk.group(2) == null ? 1 : Integer.parseInt(hunk.group(2));
            int newLeft = hunk.group(4) == null ? 1 : Integer.parseInt(hunk.group(4));
            int start = Integer.parseInt(hunk.group(1)) - (oldLeft == 0 ? 0 : 1);
            result.addAll(old.subList(at, start));
            at = start;
            assertThat(result).hasSize(Integer.parseInt(hunk.group(3)) - (newLeft == 0 ? 0 : 1));
            while (oldLeft > 0 || newLeft > 0) {
                char kind = lines.get(i).charAt(0);
                String line = lines.get(i++).substring(1).replace("\u0000", "");
                if (kind != '+') {
                    assertThat(line).isEqualTo(old.get(at++));
                    oldLeft--;
                }
                if (kind != '-') {
                    result.add(line);
                    newLeft--;
                }
            }
        }
        result.addAll(old.subList(at, old.size()));
        return String.join("", result);
    }

    private static List<String> parts(String text) {
        Matcher matcher = Pattern.compile("[^\\n\\x00]*[\\n\\x00]|[^\\n\\x00]+").matcher(text);
        List<String> parts = new ArrayList<>();
        while (matcher.find()) {
            parts.add(matcher.group());
        }
        return parts;
    }
}
