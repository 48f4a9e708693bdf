package io.github.spawnproof.lsp;

import java.io.PrintStream;

/** Standard error: one line for each event, without document text. Safe for any number of threads. */
final class ServerLog {

    private final PrintStream out;

    ServerLog(PrintStream out) {
        this.out = out;
    }

    void line(String message) {
        out.println("spawnproof: " + message.replaceAll("\\R", " "));
    }

    /** Logs a mistake of ours: the exception's kind and where it was thrown, but not its message, which may hold text. */
    void failure(String what, Throwable failure) {
        line(what + ": " + describe(failure));
    }

    static String describe(Throwable failure) {
        StringBuilder description = new StringBuilder(failure.getClass().getName());
        StackTraceElement[] trace = failure.getStackTrace();
        for (int i = 0; i < Math.min(trace.length, 3); i++) {
            description.append(i == 0 ? " at " : " < ").append(trace[i]);
        }
        return description.toString();
    }
}
