package io.github.spawnproof.environment;

import io.github.spawnproof.boundary.BoundaryTable;
import io.github.spawnproof.source.CancelToken;
import io.github.spawnproof.source.DocumentSnapshot;
import io.github.spawnproof.source.SourceText;
import java.util.Locale;

/** Reads files that set environment variables. */
public final class EnvironmentFrontEnd {

    /**
     * Returns the facts of a text; damaged text gives those of the parts that can be read.
     *
     * @throws io.github.spawnproof.source.Cancelled if the token says that the work is no longer wanted
     */
    public EnvironmentFile read(DocumentSnapshot snapshot, CancelToken cancel) {
        cancel.check();
        SourceText source = snapshot.source();
        // Most files have nothing to do with any of this; a suppression that does nothing has to be read all the same.
        boolean concerns = BoundaryTable.VARIABLES.stream().anyMatch(source.text()::contains)
                || source.text().contains("spawnproof:");
        if (!concerns) {
            return EnvironmentFile.empty(source);
        }
        return snapshot.uri().toLowerCase(Locale.ROOT).endsWith(".toml")
                ? TomlReader.of(source, cancel)
                : EnvironmentReader.of(form(snapshot.uri()), source, cancel);
    }

    /** Returns the form of a file by its name; an unknown name is one of a shell's, which reads dotenv files too. */
    private static Form form(String uri) {
        String name = uri.substring(uri.lastIndexOf('/') + 1).toLowerCase(Locale.ROOT);
        if (name.startsWith("dockerfile") || name.startsWith("containerfile") || name.endsWith(".dockerfile")) {
            return Form.DOCKERFILE;
        } else if (name.endsWith(".service")) {
            return Form.UNIT;
        } else if (name.endsWith(".ini") || name.endsWith(".cfg")) {
            return Form.INI;
        } else if (name.equals(".env") || name.startsWith(".env.") || name.endsWith(".env")) {
            return Form.DOTENV;
        }
        return Form.SHELL;
    }
}
