package io.github.spawnproof.cli;

import io.github.spawnproof.workspace.Words;

/** A line on a terminal that says how far the command is, once it takes longer than a second. */
final class Progress {

    private static final long FIRST_AFTER_NANOS = 1_000_000_000L;
    private static final long AGAIN_AFTER_NANOS = 100_000_000L;
    private static final int BAR = 24;
    private static final String ERASE = "\r\u001B[K";

    private final Output err;
    private final Console console;
    private final long start;
    private long next;
    private boolean shown;

    Progress(Output err, Console console) {
        this.err = err;
        this.console = console;
        this.start = console.nanoTime().getAsLong();
        this.next = start + FIRST_AFTER_NANOS;
    }

    void show(int done, int total) {
        long now = console.nanoTime().getAsLong();
        if (!console.errIsTerminal() || now - next < 0 || total == 0) {
            return;
        }
        next = now + AGAIN_AFTER_NANOS;
        int filled = (int) ((long) BAR * done / total);
        err.print(ERASE + "[" + "#".repeat(filled) + " ".repeat(BAR - filled) + "] " + done + " of "
                + Words.count(total, "file"));
        err.flush();
        shown = true;
    }

    /** Removes the line, so that something else can be printed. */
    void clear() {
        if (shown) {
            err.print(ERASE);
            err.flush();
            shown = false;
        }
    }

    long elapsedMillis() {
        return (console.nanoTime().getAsLong() - start) / 1_000_000;
    }
}
