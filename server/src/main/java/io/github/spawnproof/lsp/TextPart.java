package io.github.spawnproof.lsp;

import io.github.spawnproof.source.SourceText;

/**
 * A text that the client knows by a URI of its own: a whole document, or a cell of a notebook.
 *
 * @param version the client's version of this text
 * @param source the text, whose positions the client speaks of
 * @param base the offset at which the text starts in that of its document
 */
record TextPart(DocumentUri uri, int version, SourceText source, int base) {}
