/**
 * Text and places in it: one version of one document, ranges, lines.
 *
 * <p>Uses the JDK only. Everything here is immutable.
 *
 * <p>Deliberately absent: reading files, line and column numbers of any protocol; the core knows UTF-16 offsets alone.
 */
@NullMarked
package io.github.spawnproof.source;

import org.jspecify.annotations.NullMarked;
