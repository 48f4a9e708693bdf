package io.github.spawnproof.python;

import io.github.spawnproof.boundary.Crossing;
import io.github.spawnproof.source.DocumentSnapshot;
import io.github.spawnproof.source.Language;

/** Whether a spawned child executes a file again that its parent was started with. */
public enum MainFile {
    /** A script, or a module that is not the main one: a child imports it when it needs it. */
    SCRIPT,
    /** The {@code __main__.py} of a package: no child imports it again under {@code python -m}. */
    PACKAGE_MAIN,
    /** A notebook: its cells were typed into a process, and are in no file that a child could import. */
    NOTEBOOK;

    static MainFile of(DocumentSnapshot snapshot) {
        if (snapshot.language() == Language.NOTEBOOK) {
            return NOTEBOOK;
        }
        return snapshot.uri().replace('\\', '/').endsWith("/__main__.py") ? PACKAGE_MAIN : SCRIPT;
    }

    /**
     * Returns what keeps the definitions of such a file from a child.
     *
     * @throws IllegalStateException if nothing does
     */
    Crossing.Kind obstacle() {
        return switch (this) {
            case SCRIPT -> throw new IllegalStateException("a child imports it");
            case PACKAGE_MAIN -> Crossing.Kind.PACKAGE_MAIN;
            case NOTEBOOK -> Crossing.Kind.NOTEBOOK;
        };
    }

    /** Tells whether a child has what the file defines, and does what it does on the way. */
    public boolean isImportedAgain() {
        return this == SCRIPT;
    }
}
