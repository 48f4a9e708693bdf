package io.github.spawnproof.project;

import io.github.spawnproof.source.DocumentSnapshot;

/** Reads what modules import. */
public interface OutlineReader {

    /** Returns what outlines rest on besides the module: readers with the same key make the same ones. */
    String key();

    /**
     * Returns the outline of a module.
     *
     * @param path where it is, as in {@link PythonSources}
     */
    ImportOutline read(DocumentSnapshot module, String path);
}
