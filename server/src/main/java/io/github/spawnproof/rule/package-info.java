/**
 * What a rule is: an id, a page that teaches, and a check over the facts of a front end.
 *
 * <p>Uses the front ends and everything below them. Rules themselves live in {@code rules.<name>}, one package each.
 *
 * <p>Deliberately absent: running rules, and judging what they state, which is {@code analysis}.
 */
@NullMarked
package io.github.spawnproof.rule;

import org.jspecify.annotations.NullMarked;
