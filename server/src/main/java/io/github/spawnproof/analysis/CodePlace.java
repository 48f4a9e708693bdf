package io.github.spawnproof.analysis;

/**
 * A line of code that a traceback names.
 *
 * @param file as it was printed; of Java, which prints no folders, with those of the package
 * @param line counted from 1
 */
public record CodePlace(String file, int line) {}
