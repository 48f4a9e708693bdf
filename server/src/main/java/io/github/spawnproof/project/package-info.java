/**
 * What the analysis of one file may know of everything around it: targets, settings, facts of other files.
 *
 * <p>Uses {@code source}, {@code finding} and {@code boundary}. Immutable; a new project replaces the old one.
 *
 * <p>Deliberately absent: reading any of it from disk, which is {@code workspace}.
 */
@NullMarked
package io.github.spawnproof.project;

import org.jspecify.annotations.NullMarked;
