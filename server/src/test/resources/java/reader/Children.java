package com.acme.child;

import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.io.InputStreamReader;
import java.util.ArrayList;
import java.util.List;

public abstract class Children {
    protected final List<Process> running = new ArrayList<Process>();

    protected abstract String command();

    public String start(File folder, String... arguments) throws IOException, InterruptedException {
        List<String> words = new ArrayList<>();
        words.add(command());
        for (String argument : arguments) words.add(argument);
        ProcessBuilder builder = new ProcessBuilder(words);
        builder.directory(folder).redirectErrorStream(true);
        builder.environment().put("MODE", "child");
        Process process = builder.start();
        running.add(process);
        StringBuilder output = new StringBuilder();
        try (BufferedReader reader = new BufferedReader(new InputStreamReader(process.getInputStream()))) {
            String line;
            while ((line = reader.readLine()) != null) {
                output.append(line).append('\n');
            }
        }
        int code = process.waitFor();
        if (code != 0) throw new IOException("exit " + code);
        return output.toString();
    }

    public void stop() {
        outer:
        for (Process process : running) {
            for (int i = 0; i < 3; i++) {
                if (!process.isAlive()) {
                    continue outer;
                }
                process.destroy();
            }
            process.destroyForcibly();
        }
        running.clear();
    }

    @Deprecated(since = "2", forRemoval = true)
    public final int count() {
        assert running != null : "not yet";
        return running.size();
    }

    @FunctionalInterface
    interface Listener {
        void ended(Process process, int code);
    }

    @interface Marked {
        String value() default "x";

        int[] numbers() default {1, 2};
    }

    static final Listener SILENT = new Listener() {
        @Override
        public void ended(Process process, int code) {
            // Nothing to tell.
        }
    };
}
