/**
 * Lexer, tolerant parser and syntax tree of Python 3.8 to 3.15.
 *
 * <p>Uses {@code source} only. Any text gives a tree; damage costs one statement and is listed in
 * {@link io.github.spawnproof.python.syntax.PythonTree#errors()}. Kinds, nesting, names and positions are those of
 * CPython's {@code ast} module, which is the judge of this package.
 *
 * <p>Deliberately absent: the meaning of names, and every check that CPython makes after parsing (a {@code return}
 * outside a function, a name that is both parameter and global). Trees do not leave the Python front end.
 */
@NullMarked
package io.github.spawnproof.python.syntax;

import org.jspecify.annotations.NullMarked;
