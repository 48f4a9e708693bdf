package io.github.spawnproof.cli;

import io.github.spawnproof.workspace.FileContent.Unread;

/**
 * Something that is no finding but has to be said of a file.
 *
 * @param kind {@code skipped}, {@code unreadable} or {@code rule-failed}
 * @param message a clause that follows the file's name
 */
record Notice(String file, String kind, String message) {

    static final String SKIPPED = "skipped";
    static final String RULE_FAILED = "rule-failed";

    static Notice of(String file, Unread unread) {
        return new Notice(file, unread.kind().label(), unread.message());
    }
}
