/**
 * Runs rules over a snapshot: front end, rules, suppressions, judgement against the targets, fixes together.
 *
 * <p>Uses all layers below. Pure: a function from snapshot and project to a result.
 *
 * <p>Deliberately absent: files, protocols, threads.
 */
@NullMarked
package io.github.spawnproof.analysis;

import org.jspecify.annotations.NullMarked;
