/**
 * What both shells need from disk: which files there are, what their bytes say, which settings and targets are in force.
 *
 * <p>Uses {@code source}, {@code finding}, {@code project} and {@code rule}; tomlj, loaded only where settings are
 * written in TOML. One of the three packages that may do I/O.
 *
 * <p>Deliberately absent: analysis, output, protocols; network access; starting git, Python or any other program; JGit,
 * whose ignore rules and differences take 150 ms to load and need a logger (the tests compare with them).
 */
@NullMarked
package io.github.spawnproof.workspace;

import org.jspecify.annotations.NullMarked;
