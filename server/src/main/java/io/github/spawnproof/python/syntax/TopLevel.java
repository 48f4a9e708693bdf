package io.github.spawnproof.python.syntax;

/**
 * A statement of the module with the place all its nodes count from.
 *
 * @param offset UTF-16 offset in the text of the statement's first token (of a decorated one, its first {@code @})
 * @param damaged whether something in it, however deep, is not valid Python
 */
public record TopLevel(int offset, Statement statement, boolean damaged) {}
