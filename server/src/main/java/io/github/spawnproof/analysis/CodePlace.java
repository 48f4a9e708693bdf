package io.github.spawnproof.analysis;

/**
 * A line of code that a traceback names.
 *
 * @param file as it was printed
 * @param line counted from 1
 */
public record CodePlace(String file, int line) {}
