/**
 * What the checker says: findings, their severity, and fixes as text edits.
 *
 * <p>Uses {@code source} only. Everything here is an immutable value that any shell can show.
 *
 * <p>Deliberately absent: how severity is decided (that is {@code analysis}) and how a finding is shown.
 */
@NullMarked
package io.github.spawnproof.finding;

import org.jspecify.annotations.NullMarked;
