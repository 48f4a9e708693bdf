package io.github.spawnproof.boundary;

import io.github.spawnproof.source.TextRange;

/**
 * A key of Jina's configuration that there is something to say about.
 *
 * @param range where it is written
 * @param name the key itself
 */
public record ConfigurationKey(TextRange range, String name) {}
