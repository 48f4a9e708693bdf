/**
 * The Python front end: syntax tree to names, values and calls, and from them the facts of a module.
 *
 * <p>Uses {@code source}, {@code finding}, {@code boundary}, {@code project} and {@code python.syntax}.
 *
 * <p>Deliberately absent: rules, messages, severity. What leaves is records; syntax trees stay inside.
 */
@NullMarked
package io.github.spawnproof.python;

import org.jspecify.annotations.NullMarked;
