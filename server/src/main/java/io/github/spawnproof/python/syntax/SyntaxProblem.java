package io.github.spawnproof.python.syntax;

import io.github.spawnproof.source.TextRange;

/** A place where the text is not valid Python, in offsets of the text. */
public record SyntaxProblem(TextRange range, String message) {}
