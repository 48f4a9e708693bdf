/**
 * The Language Server: a shell over {@code analysis} that speaks LSP 3.17.
 *
 * <p>May use all layers below, LSP4J and Gson. The types of the protocol, the writing of messages and the contract of
 * a {@code MessageConsumer} are LSP4J's. Reading frames, the life cycle and the dispatch are our own: LSP4J 1.0.0
 * knows header names in one letter case only, lives on after the end of input, checks no life cycle, and answers -32700
 * where parameters are wrong; and reading and writing {@code initialize} by reflection costs a third of the time to the
 * first diagnostics.
 *
 * <p>Deliberately absent: rules, files and settings files. What a document's settings are, a {@link
 * io.github.spawnproof.lsp.SettingsSource} says.
 */
@NullMarked
package io.github.spawnproof.lsp;

import org.jspecify.annotations.NullMarked;
