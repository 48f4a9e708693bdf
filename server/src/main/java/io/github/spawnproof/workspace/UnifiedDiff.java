package io.github.spawnproof.workspace;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import org.eclipse.jgit.diff.DiffFormatter;
import org.eclipse.jgit.diff.EditList;
import org.eclipse.jgit.diff.HistogramDiff;
import org.eclipse.jgit.diff.RawText;
import org.eclipse.jgit.diff.RawTextComparator;

/** The difference of two texts in the form that {@code patch -p0} and {@code git apply -p0} take, by JGit. */
public final class UnifiedDiff {

    private UnifiedDiff() {}

    /** Returns the difference with three lines of context; empty if there is none. */
    public static String of(String file, String before, String after) {
        return of(file, file, before, after);
    }

    /** Returns what makes a file that is not there yet. */
    public static String ofNew(String file, String text) {
        return of("/dev/null", file, "", text);
    }

    private static String of(String oldName, String file, String before, String after) {
        RawText old = new RawText(before.getBytes(StandardCharsets.UTF_8));
        RawText fresh = new RawText(after.getBytes(StandardCharsets.UTF_8));
        EditList edits = new HistogramDiff().diff(RawTextComparator.DEFAULT, old, fresh);
        if (edits.isEmpty()) {
            return "";
        }
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (DiffFormatter formatter = new DiffFormatter(out)) {
            formatter.format(edits, old, fresh);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return "--- " + oldName + "\n+++ " + file + "\n" + out.toString(StandardCharsets.UTF_8);
    }
}
