/**
 * Facts about process boundaries that all languages share: what starts a process, what crosses, under which start
 * methods that fails; and the table of the library calls that do it.
 *
 * <p>Uses {@code source} and {@code finding}, whose places and edits the facts carry.
 *
 * <p>Deliberately absent: any syntax, and what a rule makes of a fact.
 */
@NullMarked
package io.github.spawnproof.boundary;

import org.jspecify.annotations.NullMarked;
