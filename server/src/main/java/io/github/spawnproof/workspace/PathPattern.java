package io.github.spawnproof.workspace;

import io.github.spawnproof.workspace.IgnoreRules.Answer;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** A pattern of {@code .gitignore} form that files match, or folders and so all files in them. */
record PathPattern(IgnoreRules rules) {

    /** Returns the pattern; empty if nothing can match it: a blank, a comment, an exception from other patterns. */
    static Optional<PathPattern> of(String text) {
        IgnoreRules rules = IgnoreRules.of(List.of(text));
        return rules == IgnoreRules.NONE || text.startsWith("!")
                ? Optional.empty()
                : Optional.of(new PathPattern(rules));
    }

    /** Tells whether a file below a folder matches; the pattern is relative to the folder. */
    boolean matches(Path folder, Path file) {
        if (!file.startsWith(folder) || file.equals(folder)) {
            return false;
        }
        for (Path path = file; path != null && !path.equals(folder); path = path.getParent()) {
            if (rules.check(FileDiscovery.relative(folder, path), !path.equals(file)) == Answer.IGNORED) {
                return true;
            }
        }
        return false;
    }
}
