package io.github.spawnproof.boundary;

/**
 * Something that {@code json.dumps} does not take.
 *
 * @param words what it is, with its article: {@code a function}
 * @param plain code that makes plain data of it, with {@code #} in its place; empty if there is none
 */
public record NoJson(String words, String plain) {}
