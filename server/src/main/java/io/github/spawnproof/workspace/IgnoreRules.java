package io.github.spawnproof.workspace;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.eclipse.jgit.ignore.IgnoreNode;

/** The patterns of one {@code .gitignore} file, or of a setting of the same form, read by JGit. */
final class IgnoreRules {

    /** What the patterns say of a path. */
    enum Answer {
        IGNORED,
        KEPT,
        SILENT
    }

    static final IgnoreRules NONE = new IgnoreRules(new IgnoreNode());

    private final IgnoreNode node;

    private IgnoreRules(IgnoreNode node) {
        this.node = node;
    }

    static IgnoreRules parse(String text) {
        IgnoreNode node = new IgnoreNode();
        String patterns = text.startsWith("\uFEFF") ? text.substring(1) : text;
        try {
            node.parse(new ByteArrayInputStream(patterns.getBytes(StandardCharsets.UTF_8)));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return node.getRules().isEmpty() ? NONE : new IgnoreRules(node);
    }

    static IgnoreRules of(List<String> lines) {
        return lines.isEmpty() ? NONE : parse(String.join("\n", lines));
    }

    /**
     * Returns what the last matching pattern says.
     *
     * @param path relative to the folder of the patterns, with {@code /}
     */
    Answer check(String path, boolean folder) {
        Boolean ignored = node.checkIgnored(path, folder);
        if (ignored == null) {
            return Answer.SILENT;
        }
        return ignored ? Answer.IGNORED : Answer.KEPT;
    }
}
