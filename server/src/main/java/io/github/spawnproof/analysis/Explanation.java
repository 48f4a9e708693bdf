package io.github.spawnproof.analysis;

import io.github.spawnproof.source.TextRange;

/** What a hover shows for a place, as Markdown. */
public record Explanation(TextRange range, String markdown) {}
