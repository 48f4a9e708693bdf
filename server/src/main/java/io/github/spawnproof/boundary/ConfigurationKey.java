package io.github.spawnproof.boundary;

import io.github.spawnproof.source.TextRange;

/**
 * A key of Jina's configuration that there is something to say about.
 *
 * @param range where it is written
 * @param name the key itself
 * @param value where its value is written, if that is a text; else the key's own place
 */
public record ConfigurationKey(TextRange range, String name, TextRange value) {}
