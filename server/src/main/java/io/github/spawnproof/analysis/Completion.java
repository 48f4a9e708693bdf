package io.github.spawnproof.analysis;

import io.github.spawnproof.source.TextRange;

/**
 * Something that can be written at a place.
 *
 * @param label what it is called
 * @param range what it replaces, on one line; empty if it is only added
 * @param newText what is written, with quotes if they lack
 * @param documentation one sentence
 */
public record Completion(String label, TextRange range, String newText, String documentation) {}
