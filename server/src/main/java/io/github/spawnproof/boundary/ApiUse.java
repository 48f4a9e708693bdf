package io.github.spawnproof.boundary;

import io.github.spawnproof.source.TextRange;

/** A name in the text that stands for a library call of the table. */
public record ApiUse(TextRange range, Boundary boundary) {}
