/**
 * The Language Server: a shell over {@code analysis} that speaks LSP 3.17.
 *
 * <p>May use all layers below, LSP4J and Gson. The types of the protocol, the writing of messages and the contract of
 * a {@code MessageConsumer} are LSP4J's. Reading frames, the life cycle and the dispatch are our own: LSP4J hangs on a
 * lower-case {@code content-length}, lives on after the end of input, checks no life cycle, and answers -32700 where
 * parameters are wrong; and finding its handlers by reflection costs a third of the time to the first diagnostics.
 *
 * <p>Deliberately absent: rules, files and settings files. What a document's settings are, a {@link
 * io.github.spawnproof.lsp.SettingsSource} says.
 */
@NullMarked
package io.github.spawnproof.lsp;

import org.jspecify.annotations.NullMarked;
