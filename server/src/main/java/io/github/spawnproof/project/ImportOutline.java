package io.github.spawnproof.project;

import java.util.List;

/**
 * What a module imports.
 *
 * @param folder where its relative imports start, from the root, with a slash at its end unless it is empty
 * @param names what it imports, as it is written there; too many rather than too few
 * @param mayConcern whether its text names a library of process APIs
 */
public record ImportOutline(String folder, List<String> names, boolean mayConcern) {

    public ImportOutline {
        names = List.copyOf(names);
    }
}
