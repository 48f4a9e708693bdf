package io.github.spawnproof.java;

import com.google.errorprone.annotations.FormatMethod;
import io.github.spawnproof.source.CancelToken;
import java.util.Arrays;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/** Measures how long a Java file of 1,000 lines takes to read, warm, whole and damaged in several ways. No arguments. */
final class ReaderBenchmark {

    private static final int WARM_UP = 150;
    private static final int ROUNDS = 60;
    private static final int LINES = 1_000;

    private ReaderBenchmark() {}

    public static void main(String[] arguments) {
        String whole = file();
        int middle = whole.indexOf("    private void add", whole.length() / 2);
        int statement = whole.indexOf("counts.merge", middle);
        Map<String, String> texts = new TreeMap<>();
        texts.put("1 whole", whole);
        texts.put("2 half a name before a statement", insert(whole, statement, "words.\n            "));
        texts.put("3 open parenthesis", insert(whole, statement, "go(\n            "));
        texts.put("4 open brace", insert(whole, statement, "if (x) {\n            "));
        texts.put("5 half a member", insert(whole, middle, "    private String na\n"));
        texts.put("6 open string", insert(whole, statement, "go(\"text\n            "));
        texts.put("7 open comment", insert(whole, statement, "/* text\n            "));
        print("%d lines, %d characters", whole.lines().count(), whole.length());
        for (int i = 0; i < WARM_UP; i++) {
            texts.values().forEach(text -> JavaReader.read(text, CancelToken.NEVER));
        }
        texts.forEach((name, text) -> {
            double[] millis = new double[ROUNDS];
            int parses = 0;
            for (int i = 0; i < ROUNDS; i++) {
                long start = System.nanoTime();
                parses = JavaReader.read(text, CancelToken.NEVER).parses();
                millis[i] = (System.nanoTime() - start) / 1e6;
            }
            Arrays.sort(millis);
            print("%-36s %d parses, median %.1f ms, best %.1f ms", name, parses, millis[ROUNDS / 2], millis[0]);
        });
    }

    /** Returns the members of a class of the tests again and again, in one class. */
    private static String file() {
        String source = JavaReaderPropertyTest.source("WordCounts");
        int first = source.indexOf("    private static final");
        String members = source.substring(first, source.lastIndexOf('}'));
        StringBuilder text = new StringBuilder(source.substring(0, first));
        while (text.chars().filter(c -> c == '\n').count() < LINES) {
            text.append(members);
        }
        return text.append("}\n").toString();
    }

    private static String insert(String text, int place, String words) {
        return text.substring(0, place) + words + text.substring(place);
    }

    @FormatMethod
    private static void print(String format, Object... values) {
        System.out.println(String.format(Locale.ROOT, format, values));
    }
}
