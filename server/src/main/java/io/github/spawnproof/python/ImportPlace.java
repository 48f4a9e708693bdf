package io.github.spawnproof.python;

import java.util.List;

/**
 * Where a file's imports start.
 *
 * @param folder the file's own, from the root, with a slash at its end unless it is empty
 * @param added folders that the file adds to those that are searched
 */
record ImportPlace(String folder, List<String> added) {

    ImportPlace {
        added = List.copyOf(added);
    }

    /** Returns the place of a file that adds nothing. */
    static ImportPlace of(String folder) {
        return new ImportPlace(folder, List.of());
    }
}
