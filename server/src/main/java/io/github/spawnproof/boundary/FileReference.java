package io.github.spawnproof.boundary;

import io.github.spawnproof.source.TextRange;

/**
 * A place where a file is named.
 *
 * @param range where the path is written, without quotes
 * @param path the path as it is written
 */
public record FileReference(TextRange range, String path) {}
