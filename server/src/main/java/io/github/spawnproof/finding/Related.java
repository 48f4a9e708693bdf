package io.github.spawnproof.finding;

import io.github.spawnproof.source.TextRange;

/** Another place of the same document that has a part in a finding: where a value was made, stored, sent. */
public record Related(TextRange range, String message) {}
