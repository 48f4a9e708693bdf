package io.github.spawnproof.source;

/**
 * A code cell of a notebook.
 *
 * @param number its place among all cells of the notebook, from 1
 * @param range its text within that of the notebook's snapshot, without the line end that parts it from the next
 */
public record Cell(int number, TextRange range) {}
